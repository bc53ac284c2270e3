package dev.tranche.market.divergence;

/// What both z-scores do at the edges.
final class Scores {
    private Scores() {}

    static double finite(double value) {
        if (!(Math.abs(value) < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("value must be finite: " + value);
        }
        return value;
    }

    /// A difference in scales, clipped; where the past was constant, 0 for no difference and the clip for
    /// any.
    static double clipped(double difference, double scale, double clip) {
        if (scale > 0) {
            return Math.clamp(difference / scale, -clip, clip);
        }
        return difference == 0 ? 0 : Math.copySign(clip, difference);
    }
}
