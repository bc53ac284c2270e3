package dev.tranche.server.journal;

import org.jspecify.annotations.Nullable;

/// The last so many spans of equal length, each with its tally. A record may come a little late; one that is
/// older than the ring is left out. One writer.
final class Ring {
    private final int spanSeconds;
    private final @Nullable Tally[] tallies;
    private final long[] spans;

    private Ring(int spanSeconds, int size) {
        this.spanSeconds = spanSeconds;
        this.tallies = new Tally[size];
        this.spans = new long[size];
    }

    /// A ring of spans.
    static Ring of(int spanSeconds, int size) {
        return new Ring(spanSeconds, size);
    }

    /// The longest horizon in seconds that can be summed.
    long reachSeconds() {
        return (long) spanSeconds * (tallies.length - 1);
    }

    /// The tally of a second, null when it is older than the ring.
    @Nullable
    Tally at(long second) {
        long span = second / spanSeconds;
        int slot = (int) (span % tallies.length);
        Tally tally = tallies[slot];
        if (tally == null || spans[slot] < span) {
            Tally fresh = new Tally();
            tallies[slot] = fresh;
            spans[slot] = span;
            return fresh;
        }
        return spans[slot] == span ? tally : null;
    }

    /// Adds up the spans that begin after `from` and not after `to`, both in seconds since 1970.
    Tally sum(long from, long to) {
        Tally sum = new Tally();
        for (int slot = 0; slot < tallies.length; slot++) {
            Tally tally = tallies[slot];
            long begin = spans[slot] * spanSeconds;
            if (tally != null && begin > from && begin <= to) {
                sum.add(tally);
            }
        }
        return sum;
    }

    /// The tally of exactly this second's span, null when nothing happened in it.
    @Nullable
    Tally peek(long second) {
        long span = second / spanSeconds;
        int slot = (int) (span % tallies.length);
        return spans[slot] == span ? tallies[slot] : null;
    }
}
