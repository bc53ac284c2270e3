package dev.tranche.market.simulation;

/// The venue's clock, epoch nanoseconds, as far as it was told, and when something is due next; shared by its
/// parts.
final class Moment {
    long now = Long.MIN_VALUE;
    long next = Lane.NEVER;

    void due(long at) {
        if (at < next) {
            next = at;
        }
    }
}
