package dev.tranche.market.statistics;

/// How far a predicted quantile is off, and how often it is not passed. The pinball loss of a prediction `p` of
/// the quantile `q` of `y` is `max(q (y - p), (q - 1) (y - p))`; its mean is least at the true quantile
/// (Koenker and Bassett, Econometrica 46(1), 1978, eq. 2.1).
public final class Pinball {
    private Pinball() {}

    /// The loss of one prediction, in the unit of `y`.
    ///
    /// @param quantile above 0 and below 1
    public static double loss(double y, double predicted, double quantile) {
        double off = y - predicted;
        return Math.max(quantile * off, (quantile - 1) * off);
    }

    /// The mean loss; NaN of nothing.
    public static double mean(double[] y, double[] predicted, double quantile) {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += loss(y[i], predicted[i], quantile);
        }
        return sum / y.length;
    }

    /// The share that is at most what was predicted; NaN of nothing.
    public static double coverage(double[] y, double[] predicted) {
        double held = 0;
        for (int i = 0; i < y.length; i++) {
            held += y[i] <= predicted[i] ? 1 : 0;
        }
        return held / y.length;
    }
}
