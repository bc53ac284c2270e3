package dev.tranche.engine.divergence;

import dev.tranche.engine.signal.Tally;
import dev.tranche.runtime.metrics.LatencySnapshot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// How streams and versions do, as trees for JSON.
public final class StatusText {
    private static final double NANOS_A_MILLI = 1e6;
    private static final double P95 = 0.95;

    private StatusText() {}

    /// One stream.
    public static Map<String, Object> of(StreamStatus stream) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("symbol", stream.symbol());
        tree.put("up", stream.up());
        tree.put("condition", stream.condition().name().toLowerCase(Locale.ROOT));
        tree.put("place", stream.place());
        tree.put("state", stream.state());
        tree.put("book", stream.book().name().toLowerCase(Locale.ROOT));
        tree.put("queue", stream.queue());
        tree.put("dropped", stream.dropped());
        tree.put("events", stream.counts().events());
        tree.put("errors", stream.counts().errors());
        tree.put("invalid", stream.counts().invalid());
        Map<String, Object> faults = new LinkedHashMap<>();
        stream.faults().forEach((fault, count) -> faults.put(fault.name().toLowerCase(Locale.ROOT), count));
        tree.put("faults", faults);
        if (stream.eventMillis() >= 0) {
            tree.put("eventTime", Instant.ofEpochMilli(stream.eventMillis()).toString());
        }
        tree.put("clock_behind_ms", stream.clockBehindMillis());
        tree.put("bars", stream.bars());
        tree.put("event_latency_p95_ms", p95(stream.counts().event()));
        tree.put("versions", stream.tracks().stream().map(StatusText::of).toList());
        return tree;
    }

    private static Map<String, Object> of(TrackStatus track) {
        Tally.Counts counts = track.counts();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("version", track.version());
        tree.put("mode", track.mode().word());
        tree.put("parameters", track.parameters());
        tree.put("closure", closure(counts));
        tree.put("errors", counts.errors());
        tree.put("detection_latency_p95_ms", p95(counts.detection()));
        tree.put("pipeline_latency_p95_ms", p95(counts.pipeline()));
        return tree;
    }

    private static Map<String, Object> closure(Tally.Counts counts) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("all", counts.all());
        tree.put("bull", counts.bull());
        tree.put("bear", counts.bear());
        tree.put("conflict", counts.conflict());
        tree.put("closed", counts.closed());
        tree.put("error", counts.closureError());
        return tree;
    }

    /// In milliseconds; -1 when nothing was measured.
    private static double p95(LatencySnapshot latency) {
        return latency.quantile(P95)
                .map(found -> found.toNanos() / NANOS_A_MILLI)
                .orElse(-1.0);
    }
}
