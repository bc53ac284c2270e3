package dev.tranche.examples.edge;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;

/// The times of one kind of call, in nanoseconds. Used by one thread.
final class Latency {
    private static final double NANOS_PER_MICRO = 1_000;

    private final String name;
    private final long[] nanos;
    private int count;

    /// @param calls how many will be added
    Latency(String name, int calls) {
        this.name = name;
        this.nanos = new long[calls];
    }

    void add(long time) {
        nanos[count++] = time;
    }

    /// The time that this share of the calls did not exceed, in nanoseconds (nearest rank).
    double at(double share) {
        if (count == 0) {
            throw new IllegalStateException("no call of " + name + " was measured");
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(share * count) - 1)];
    }

    void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "  %-34s %10.2f %10.2f %10.2f%n",
                name,
                at(0.50) / NANOS_PER_MICRO,
                at(0.95) / NANOS_PER_MICRO,
                at(0.99) / NANOS_PER_MICRO);
    }
}
