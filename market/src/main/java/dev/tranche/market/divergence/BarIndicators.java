package dev.tranche.market.divergence;

import dev.tranche.market.feed.BarSink;

/// Z-scores of each bar's order flow imbalance and volume delta, the same for a study and for a live feed.
/// Each series is smoothed by an exponential mean first; a gap between bars, and a bar without the number,
/// makes its series begin anew. O(1) a bar, nothing allocated. One writer.
public final class BarIndicators implements BarSink {
    private final Series ofi;
    private final Series cvd;
    private final Fusion fusion;
    private final IndicatorSink sink;
    private long expected = Long.MIN_VALUE;

    private BarIndicators(Settings settings, IndicatorSink sink) {
        this.ofi = new Series(settings);
        this.cvd = new Series(settings);
        this.fusion = settings.fusion();
        this.sink = sink;
    }

    public static BarIndicators before(Settings settings, IndicatorSink sink) {
        return new BarIndicators(settings, sink);
    }

    /// How the scores are made.
    ///
    /// @param scale by what a value is called unusual
    /// @param window half-life in bars of [Scale#EWM], 1..1024; window in bars of [Scale#MAD], 8..1024
    /// @param warmup bars before the first score, 2..1024; at most the window with [Scale#MAD]
    /// @param clip largest size of a score, above 0
    /// @param smoothing weight of the newest value in the exponential mean, above 0, 1 = not smoothed
    public record Settings(Scale scale, int window, int warmup, double clip, double smoothing, Fusion fusion) {
        /// MAD over 80 bars after 40, clipped at 5 (numbers of seed 003's system). Not smoothed as there: the
        /// detector sums scores over bars, and `z_mid` is in standard deviations of a sum only if a score
        /// speaks of its own bar alone; smoothed by .3 that sum would be 2.4 times as wide.
        public static final Settings USUAL = new Settings(Scale.MAD, 80, 40, 5, 1, Fusion.USUAL);

        public Settings {
            if (!(smoothing > 0 && smoothing <= 1)) {
                throw new IllegalArgumentException("smoothing must be above 0 and at most 1: " + smoothing);
            }
            score(scale, window, warmup, clip);
        }

        private ZScore score() {
            return score(scale, window, warmup, clip);
        }

        private static ZScore score(Scale scale, int window, int warmup, double clip) {
            ZScore.Terms terms = new ZScore.Terms(warmup, clip, Long.MAX_VALUE);
            return switch (scale) {
                case EWM -> EwmZ.of(window, terms);
                case MAD -> RobustZ.of(window, terms);
            };
        }
    }

    /// By what a value is called unusual.
    public enum Scale {
        /// [EwmZ].
        EWM,
        /// [RobustZ].
        MAD
    }

    @Override
    public void bar(
            long openMillis,
            long closeMillis,
            double open,
            double high,
            double low,
            double close,
            double volume,
            double takerBuyVolume,
            double orderFlowImbalance) {
        if (openMillis != expected && expected != Long.MIN_VALUE) {
            gap(expected, openMillis);
        }
        expected = closeMillis;
        double zOfi = ofi.on(closeMillis, orderFlowImbalance);
        double zCvd = cvd.on(closeMillis, 2 * takerBuyVolume - volume);
        sink.on(closeMillis, high, low, close, zOfi, zCvd, fusion.of(zOfi, zCvd));
    }

    @Override
    public void gap(long fromMillis, long toMillis) {
        expected = Long.MIN_VALUE;
        ofi.reset();
        cvd.reset();
        sink.gap(fromMillis, toMillis);
    }

    private static final class Series {
        private final ZScore score;
        private final double smoothing;
        private double smooth = Double.NaN;

        private Series(Settings settings) {
            this.score = settings.score();
            this.smoothing = settings.smoothing();
        }

        private double on(long millis, double value) {
            if (Double.isNaN(value)) {
                reset();
                return Double.NaN;
            }
            smooth = Double.isNaN(smooth) ? value : smoothing * value + (1 - smoothing) * smooth;
            return score.on(millis, smooth);
        }

        private void reset() {
            smooth = Double.NaN;
            score.reset();
        }
    }
}
