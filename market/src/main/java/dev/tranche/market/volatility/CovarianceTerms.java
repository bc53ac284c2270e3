package dev.tranche.market.volatility;

import java.util.ArrayList;
import java.util.List;

/// How the covariance of several series moves, and where it begins: what an estimate leaves behind for those
/// who go on with it bar by bar.
///
/// @param form of each series' variance
/// @param parameters of each series, in the order of [VolatilityForm#parameters()]
/// @param presample mean squared residual of each series, which its variance begins with; positive
/// @param a what one time's innovations count for correlations, 0..1
/// @param b what is left of the correlations before, 0..1; `a + b` at most 1
/// @param mean of the products of innovations: where correlations begin and return to
public record CovarianceTerms(
        VolatilityForm form,
        List<List<Double>> parameters,
        List<Double> presample,
        double a,
        double b,
        List<List<Double>> mean) {
    public CovarianceTerms {
        parameters = parameters.stream().map(List::copyOf).toList();
        presample = List.copyOf(presample);
        mean = mean.stream().map(List::copyOf).toList();
        int size = parameters.size();
        if (size == 0 || presample.size() != size || mean.size() != size) {
            throw new IllegalArgumentException("parameters, presample and mean need one row a series: " + size + ", "
                    + presample.size() + ", " + mean.size());
        }
        for (int i = 0; i < size; i++) {
            if (parameters.get(i).size() != form.parameters().size()) {
                throw new IllegalArgumentException(
                        "parameters of a series must be " + form.parameters() + ": " + parameters.get(i));
            }
            parameters.get(i).forEach(each -> finite("parameters", each));
            if (!(presample.get(i) > 0 && presample.get(i) < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("presample must be positive and finite: " + presample);
            }
            if (mean.get(i).size() != size || !(mean.get(i).get(i) > 0)) {
                throw new IllegalArgumentException("mean must be square with a positive diagonal: " + mean);
            }
            mean.get(i).forEach(each -> finite("mean", each));
        }
        if (!(a >= 0 && b >= 0 && a + b <= 1)) {
            throw new IllegalArgumentException("a and b must be at least 0 with a + b at most 1: " + a + ", " + b);
        }
    }

    /// Nothing estimated: each product of returns counts half as much after so many bars (the exponential
    /// weights of RiskMetrics, J. P. Morgan 1996), around a mean of 0.
    ///
    /// @param halfLife bars, above 0
    /// @param variances of each series a bar, to begin with
    /// @param correlation of each two, to begin with, within -1..1
    public static CovarianceTerms weighted(double halfLife, List<Double> variances, double correlation) {
        if (!(halfLife > 0 && halfLife < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("halfLife must be positive and finite: " + halfLife);
        }
        if (!(Math.abs(correlation) <= 1)) {
            throw new IllegalArgumentException("correlation must be within -1..1: " + correlation);
        }
        double left = Math.pow(0.5, 1 / halfLife);
        List<List<Double>> parameters = new ArrayList<>();
        List<List<Double>> mean = new ArrayList<>();
        for (int i = 0; i < variances.size(); i++) {
            parameters.add(List.of(0.0, 0.0, 1 - left, left));
            List<Double> row = new ArrayList<>();
            for (int j = 0; j < variances.size(); j++) {
                row.add(i == j ? 1 : correlation);
            }
            mean.add(row);
        }
        return new CovarianceTerms(VolatilityForm.GARCH, parameters, variances, 1 - left, left, mean);
    }

    /// Number of series.
    public int size() {
        return parameters.size();
    }

    private static void finite(String name, double value) {
        if (!(Math.abs(value) < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be finite: " + value);
        }
    }
}
