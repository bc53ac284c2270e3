package dev.tranche.market.simulation;

/// Where in the queue others cancel. A record of levels says how much left, not from where; trades are known
/// and always come off the front.
///
/// A share `f(behind) / (f(behind) + f(ahead))` of what was cancelled is taken to have stood behind us: the
/// farther back we are, the more stands ahead that may leave. Form of `f`: R. Cont and A. de Larrard's
/// observation that cancels come from the back more often; hftbacktest documents the same family as its
/// probability queue models.
public sealed interface QueueModel {
    /// What stands ahead after a cancel of somebody's.
    ///
    /// @param ahead lots ahead of us, at least 0
    /// @param behind lots behind us, at least 0
    /// @param cancelled lots that left, above 0
    /// @return 0..ahead
    double ahead(double ahead, double behind, double cancelled);

    /// The careful one: whoever cancels stood behind us, as long as anybody does.
    record Fifo() implements QueueModel {
        @Override
        public double ahead(double ahead, double behind, double cancelled) {
            return Math.max(0, ahead - Math.max(0, cancelled - behind));
        }
    }

    /// `f(x) = x^exponent`: 1 is a cancel from anywhere alike; above 1, from the longer part rather.
    ///
    /// @param exponent 0.1..10
    record Power(double exponent) implements QueueModel {
        private static final double LEAST = 0.1;
        private static final double MOST = 10;

        public Power {
            if (!(exponent >= LEAST && exponent <= MOST)) {
                throw new IllegalArgumentException("exponent must be within 0.1..10: " + exponent);
            }
        }

        @Override
        public double ahead(double ahead, double behind, double cancelled) {
            return shared(ahead, behind, cancelled, StrictMath.pow(behind, exponent), StrictMath.pow(ahead, exponent));
        }
    }

    /// `f(x) = ln(1 + x)`, in lots.
    record Logarithmic() implements QueueModel {
        @Override
        public double ahead(double ahead, double behind, double cancelled) {
            return shared(ahead, behind, cancelled, StrictMath.log1p(behind), StrictMath.log1p(ahead));
        }
    }

    private static double shared(double ahead, double behind, double cancelled, double back, double front) {
        double all = back + front;
        double share = all > 0 ? back / all : 0;
        double fromBehind = Math.min(behind, share * cancelled);
        return Math.max(0, ahead - (cancelled - fromBehind));
    }
}
