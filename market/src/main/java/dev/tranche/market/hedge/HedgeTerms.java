package dev.tranche.market.hedge;

/// When to hedge, how much, and what it may cost. Deviations are shares of the delta that an asset's scale
/// counts as 1.
///
/// @param everyNanos base interval: after this long the band is `band`; above 0
/// @param band deviation that calls for a hedge when the interval is over, above 0; right after a hedge it is
///     wider, by one over the root of the share of the interval that has passed
/// @param normal deviation from which a hedge is of normal urgency, at least `band`
/// @param urgent deviation from which it is urgent and waits for no interval, at least `normal`
/// @param fall share by which a price falls since the last hedge to be urgent, 0..1
/// @param deepFall share to be critical, `fall`..1
/// @param rise share by which a price rises to be of normal urgency, above 0
/// @param gamma change of delta, as a share of the scale, by a move of the price of one per cent, from which
///     hedges are `gammaFrequency` times as frequent; above 0
/// @param sharpGamma from which a fall is critical, at least `gamma`
/// @param moveFrequency how many times as frequent hedges are after a fall or rise, at least 1
/// @param gammaFrequency the same with high gamma, at least 1
/// @param mostFrequency most of the product of both, at least 1
/// @param mostShare most that is traded at once, as a share of the money of the hedge that would leave the
///     least variance, above 0 to 1
/// @param least coins of the smallest hedge, at least 0
/// @param aversion to variance, over one unit of money, above 0: what
///     [dev.tranche.market.quoting.QuotingModel] has for a basis point and a coin, over the price of a basis
///     point
/// @param seconds that a hedge is expected to last: its cost is set against the variance of so long; above 0
public record HedgeTerms(
        long everyNanos,
        double band,
        double normal,
        double urgent,
        double fall,
        double deepFall,
        double rise,
        double gamma,
        double sharpGamma,
        double moveFrequency,
        double gammaFrequency,
        double mostFrequency,
        double mostShare,
        double least,
        double aversion,
        double seconds) {
    public HedgeTerms {
        if (everyNanos < 1) {
            throw new IllegalArgumentException("everyNanos must be at least 1: " + everyNanos);
        }
        rising("band, normal, urgent", band, normal, urgent, Double.MAX_VALUE);
        rising("fall, deepFall", fall, deepFall, 1, 1);
        rising("rise", rise, rise, rise, Double.MAX_VALUE);
        rising("gamma, sharpGamma", gamma, sharpGamma, sharpGamma, Double.MAX_VALUE);
        rising("1, moveFrequency", 1, moveFrequency, moveFrequency, Double.MAX_VALUE);
        rising("1, gammaFrequency", 1, gammaFrequency, gammaFrequency, Double.MAX_VALUE);
        rising("1, mostFrequency", 1, mostFrequency, mostFrequency, Double.MAX_VALUE);
        rising("mostShare", mostShare, 1, 1, 1);
        if (!(least >= 0 && least < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("least must be at least 0 and finite: " + least);
        }
        rising("aversion", aversion, aversion, aversion, Double.MAX_VALUE);
        rising("seconds", seconds, seconds, seconds, Double.MAX_VALUE);
    }

    /// The values of seed 002's adaptive hedger, with a cost rule, which it has not.
    public static HedgeTerms seed(double aversion, double seconds) {
        long halfAnHour = 1_800_000_000_000L;
        return new HedgeTerms(
                halfAnHour, 0.05, 0.08, 0.15, 0.05, 0.10, 0.03, 0.01, 0.02, 1.5, 2, 3, 0.5, 0.001, aversion, seconds);
    }

    private static void rising(String names, double one, double two, double three, double most) {
        if (!(one > 0 && two >= one && three >= two && most >= three)) {
            throw new IllegalArgumentException(
                    names + " must be above 0, none below the one before: " + one + ", " + two + ", " + three);
        }
    }
}
