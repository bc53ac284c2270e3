package dev.tranche.server.journal;

import dev.tranche.release.Metric;
import dev.tranche.release.Reading;
import java.time.Instant;

/// Turns tallies into the readings that gates and guards ask for.
final class Readings {
    private Readings() {}

    /// The reading of a metric from a tally.
    static Reading of(Metric metric, Tally tally, Instant asOf) {
        return switch (metric) {
            case REQUESTS -> new Reading.Count(tally.requests, asOf);
            case ERROR_RATE -> new Reading.Proportion(tally.errors, tally.requests, asOf);
            case AVAILABILITY -> new Reading.Proportion(tally.requests - tally.errors, tally.requests, asOf);
            case FALLBACK_RATE -> new Reading.Proportion(tally.fallbacks, tally.requests, asOf);
            case LATENCY_P50 -> latency(tally, 0.5, asOf);
            case LATENCY_P95 -> latency(tally, 0.95, asOf);
            case LATENCY_P99 -> latency(tally, 0.99, asOf);
            case APPROVAL_RATE -> new Reading.Proportion(tally.approved, tally.acted, asOf);
            case SCORE_MEAN -> sample(tally.scores, tally.scoreMean, tally.scoreSquares, asOf);
            case DECISION_FLIP_RATE -> new Reading.Proportion(tally.flips, tally.compared, asOf);
            case SCORE_SHIFT -> sample(tally.shifts, tally.shiftMean, tally.shiftSquares, asOf);
            case OUTCOME_RATE -> new Reading.Proportion(tally.bad, tally.outcomes, asOf);
            case OUTCOMES -> new Reading.Count(tally.outcomes, asOf);
            case CALIBRATION_RATIO -> new Reading.Calibration(tally.bad, tally.expectedBad, tally.outcomes, asOf);
            case DATA_AGE ->
                tally.lastMicros == 0
                        ? new Reading.Unavailable("nothing was answered in this time")
                        : new Reading.Gauge(Math.max(0, asOf.toEpochMilli() / 1e3 - tally.lastMicros / 1e6), asOf);
            case MEMORY_USED,
                    HEALTH_FAILURES,
                    BREAKER,
                    EVENT_LATENCY_P95,
                    PIPELINE_LATENCY_P95,
                    DETECTION_LATENCY_P95,
                    QUOTE_LATENCY_P95,
                    DRAWDOWN,
                    PNL,
                    CLOSURE_ERROR -> new Reading.Unavailable(metric + " is not measured on this node");
        };
    }

    /// The reading of a version that never answered.
    static Reading nothing(Metric metric, String version, Instant asOf) {
        return metric == Metric.DATA_AGE
                ? new Reading.Unavailable(version + " has not answered yet")
                : of(metric, new Tally(), asOf);
    }

    private static Reading latency(Tally tally, double q, Instant asOf) {
        double millis = tally.latencyMillis(q);
        return new Reading.Quantile(Double.isNaN(millis) ? 0 : millis, tally.requests, asOf);
    }

    private static Reading sample(long n, double mean, double squares, Instant asOf) {
        return new Reading.Sample(n, mean, n > 1 ? squares / (n - 1) : 0, asOf);
    }
}
