package dev.tranche.market.risk;

import dev.tranche.market.statistics.Quantile;
import dev.tranche.market.statistics.Shape;
import dev.tranche.market.volatility.VolatilityFit;
import java.util.Arrays;
import org.hipparchus.distribution.continuous.NormalDistribution;

/// What a period will not lose more than, with a given confidence, as a share of equity: the loss that returns
/// fall below with the probability `1 - confidence`. A positive number is a loss. Pure functions.
public final class ValueAtRisk {
    /// The fewest returns it is told from.
    public static final int LEAST = 20;

    private static final NormalDistribution NORMAL = new NormalDistribution();

    private ValueAtRisk() {}

    /// Of normal returns with the mean and the deviation of these.
    ///
    /// @throws IllegalArgumentException when there are fewer than [#LEAST] returns, one is not finite, or the
    ///     confidence is not within 0.5..1
    public static double parametric(double[] returns, double confidence) {
        checked(returns, returns.length, confidence);
        return parametric(Shape.of(returns, returns.length), confidence);
    }

    static double parametric(Shape shape, double confidence) {
        return -(shape.mean() + shape.deviation() * quantile(confidence));
    }

    /// Of returns with the skewness and the kurtosis of these too, by the expansion of E. Cornish and R.
    /// Fisher (Revue de l'Institut International de Statistique 5, 1938). Where the expansion is no longer a
    /// rising function of the normal quantile it is no distribution (D. Maillard, 2012); then the historical
    /// one is told.
    ///
    /// @throws IllegalArgumentException as [#parametric]
    public static double cornishFisher(double[] returns, double confidence) {
        checked(returns, returns.length, confidence);
        double bent = cornishFisher(Shape.of(returns, returns.length), confidence);
        return Double.isNaN(bent) ? historical(returns, confidence) : bent;
    }

    /// NaN where the expansion is no distribution.
    static double cornishFisher(Shape shape, double confidence) {
        if (shape.deviation() == 0) {
            return -shape.mean();
        }
        double z = quantile(confidence);
        double skew = shape.skewness();
        double excess = shape.kurtosis() - 3;
        for (double at = z; at <= -z; at += -z / 50) {
            double slope = 1 + at * skew / 3 + (at * at - 1) * excess / 8 - (6 * at * at - 5) * skew * skew / 36;
            if (!(slope > 0)) {
                return Double.NaN;
            }
        }
        double bent = z
                + (z * z - 1) * skew / 6
                + (z * z * z - 3 * z) * excess / 24
                - (2 * z * z * z - 5 * z) * skew * skew / 36;
        return -(shape.mean() + shape.deviation() * bent);
    }

    /// The quantile of the returns themselves, between the two nearest (Hyndman and Fan, type 7).
    ///
    /// @throws IllegalArgumentException as [#parametric]
    public static double historical(double[] returns, double confidence) {
        checked(returns, returns.length, confidence);
        double[] sorted = returns.clone();
        Arrays.sort(sorted);
        return -Quantile.ofSorted(sorted, sorted.length, 1 - confidence);
    }

    /// The quantile of the innovations brought to the volatility of the next period, so that a calm past does
    /// not hide a wild present (G. Barone-Adesi, F. Bourgoin, K. Giannopoulos, "Don't look back", Risk 11,
    /// 1998).
    ///
    /// @param fit of these returns
    /// @throws IllegalArgumentException as [#parametric]
    public static double filteredHistorical(double[] returns, VolatilityFit fit, double confidence) {
        checked(returns, returns.length, confidence);
        double scale = Math.sqrt(fit.next());
        double mean = fit.parameters().getFirst();
        return historical(
                Arrays.stream(fit.innovations(returns))
                        .map(z -> mean + scale * z)
                        .toArray(),
                confidence);
    }

    /// As [#filteredHistorical(double[], VolatilityFit, double)] with the exponentially weighted variance as
    /// the filter (J. Hull and A. White, "Incorporating volatility updating into the historical simulation
    /// method", Journal of Risk 1, 1998), which needs no estimate: each return is taken by its deviation then
    /// and brought to that of the next period, around nought.
    ///
    /// @param decay 0.94 as RiskMetrics has it (J.P. Morgan, Technical Document, 1996); between 0 and 1
    /// @throws IllegalArgumentException as [#parametric], or when the decay is out of its range
    public static double filteredHistorical(double[] returns, double decay, double confidence) {
        checked(returns, returns.length, confidence);
        double[] scaled = new double[returns.length];
        filter(returns, returns.length, decay, scaled);
        return historical(scaled, confidence);
    }

    /// Brings returns to the volatility of the period after the last.
    static void filter(double[] returns, int count, double decay, double[] into) {
        if (!(decay > 0 && decay < 1)) {
            throw new IllegalArgumentException("decay must lie between 0 and 1: " + decay);
        }
        double variance = 0;
        for (int i = 0; i < count; i++) {
            variance += returns[i] * returns[i] / count;
        }
        for (int i = 0; i < count; i++) {
            into[i] = variance > 0 ? returns[i] / Math.sqrt(variance) : 0;
            variance = decay * variance + (1 - decay) * returns[i] * returns[i];
        }
        double next = Math.sqrt(variance);
        for (int i = 0; i < count; i++) {
            into[i] *= next;
        }
    }

    /// The normal quantile of `1 - confidence`, below nought.
    static double quantile(double confidence) {
        return NORMAL.inverseCumulativeProbability(1 - confidence);
    }

    static void checked(double[] returns, int count, double confidence) {
        if (count < LEAST) {
            throw new IllegalArgumentException("a value at risk needs at least " + LEAST + " returns: " + count);
        }
        for (int i = 0; i < count; i++) {
            if (!(Math.abs(returns[i]) < 1e100)) {
                throw new IllegalArgumentException("a return must be finite: " + returns[i]);
            }
        }
        if (!(confidence > 0.5 && confidence < 1)) {
            throw new IllegalArgumentException("confidence must lie between 0.5 and 1: " + confidence);
        }
    }
}
