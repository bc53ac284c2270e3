package dev.tranche.engine.trading.loop;

import dev.tranche.runtime.metrics.LatencyHistogram;
import dev.tranche.runtime.metrics.LatencySnapshot;
import java.util.concurrent.atomic.AtomicLong;

/// What the loop did, counted by it and read by anybody. Thread-safe.
public final class LoopCounts {
    private final AtomicLong inputs = new AtomicLong();
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong ticks = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong discarded = new AtomicLong();
    private final LatencyHistogram event = LatencyHistogram.create();
    private final LatencyHistogram quote = LatencyHistogram.create();
    private volatile long aliveNanos;

    LoopCounts() {}

    void message() {
        messages.lazySet(messages.get() + 1);
    }

    void tick() {
        ticks.lazySet(ticks.get() + 1);
    }

    void refusal() {
        refused.lazySet(refused.get() + 1);
    }

    void discard() {
        discarded.lazySet(discarded.get() + 1);
    }

    void inputs(long now) {
        inputs.lazySet(now);
    }

    void event(long nanos) {
        event.record(nanos);
    }

    void quote(long nanos) {
        quote.record(nanos);
    }

    void alive(long nanos) {
        aliveNanos = nanos;
    }

    /// Inputs of the desk since its journal began.
    public long inputs() {
        return inputs.get();
    }

    /// Messages of market data taken in by this process.
    public long messages() {
        return messages.get();
    }

    /// Ticks of the timer.
    public long ticks() {
        return ticks.get();
    }

    /// Inputs that the desk refused.
    public long refused() {
        return refused.get();
    }

    /// What came while the journal could not be written, and was left out.
    public long discarded() {
        return discarded.get();
    }

    /// What one input cost, all of it.
    public LatencySnapshot event() {
        return event.snapshot();
    }

    /// From the receipt of a message to the order handed over.
    public LatencySnapshot quote() {
        return quote.snapshot();
    }

    /// When the loop last went round, by the monotonic clock.
    public long aliveNanos() {
        return aliveNanos;
    }
}
