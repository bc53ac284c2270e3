package dev.tranche.engine.feed;

import dev.tranche.runtime.clock.Ticks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A recorded stream, played at a pace by the times at which it was received.
public final class Recording implements Source {
    /// What the lines of a file are.
    public enum Form {
        /// `<receive time in ns> <JSON>`, as captured from Binance's combined streams.
        BINANCE,
        /// A table, comma-separated, whose first line names the columns: trades or depth changes.
        CSV
    }

    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

    private final Path file;
    private final Form form;
    private final Pace pace;
    private final Ticks ticks;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile String state = "not started";
    private long beganNanos;
    private long firstNanos;
    private boolean began;

    private Recording(Path file, Form form, Pace pace, Ticks ticks) {
        this.file = file;
        this.form = form;
        this.pace = pace;
        this.ticks = ticks;
    }

    /// A recording that is opened when it runs.
    public static Recording of(Path file, Form form, Pace pace, Ticks ticks) {
        return new Recording(file, form, pace, ticks);
    }

    @Override
    public void run(Inbox inbox) throws InterruptedException {
        state = "playing " + pace;
        try (Lines lines = Lines.open(file)) {
            int time = header(lines, inbox);
            byte[] line = lines.next();
            while (line != null && closed.getCount() > 0) {
                if (line.length > 0) {
                    play(line, time, inbox);
                }
                line = lines.next();
            }
            end(inbox, line == null ? "all " + lines.number() + " lines were played" : "closed", false);
        } catch (IOException e) {
            LOG.error("recording.failed file={}", file, e);
            end(inbox, file + " cannot be played: " + e.getMessage(), true);
        }
    }

    private void end(Inbox inbox, String reason, boolean failed) throws InterruptedException {
        state = reason;
        inbox.put(new Arrival.Ended(reason, failed, ticks.nanos()));
    }

    private int header(Lines lines, Inbox inbox) throws IOException, InterruptedException {
        if (form == Form.BINANCE) {
            return -1;
        }
        byte[] first = lines.next();
        String columns = first == null ? "" : new String(first, StandardCharsets.UTF_8);
        inbox.put(new Arrival.Header(columns, ticks.nanos()));
        return RecordedLine.timeColumn(columns);
    }

    private void play(byte[] line, int time, Inbox inbox) throws InterruptedException {
        RecordedLine each = switch (form) {
            case BINANCE -> RecordedLine.captured(line);
            case CSV -> RecordedLine.row(line, time);
        };
        if (each.receivedNanos() > 0) {
            waitFor(each.receivedNanos());
        }
        inbox.put(
                switch (form) {
                    case BINANCE -> new Arrival.Message(each.text(), each.receivedNanos(), ticks.nanos());
                    case CSV -> new Arrival.Row(each.text(), ticks.nanos());
                });
    }

    private void waitFor(long receivedNanos) throws InterruptedException {
        if (!began) {
            began = true;
            firstNanos = receivedNanos;
            beganNanos = ticks.nanos();
        }
        long due = pace.due(Duration.ofNanos(receivedNanos - firstNanos)).toNanos();
        long left = due - (ticks.nanos() - beganNanos);
        if (left > 0) {
            closed.await(left, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void resynchronise(String reason) {
        LOG.debug("recording.no-fresh-snapshot file={} reason={}", file, reason);
    }

    @Override
    public boolean inTime() {
        return !Double.isInfinite(pace.factor());
    }

    @Override
    public boolean live() {
        return false;
    }

    @Override
    public String place() {
        return file.toString();
    }

    @Override
    public String state() {
        return state;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
