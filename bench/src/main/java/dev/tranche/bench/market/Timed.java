package dev.tranche.bench.market;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/// Processor time and bytes of this thread.
final class Timed {
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Timed() {}

    /// Nanoseconds of processor time that so many runs of a piece of work took, divided by their number.
    static double nanos(int times, Runnable work) {
        long before = THREAD.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            work.run();
        }
        return (double) (THREAD.getCurrentThreadCpuTime() - before) / times;
    }

    /// Bytes that so many runs allocated in all.
    static long bytes(int times, Runnable work) {
        long before = THREAD.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < times; i++) {
            work.run();
        }
        return THREAD.getCurrentThreadAllocatedBytes() - before;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
