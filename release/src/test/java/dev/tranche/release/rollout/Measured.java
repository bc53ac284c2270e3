package dev.tranche.release.rollout;

import dev.tranche.release.Horizon;
import dev.tranche.release.Metric;
import dev.tranche.release.Observation;
import dev.tranche.release.Reading;
import dev.tranche.release.Subject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// An observation that answers what a test told it to, whatever the horizon; all else is unavailable.
final class Measured implements Observation {
    private record Asked(Metric metric, Subject subject) {}

    private final Instant now;
    private final Map<Asked, Reading> readings = new HashMap<>();

    private Measured(Instant now) {
        this.now = now;
    }

    static Measured at(Instant now) {
        return new Measured(now);
    }

    Measured with(Metric metric, Subject subject, Reading reading) {
        readings.put(new Asked(metric, subject), reading);
        return this;
    }

    Measured rate(Metric metric, long hits, long of) {
        return with(metric, Subject.CANDIDATE, new Reading.Proportion(hits, of, now));
    }

    Measured liveRate(Metric metric, long hits, long of) {
        return with(metric, Subject.LIVE, new Reading.Proportion(hits, of, now));
    }

    Measured count(Metric metric, long n) {
        return with(metric, Subject.CANDIDATE, new Reading.Count(n, now));
    }

    Measured gauge(Metric metric, double value) {
        return with(metric, Subject.CANDIDATE, new Reading.Gauge(value, now));
    }

    Measured quantile(Metric metric, double value, long n) {
        return with(metric, Subject.CANDIDATE, new Reading.Quantile(value, n, now));
    }

    Measured state(Metric metric, String name) {
        return with(metric, Subject.CANDIDATE, new Reading.State(name, now));
    }

    @Override
    public Reading reading(Metric metric, Subject subject, Horizon horizon) {
        return readings.getOrDefault(new Asked(metric, subject), new Reading.Unavailable("not measured in this test"));
    }
}
