package dev.tranche.market.divergence;

/// How unusual a value is against those before it: `(x - centre) / scale`, with centre and scale of the past
/// only, so that no value is measured against itself or against what comes later. NaN while warming up. One
/// writer.
public sealed interface ZScore permits EwmZ, RobustZ {
    /// @param eventMillis when; a time further from the one before than the reset gap makes it begin anew
    /// @param value finite
    /// @return within -clip..clip; NaN while warming up
    double on(long eventMillis, double value);

    /// Begins anew: warms up again.
    void reset();

    /// Whether the next value gets a score.
    boolean warm();

    /// How a score begins and how far it reaches.
    ///
    /// @param warmup values before the first score, 2..1000000
    /// @param clip largest size of a score, above 0
    /// @param resetGapMillis longest time between values, at least 1; a longer one begins anew
    record Terms(int warmup, double clip, long resetGapMillis) {
        private static final int MOST = 1_000_000;

        /// Clipped at 5, begun anew after 2 s without a value (seed 003).
        public static Terms usual(int warmup) {
            return new Terms(warmup, 5, 2_000);
        }

        public Terms {
            if (warmup < 2 || warmup > MOST) {
                throw new IllegalArgumentException("warmup must be within 2..1000000 values: " + warmup);
            }
            if (!(clip > 0 && clip < Double.MAX_VALUE)) {
                throw new IllegalArgumentException("clip must be finite and above 0: " + clip);
            }
            if (resetGapMillis < 1) {
                throw new IllegalArgumentException("resetGapMillis must be at least 1: " + resetGapMillis);
            }
        }
    }
}
