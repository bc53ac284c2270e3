package dev.tranche.engine.feed;

import dev.tranche.runtime.clock.Ticks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Several recorded streams played as one, in the order in which their lines were received, at a pace. Lines are
/// `<receive time in ns> <JSON>`; the same files give the same order every time. A taker that was away for more than
/// a second is not hurried afterwards: the pace goes on from there. One thread plays, any thread closes.
public final class Tapes implements AutoCloseable {
    /// One file.
    ///
    /// @param place handed over with each of its lines
    public record Tape(Path file, int place) {}

    /// Gets the lines.
    @FunctionalInterface
    public interface Taker {
        /// @param json never changed after this
        /// @return whether to go on
        boolean line(int place, long receivedNanos, byte[] json) throws InterruptedException;
    }

    private static final class Reel implements AutoCloseable {
        private final Lines lines;
        private final int place;
        private final int order;
        private RecordedLine next = new RecordedLine(new byte[0], 0);

        private Reel(Lines lines, int place, int order) {
            this.lines = lines;
            this.place = place;
            this.order = order;
        }

        /// Goes to the next line that is not empty; false at the end.
        private boolean forward() throws IOException {
            long last = next.receivedNanos();
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                if (line.length > 0) {
                    RecordedLine read = RecordedLine.captured(line);
                    next = new RecordedLine(read.text(), Math.max(last, read.receivedNanos()));
                    return true;
                }
            }
            return false;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private static final long AWAY_NANOS = 1_000_000_000L;

    private final List<Tape> tapes;
    private final Pace pace;
    private final Ticks ticks;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final long after;
    private long played;

    private Tapes(List<Tape> tapes, Pace pace, Ticks ticks, long after) {
        this.tapes = List.copyOf(tapes);
        this.pace = pace;
        this.ticks = ticks;
        this.after = after;
    }

    /// Files that are opened when they are played.
    public static Tapes of(List<Tape> tapes, Pace pace, Ticks ticks) {
        return after(tapes, pace, ticks, Long.MIN_VALUE);
    }

    /// The same without what was received up to a time, epoch nanoseconds: it is passed over without a wait.
    public static Tapes after(List<Tape> tapes, Pace pace, Ticks ticks, long after) {
        return new Tapes(tapes, pace, ticks, after);
    }

    /// Plays all of them to the end, until `taker` says so, or until closed.
    ///
    /// @return lines that were handed over
    /// @throws IOException when a file cannot be read
    public long play(Taker taker) throws IOException, InterruptedException {
        List<Reel> reels = new ArrayList<>();
        try {
            PriorityQueue<Reel> next =
                    new PriorityQueue<>(Comparator.comparingLong((Reel reel) -> reel.next.receivedNanos())
                            .thenComparingInt(reel -> reel.order));
            for (Tape tape : tapes) {
                Reel reel = new Reel(Lines.open(tape.file()), tape.place(), reels.size());
                reels.add(reel);
                if (reel.forward()) {
                    next.add(reel);
                }
            }
            run(next, taker);
            return played;
        } finally {
            for (Reel reel : reels) {
                reel.close();
            }
        }
    }

    private void run(PriorityQueue<Reel> next, Taker taker) throws IOException, InterruptedException {
        while (!next.isEmpty() && next.peek().next.receivedNanos() <= after && closed.getCount() > 0) {
            Reel reel = next.remove();
            if (reel.forward()) {
                next.add(reel);
            }
        }
        long began = ticks.nanos();
        long first = next.isEmpty() ? 0 : next.peek().next.receivedNanos();
        for (Reel reel = next.poll(); reel != null && closed.getCount() > 0; reel = next.poll()) {
            long due = pace.due(Duration.ofNanos(reel.next.receivedNanos() - first))
                    .toNanos();
            long left = due - (ticks.nanos() - began);
            if (left > 0 && closed.await(left, TimeUnit.NANOSECONDS)) {
                return;
            }
            long handed = ticks.nanos();
            if (!taker.line(reel.place, reel.next.receivedNanos(), reel.next.text())) {
                return;
            }
            long took = ticks.nanos() - handed;
            began += took > AWAY_NANOS ? took : 0;
            played++;
            if (reel.forward()) {
                next.add(reel);
            }
        }
    }

    /// Ends the play.
    @Override
    public void close() {
        closed.countDown();
    }
}
