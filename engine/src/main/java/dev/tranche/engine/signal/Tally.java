package dev.tranche.engine.signal;

import dev.tranche.market.divergence.Kind;
import dev.tranche.runtime.metrics.LatencyHistogram;
import dev.tranche.runtime.metrics.LatencySnapshot;
import java.util.concurrent.atomic.LongAdder;

/// What one version did for one symbol since it began: counted by the stream's worker, read by anybody.
/// Thread-safe.
public final class Tally {
    /// The counts at one moment.
    ///
    /// @param events market events taken in
    /// @param errors of these, those whose handling failed
    /// @param invalid market events left out because the feed was wrong
    /// @param all events that the detector found
    /// @param bull those told, by side, hidden ones with the others
    /// @param bear as `bull`
    /// @param conflict as `bull`
    public record Counts(
            long events,
            long errors,
            long invalid,
            long all,
            long bull,
            long bear,
            long conflict,
            LatencySnapshot event,
            LatencySnapshot detection,
            LatencySnapshot pipeline) {
        /// Nothing was counted.
        public static final Counts NONE = new Counts(
                0, 0, 0, 0, 0, 0, 0, LatencySnapshot.empty(), LatencySnapshot.empty(), LatencySnapshot.empty());

        /// What was counted since `earlier`, counts of the same tally.
        public Counts since(Counts earlier) {
            return new Counts(
                    events - earlier.events,
                    errors - earlier.errors,
                    invalid - earlier.invalid,
                    all - earlier.all,
                    bull - earlier.bull,
                    bear - earlier.bear,
                    conflict - earlier.conflict,
                    event.minus(earlier.event),
                    detection.minus(earlier.detection),
                    pipeline.minus(earlier.pipeline));
        }

        /// These and `others` together.
        public Counts plus(Counts others) {
            return new Counts(
                    events + others.events,
                    errors + others.errors,
                    invalid + others.invalid,
                    all + others.all,
                    bull + others.bull,
                    bear + others.bear,
                    conflict + others.conflict,
                    event.merge(others.event),
                    detection.merge(others.detection),
                    pipeline.merge(others.pipeline));
        }

        /// Whether all = bull + bear + conflict.
        public boolean closed() {
            return all == bull + bear + conflict;
        }

        /// Distance of all from the sum of the sides, of the larger of the two; 0 when both are 0.
        public double closureError() {
            long sides = bull + bear + conflict;
            return all == sides ? 0 : (double) Math.abs(all - sides) / Math.max(all, sides);
        }
    }

    private final LongAdder events = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder invalid = new LongAdder();
    private final LongAdder all = new LongAdder();
    private final LongAdder bull = new LongAdder();
    private final LongAdder bear = new LongAdder();
    private final LongAdder conflict = new LongAdder();
    private final LatencyHistogram event = LatencyHistogram.create();
    private final LatencyHistogram detection = LatencyHistogram.create();
    private final LatencyHistogram pipeline = LatencyHistogram.create();

    private Tally() {}

    /// Zeros.
    public static Tally create() {
        return new Tally();
    }

    /// A market event was taken in and took `nanos`.
    public void event(long nanos) {
        events.increment();
        event.record(nanos);
    }

    /// Handling an event failed.
    public void error() {
        errors.increment();
    }

    /// A market event was left out.
    public void invalid() {
        invalid.increment();
    }

    /// The detector took `nanos` for a bar.
    public void detection(long nanos) {
        detection.record(nanos);
    }

    /// The detector found something.
    public void found() {
        all.increment();
    }

    /// It was told, `nanos` after the event that closed the bar had arrived.
    public void told(Kind kind, long nanos) {
        pipeline.record(nanos);
        switch (kind) {
            case BULL, HIDDEN_BULL -> bull.increment();
            case BEAR, HIDDEN_BEAR -> bear.increment();
            case CONFLICT -> conflict.increment();
        }
    }

    /// The counts so far. Read while an event is being told they may be apart by that one.
    public Counts counts() {
        return new Counts(
                events.sum(),
                errors.sum(),
                invalid.sum(),
                all.sum(),
                bull.sum(),
                bear.sum(),
                conflict.sum(),
                event.snapshot(),
                detection.snapshot(),
                pipeline.snapshot());
    }
}
