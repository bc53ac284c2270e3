package dev.tranche.engine.upstream;

import dev.tranche.engine.divergence.StreamStatus;
import dev.tranche.engine.divergence.TrackStatus;
import dev.tranche.engine.signal.Tally;
import dev.tranche.runtime.clock.Ticks;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Tells the server every second what was measured, as `docs/reference/metrics-in.md` says: one line for
/// each version and symbol, with the counts of the interval alone. What could not be handed over is kept
/// and sent again under its old number, which the server counts once; beyond ten minutes of lines the
/// oldest are dropped and said so.
public final class Measurements implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Measurements.class);
    private static final int MOST_WAITING = 6000;
    private static final int MOST_AT_ONCE = 500;
    private static final long LONGEST_SPAN = 60_000;

    private record Series(String symbol, String version, String mode) {}

    private static final class Past {
        private Tally.Counts stream;
        private Tally.Counts track;
        private long sequence;
        private long endedNanos;

        private Past(Tally.Counts stream, Tally.Counts track, long nowNanos) {
            this.stream = stream;
            this.track = track;
            this.endedNanos = nowNanos;
        }
    }

    private final TrancheServer server;
    private final String product;
    private final String sender;
    private final Ticks ticks;
    private final Supplier<List<StreamStatus>> streams;
    private final Map<Series, Past> past = new HashMap<>();
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile String state = "nothing was told yet";
    private long dropped;
    private boolean away;

    private Measurements(
            TrancheServer server, String product, String sender, Ticks ticks, Supplier<List<StreamStatus>> streams) {
        this.server = server;
        this.product = product;
        this.sender = sender;
        this.ticks = ticks;
        this.streams = streams;
        this.thread = Thread.ofPlatform().daemon().name("measurements").unstarted(this::run);
    }

    /// Begins to tell.
    ///
    /// @param sender another one at each start
    public static Measurements start(
            TrancheServer server, String product, String sender, Ticks ticks, Supplier<List<StreamStatus>> streams) {
        Measurements measurements = new Measurements(server, product, sender, ticks, streams);
        measurements.thread.start();
        return measurements;
    }

    private void run() {
        try {
            long next = ticks.nanos();
            while (!closed) {
                next += TimeUnit.SECONDS.toNanos(1);
                long left = next - ticks.nanos();
                if (left > 0) {
                    TimeUnit.NANOSECONDS.sleep(left);
                } else {
                    next = ticks.nanos();
                }
                measure();
                send();
            }
        } catch (InterruptedException e) {
            LOG.debug("measurements.ended", e);
        }
    }

    private void measure() {
        Instant now = ticks.now();
        long nanos = ticks.nanos();
        Set<Series> seen = new HashSet<>();
        for (StreamStatus stream : streams.get()) {
            for (TrackStatus track : stream.tracks()) {
                Series series = new Series(
                        stream.symbol(), track.version(), track.mode().word());
                seen.add(series);
                Past before = past.get(series);
                if (before == null) {
                    past.put(series, new Past(stream.counts(), track.counts(), nanos));
                } else {
                    Tally.Counts counts = stream.counts()
                            .since(before.stream)
                            .plus(track.counts().since(before.track));
                    long span = TimeUnit.NANOSECONDS.toMillis(nanos - before.endedNanos);
                    before.stream = stream.counts();
                    before.track = track.counts();
                    before.endedNanos = nanos;
                    before.sequence++;
                    wait(line(series, before.sequence, counts, Math.clamp(span, 1, LONGEST_SPAN), stream.up(), now));
                }
            }
        }
        past.keySet().retainAll(seen);
    }

    private void wait(String line) {
        waiting.addLast(line);
        if (waiting.size() > MOST_WAITING) {
            waiting.removeFirst();
            dropped++;
        }
    }

    private String line(Series series, long sequence, Tally.Counts counts, long span, boolean up, Instant now) {
        Runtime runtime = Runtime.getRuntime();
        double memory = (double) (runtime.totalMemory() - runtime.freeMemory()) / runtime.maxMemory();
        return "tranche_signal,product=" + product + ",version=" + series.version() + ",entity=" + series.symbol()
                + ",mode=" + series.mode() + ",sender=" + sender
                + " seq=" + sequence + "i,events=" + counts.events() + "i,errors="
                + Math.min(counts.errors(), counts.events()) + "i,invalid=" + counts.invalid() + "i,span_ms=" + span
                + "i,up=" + up
                + ",closed_all=" + counts.all() + "i,closed_bull=" + counts.bull() + "i,closed_bear=" + counts.bear()
                + "i,closed_conflict=" + counts.conflict()
                + "i,event_latency=\"" + counts.event().text() + "\",detection_latency=\""
                + counts.detection().text() + "\",pipeline_latency=\""
                + counts.pipeline().text()
                + "\",memory_used=" + memory + " " + now.toEpochMilli();
    }

    private void send() throws InterruptedException {
        while (!waiting.isEmpty() && !closed) {
            List<String> batch = waiting.stream().limit(MOST_AT_ONCE).toList();
            try {
                server.post("/write?precision=ms", "text/plain; charset=utf-8", String.join("\n", batch) + "\n");
            } catch (ServerException e) {
                if (!e.code().equals("partial_write")) {
                    keep(e);
                    return;
                }
                LOG.warn("measurements.refused", e);
            } catch (IOException e) {
                keep(e);
                return;
            }
            for (int i = 0; i < batch.size(); i++) {
                waiting.removeFirst();
            }
            away = false;
            state = "told until " + ticks.now() + (dropped > 0 ? ", " + dropped + " lines were dropped" : "");
        }
    }

    private void keep(IOException e) {
        if (!away) {
            LOG.warn("measurements.kept waiting={}", waiting.size(), e);
        }
        away = true;
        state = waiting.size() + " lines wait: " + e.getMessage();
    }

    /// Keeps the configuration in force on the server, so that a full rollback can give it back.
    public static JsonNode configuration(TrancheServer server, String product, String sender, String file, String text)
            throws IOException, InterruptedException {
        Map<String, String> body = Map.of("product", product, "sender", sender, "file", file, "text", text);
        return server.post("/api/v1/configurations", "application/json", Texts.json(body));
    }

    /// How it goes, in words for people.
    public String state() {
        return state;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
