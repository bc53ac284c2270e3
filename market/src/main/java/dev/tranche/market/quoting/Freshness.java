package dev.tranche.market.quoting;

/// How old the market data behind a quote may be. Pure.
///
/// @param mostSilenceNanos since anything was heard of the book, above 0
/// @param mostLagNanos between what happened at the venue and its being heard, above 0
public record Freshness(long mostSilenceNanos, long mostLagNanos) {
    public Freshness {
        if (mostSilenceNanos < 1 || mostLagNanos < 1) {
            throw new IllegalArgumentException(
                    "mostSilenceNanos and mostLagNanos must be at least 1: " + mostSilenceNanos + ", " + mostLagNanos);
        }
    }

    /// How it stands with a source.
    public enum Age {
        FRESH,
        /// Nothing was heard for too long, or ever.
        SILENT,
        /// What is heard is too late.
        LATE
    }

    /// How old a source is.
    ///
    /// @param heardNanos when it was last heard, epoch nanoseconds; below 0 for never
    /// @param eventMillis when that happened at the venue, epoch milliseconds; below 0 for unknown, which
    ///     counts as in time
    public Age age(long nowNanos, long heardNanos, long eventMillis) {
        if (heardNanos < 0 || nowNanos - heardNanos > mostSilenceNanos) {
            return Age.SILENT;
        }
        boolean late = eventMillis >= 0 && heardNanos - eventMillis * 1_000_000 > mostLagNanos;
        return late ? Age.LATE : Age.FRESH;
    }
}
