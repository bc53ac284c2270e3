package dev.tranche.market.spread;

import dev.tranche.market.Side;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.FaultCounts;
import dev.tranche.market.feed.MarketSink;
import org.jspecify.annotations.Nullable;

/// Listens to a recording and keeps every sample of its features and every trade. The features are those of
/// [SpreadFeatures], fed with the same events as live; before each event they are asked sample by sample, so
/// that none is skipped. Stands behind a [dev.tranche.market.feed.FeedMonitor]. One writer.
public final class SpreadRecorder implements MarketSink {
    private static final long NANOS_A_MILLI = 1_000_000;

    private final SpreadFeed feed;
    private final SpreadFeatures features;
    private final SpreadTape tape;
    private final FaultCounts faults = FaultCounts.alone();
    private final long interval;
    private long now = Long.MIN_VALUE;
    private long seen;

    private SpreadRecorder(int intervalMillis) {
        this.feed = SpreadFeed.of(intervalMillis);
        this.features = feed.features();
        this.interval = intervalMillis * NANOS_A_MILLI;
        this.tape = new SpreadTape(interval);
    }

    /// @param intervalMillis length of a sample, 10..60000
    public static SpreadRecorder of(int intervalMillis) {
        return new SpreadRecorder(intervalMillis);
    }

    /// What was heard so far.
    public SpreadTape tape() {
        return tape;
    }

    /// What was wrong with what was heard.
    public FaultCounts faults() {
        return faults;
    }

    @Override
    public void trade(
            long eventMillis,
            long receivedNanos,
            long tradeId,
            long priceTicks,
            long quantityLots,
            @Nullable Side aggressor) {
        clock(eventMillis, receivedNanos);
        feed.trade(eventMillis, receivedNanos, tradeId, priceTicks, quantityLots, aggressor);
        tape.trade(now, priceTicks, quantityLots, aggressor == null ? 0 : aggressor == Side.BUY ? 1 : -1);
    }

    @Override
    public void top(
            long eventMillis,
            long receivedNanos,
            long updateId,
            long bidTicks,
            long bidLots,
            long askTicks,
            long askLots) {
        clock(eventMillis, receivedNanos);
        feed.top(eventMillis, receivedNanos, updateId, bidTicks, bidLots, askTicks, askLots);
    }

    @Override
    public void depth(long eventMillis, long receivedNanos, long firstId, long lastId, long previousId) {
        clock(eventMillis, receivedNanos);
        feed.depth(eventMillis, receivedNanos, firstId, lastId, previousId);
    }

    @Override
    public void snapshot(long eventMillis, long receivedNanos, long lastId) {
        clock(eventMillis, receivedNanos);
        feed.snapshot(eventMillis, receivedNanos, lastId);
    }

    @Override
    public void level(Side side, long priceTicks, long quantityLots) {
        feed.level(side, priceTicks, quantityLots);
    }

    @Override
    public void end() {
        feed.end();
    }

    @Override
    public void fault(Fault fault, long eventMillis, long receivedNanos, long found, long expected) {
        faults.fault(fault, eventMillis, receivedNanos, found, expected);
        feed.fault(fault, eventMillis, receivedNanos, found, expected);
    }

    /// As [SpreadFeatures] reads the time, but one sample at a time.
    private void clock(long eventMillis, long receivedNanos) {
        long at = SpreadFeatures.time(eventMillis, receivedNanos);
        if (now == Long.MIN_VALUE) {
            now = at;
        }
        while (at > now) {
            now = Math.min(at, Math.floorDiv(now, interval) * interval + interval);
            features.advance(now);
            if (features.samples() != seen) {
                seen = features.samples();
                if (features.ready()) {
                    tape.sample(features);
                }
            }
        }
    }
}
