package dev.tranche.server.measured;

import dev.tranche.release.Metric;
import dev.tranche.release.Reading;
import dev.tranche.runtime.metrics.LatencySnapshot;
import java.time.Duration;
import java.time.Instant;

/// Turns counts into what gates and guards read.
final class Readings {
    private Readings() {}

    /// The reading of a metric that rests on counts alone.
    static Reading of(Metric metric, Counts counts, Instant asOf) {
        return switch (metric) {
            case REQUESTS -> new Reading.Count(counts.events(), asOf);
            case ERROR_RATE -> new Reading.Proportion(counts.errors(), counts.events(), asOf);
            case CLOSURE_ERROR -> new Reading.Proportion(counts.unclosed(), counts.signals(), asOf);
            case LATENCY_P50 -> quantile(counts.answer(), 0.50, asOf);
            case LATENCY_P95 -> quantile(counts.answer(), 0.95, asOf);
            case LATENCY_P99 -> quantile(counts.answer(), 0.99, asOf);
            case PIPELINE_LATENCY_P95 -> quantile(counts.pipeline(), 0.95, asOf);
            case EVENT_LATENCY_P95 -> quantile(counts.event(), 0.95, asOf);
            case DETECTION_LATENCY_P95 -> quantile(counts.detection(), 0.95, asOf);
            case QUOTE_LATENCY_P95 -> quantile(counts.quote(), 0.95, asOf);
            case AVAILABILITY,
                    FALLBACK_RATE,
                    APPROVAL_RATE,
                    SCORE_MEAN,
                    DECISION_FLIP_RATE,
                    SCORE_SHIFT,
                    OUTCOME_RATE,
                    OUTCOMES,
                    CALIBRATION_RATIO,
                    MEMORY_USED,
                    DRAWDOWN,
                    PNL,
                    HEALTH_FAILURES,
                    BREAKER,
                    DATA_AGE -> new Reading.Unavailable("no engine tells " + metric);
        };
    }

    private static Reading quantile(String histogram, double q, Instant asOf) {
        LatencySnapshot counts = LatencySnapshot.parse(histogram);
        double millis = counts.quantile(q).map(Duration::toNanos).orElse(0L) / 1e6;
        return new Reading.Quantile(millis, counts.count(), asOf);
    }
}
