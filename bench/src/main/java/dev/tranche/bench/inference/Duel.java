package dev.tranche.bench.inference;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Quick numbers on a machine that is not quiet: the contenders take turns in one thread, each for some
/// milliseconds of the thread's own processor time, which others cannot lengthen by taking the processor
/// away. Medians of the turns. What the neighbours do to the caches remains, so ratios may be quoted, times
/// not.
final class Duel {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final String subject;
    private final int tableRows;
    private final long turnNanos;
    private final int turns;

    /// @param turnNanos the length of a turn
    /// @param turns at least 1; as many again are for warming up
    Duel(String subject, int tableRows, long turnNanos, int turns) {
        this.subject = subject;
        this.tableRows = tableRows;
        this.turnNanos = turnNanos;
        this.turns = turns;
    }

    /// Measures calls of `rows` rows.
    List<Measured> measure(List<Contender> contenders, int rows) throws Exception {
        double[] margins = new double[rows];
        double[][] nanos = new double[contenders.size()][turns];
        double[][] bytes = new double[contenders.size()][turns];
        for (int turn = -turns; turn < turns; turn++) {
            for (int i = 0; i < contenders.size(); i++) {
                Contender contender = contenders.get(i);
                long allocated = THREADS.getCurrentThreadAllocatedBytes();
                long began = THREADS.getCurrentThreadCpuTime();
                long took = 0;
                long done = 0;
                for (int first = 0; took < turnNanos; first = first + 2 * rows > tableRows ? 0 : first + rows) {
                    contender.score(first, rows, margins);
                    done += rows;
                    // Asking for the time costs as much as a row.
                    if (rows > 1 || done % 16 == 0) {
                        took = THREADS.getCurrentThreadCpuTime() - began;
                    }
                }
                if (turn >= 0) {
                    nanos[i][turn] = took / (double) done;
                    bytes[i][turn] = (THREADS.getCurrentThreadAllocatedBytes() - allocated) / (double) done;
                }
            }
        }
        List<Measured> all = new ArrayList<>();
        for (int i = 0; i < contenders.size(); i++) {
            Contender contender = contenders.get(i);
            all.add(new Measured(
                    subject, rows, contender.name(), contender.foreign(), median(nanos[i]), median(bytes[i])));
        }
        return all;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
