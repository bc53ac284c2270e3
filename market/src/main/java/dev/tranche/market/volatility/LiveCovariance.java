package dev.tranche.market.volatility;

import java.util.List;

/// The covariance of several series for the next bar, kept up bar by bar: the same recursions as
/// [DynamicCorrelation], and so the same numbers as it has on the same bars. O(series squared) a bar;
/// allocates nothing after the start. One writer.
public final class LiveCovariance {
    private final CovarianceTerms terms;
    private final int size;
    private final double[][] theta;
    private final double[][] mean;
    private final double[][] q;
    private final double[] variance;
    private final double[] z;
    private long bars;

    private LiveCovariance(CovarianceTerms terms) {
        this.terms = terms;
        this.size = terms.size();
        this.theta = rows(terms.parameters());
        this.mean = rows(terms.mean());
        this.q = rows(terms.mean());
        this.variance = new double[size];
        this.z = new double[size];
        begin();
    }

    /// The covariance before the first bar.
    public static LiveCovariance of(CovarianceTerms terms) {
        return new LiveCovariance(terms);
    }

    private static double[][] rows(List<List<Double>> rows) {
        return rows.stream()
                .map(row -> row.stream().mapToDouble(each -> each).toArray())
                .toArray(double[][]::new);
    }

    private void begin() {
        for (int i = 0; i < size; i++) {
            double square = terms.presample().get(i);
            double[] p = theta[i];
            variance[i] = switch (terms.form()) {
                case GARCH -> p[1] + p[2] * square + p[3] * square;
                case GJR -> p[1] + (p[2] + p[4] * 0.5) * square + p[3] * square;
                case EGARCH -> square;
            };
        }
    }

    /// Takes the returns of the next bar, one a series, in the unit of the estimate.
    ///
    /// @throws IllegalArgumentException when there are others than series or one is not finite; all is as
    ///     before
    public void on(double[] returns) {
        if (returns.length != size) {
            throw new IllegalArgumentException("a bar needs " + size + " returns: " + returns.length);
        }
        for (double each : returns) {
            if (!(Math.abs(each) < 1e100)) {
                throw new IllegalArgumentException("a return must be a finite number: " + each);
            }
        }
        for (int i = 0; i < size; i++) {
            double e = returns[i] - theta[i][0];
            z[i] = e / Math.sqrt(variance[i]);
            variance[i] = next(theta[i], e, z[i], variance[i]);
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                q[i][j] = (1 - terms.a() - terms.b()) * mean[i][j] + terms.a() * z[i] * z[j] + terms.b() * q[i][j];
            }
        }
        bars++;
    }

    private double next(double[] p, double e, double innovation, double h) {
        return switch (terms.form()) {
            case GARCH -> p[1] + p[2] * (e * e) + p[3] * h;
            case GJR -> p[1] + (p[2] + p[4] * (e < 0 ? 1 : 0)) * (e * e) + p[3] * h;
            case EGARCH ->
                Math.exp(p[1]
                        + p[2] * innovation
                        + p[4] * (Math.abs(innovation) - VariancePath.MEAN_ABSOLUTE)
                        + p[3] * Math.log(h));
        };
    }

    /// Number of series.
    public int size() {
        return size;
    }

    /// Bars taken so far.
    public long bars() {
        return bars;
    }

    /// The correlation of two series in the next bar.
    public double correlation(int one, int other) {
        return one == other ? 1 : q[one][other] / Math.sqrt(q[one][one] * q[other][other]);
    }

    /// The covariance of two series in the next bar; their variance when both are one.
    public double covariance(int one, int other) {
        return correlation(one, other) * Math.sqrt(variance[one] * variance[other]);
    }

    /// How much of one to sell for each unit of another held, so that the least variance is left: `cov /
    /// var(with)`.
    public double ratio(int held, int with) {
        return covariance(held, with) / variance[with];
    }

    /// The share of the variance that such a hedge is expected to take away: the square of the correlation.
    public double reduction(int held, int with) {
        double correlation = correlation(held, with);
        return correlation * correlation;
    }

    /// Mixes everything that decides into a hash.
    public long hash(long before) {
        long hash = before * 31 + bars;
        for (int i = 0; i < size; i++) {
            hash = hash * 31 + Double.doubleToRawLongBits(variance[i]);
            for (int j = 0; j < size; j++) {
                hash = hash * 31 + Double.doubleToRawLongBits(q[i][j]);
            }
        }
        return hash;
    }
}
