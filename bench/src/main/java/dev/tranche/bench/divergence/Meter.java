package dev.tranche.bench.divergence;

import com.sun.management.ThreadMXBean;
import dev.tranche.bench.Report;
import java.lang.management.ManagementFactory;
import org.HdrHistogram.Histogram;

/// Clocks, counters of bytes, and how they are printed.
final class Meter {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99};

    private Meter() {}

    /// Processor time of this thread.
    static long cpuNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /// Bytes that this thread has allocated.
    static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /// Bytes that live after a collection.
    static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /// Of nanoseconds up to ten seconds, to three digits; allocates nothing when it records.
    static Histogram histogram() {
        return new Histogram(10_000_000_000L, 3);
    }

    /// What two looks at the clock, one after the other, are apart: part of every figure.
    static double clock() {
        Histogram looks = histogram();
        for (int i = 0; i < 200_000; i++) {
            long before = System.nanoTime();
            looks.recordValue(System.nanoTime() - before);
        }
        return looks.getValueAtPercentile(50) / 1e3;
    }

    static void print(Report report, String what, Histogram nanos) {
        for (double percentile : PERCENTILES) {
            String name = "p" + (percentile == Math.rint(percentile) ? (long) percentile + "" : percentile + "");
            report.number(what, name, nanos.getValueAtPercentile(percentile) / 1e3, "µs");
        }
        report.number(what, "worst", nanos.getMaxValue() / 1e3, "µs");
        report.number(what, "mean", nanos.getMean() / 1e3, "µs");
    }
}
