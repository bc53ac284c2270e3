package dev.tranche.market.risk;

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
        checked(returns, confidence);
        Moments moments = Moments.of(returns);
        return -(moments.mean() + moments.deviation() * quantile(confidence));
    }

    /// Of returns with the skewness and the kurtosis of these too, by the expansion of E. Cornish and R.
    /// Fisher (Revue de l'Institut International de Statistique 5, 1938). Where the expansion is no longer a
    /// rising function of the normal quantile it is no distribution (D. Maillard, 2012); then the historical
    /// one is told.
    ///
    /// @throws IllegalArgumentException as [#parametric]
    public static double cornishFisher(double[] returns, double confidence) {
        checked(returns, confidence);
        Moments moments = Moments.of(returns);
        double z = quantile(confidence);
        double skew = moments.skewness();
        double excess = moments.kurtosis() - 3;
        for (double at = z; at <= -z; at += -z / 50) {
            double slope = 1 + at * skew / 3 + (at * at - 1) * excess / 8 - (6 * at * at - 5) * skew * skew / 36;
            if (!(slope > 0)) {
                return historical(returns, confidence);
            }
        }
        double bent = z
                + (z * z - 1) * skew / 6
                + (z * z * z - 3 * z) * excess / 24
                - (2 * z * z * z - 5 * z) * skew * skew / 36;
        return -(moments.mean() + moments.deviation() * bent);
    }

    /// The quantile of the returns themselves, between the two nearest (Hyndman and Fan, type 7).
    ///
    /// @throws IllegalArgumentException as [#parametric]
    public static double historical(double[] returns, double confidence) {
        checked(returns, confidence);
        double[] sorted = returns.clone();
        Arrays.sort(sorted);
        double at = (1 - confidence) * (sorted.length - 1);
        int below = (int) at;
        return -(sorted[below] + (at - below) * (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]));
    }

    /// The quantile of the innovations brought to the volatility of the next period, so that a calm past does
    /// not hide a wild present (G. Barone-Adesi, F. Bourgoin, K. Giannopoulos, "Don't look back", Risk 11,
    /// 1998).
    ///
    /// @param fit of these returns
    /// @throws IllegalArgumentException as [#parametric]
    public static double filteredHistorical(double[] returns, VolatilityFit fit, double confidence) {
        checked(returns, confidence);
        double scale = Math.sqrt(fit.next());
        double mean = fit.parameters().getFirst();
        return historical(
                Arrays.stream(fit.innovations(returns))
                        .map(z -> mean + scale * z)
                        .toArray(),
                confidence);
    }

    /// Mean, deviation and shape of a sample, each with the count as its divisor.
    private record Moments(double mean, double deviation, double skewness, double kurtosis) {
        static Moments of(double[] values) {
            double mean = Arrays.stream(values).average().orElseThrow();
            double second = 0;
            double third = 0;
            double fourth = 0;
            for (double each : values) {
                double off = each - mean;
                second += off * off / values.length;
                third += off * off * off / values.length;
                fourth += off * off * off * off / values.length;
            }
            double deviation = Math.sqrt(second);
            return second == 0
                    ? new Moments(mean, 0, 0, 3)
                    : new Moments(mean, deviation, third / (second * deviation), fourth / (second * second));
        }
    }

    /// The normal quantile of `1 - confidence`, below nought.
    private static double quantile(double confidence) {
        return NORMAL.inverseCumulativeProbability(1 - confidence);
    }

    private static void checked(double[] returns, double confidence) {
        if (returns.length < LEAST) {
            throw new IllegalArgumentException(
                    "a value at risk needs at least " + LEAST + " returns: " + returns.length);
        }
        for (double each : returns) {
            if (!(Math.abs(each) < 1e100)) {
                throw new IllegalArgumentException("a return must be finite: " + each);
            }
        }
        if (!(confidence > 0.5 && confidence < 1)) {
            throw new IllegalArgumentException("confidence must lie between 0.5 and 1: " + confidence);
        }
    }
}
