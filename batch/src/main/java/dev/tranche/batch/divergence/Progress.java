package dev.tranche.batch.divergence;

import java.io.PrintWriter;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// How far a long run is: a bar on a terminal, a line every tenth in a pipe. Safe for several threads.
abstract sealed class Progress implements AutoCloseable {
    private static final int LINES = 10;

    /// One more is done.
    abstract void step();

    @Override
    public abstract void close();

    /// @param terminal whether somebody watches
    /// @param done what was done before
    static Progress of(String what, int total, int done, boolean terminal, PrintWriter err) {
        return terminal ? new Bar(what, total, done) : new Plain(what, total, done, err);
    }

    private static final class Bar extends Progress {
        private static final int WIDTH = 80;

        private final ProgressBar bar;

        private Bar(String what, int total, int done) {
            bar = new ProgressBarBuilder()
                    .setTaskName(what)
                    .setInitialMax(total)
                    .startsFrom(done, java.time.Duration.ZERO)
                    .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                    .build();
        }

        @Override
        void step() {
            bar.step();
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    private static final class Plain extends Progress {
        private final String what;
        private final int total;
        private final PrintWriter err;
        private int done;

        private Plain(String what, int total, int done, PrintWriter err) {
            this.what = what;
            this.total = total;
            this.done = done;
            this.err = err;
        }

        @Override
        synchronized void step() {
            int before = done * LINES / Math.max(1, total);
            done++;
            if (done * LINES / Math.max(1, total) > before) {
                err.println(what + ": " + done + " of " + total);
                err.flush();
            }
        }

        @Override
        public void close() {
            err.flush();
        }
    }
}
