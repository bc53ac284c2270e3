package dev.tranche.bench.divergence;

import dev.tranche.market.Bar;
import dev.tranche.market.Instrument;
import dev.tranche.market.divergence.BarIndicators;
import dev.tranche.market.divergence.DivergenceEvent;
import dev.tranche.market.divergence.Liquidity;
import dev.tranche.market.divergence.OrderFlow;
import dev.tranche.market.divergence.ParameterBook;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.divergence.Source;
import dev.tranche.market.divergence.Watch;
import dev.tranche.market.feed.BarSink;
import dev.tranche.market.feed.FeedLimits;
import dev.tranche.market.feed.FeedMonitor;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.study.LiquidityGauge;
import dev.tranche.market.study.StudyBars;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;

/// All that happens between a decoded event and a told divergence: the monitor of the feed, the book,
/// order flow imbalance and volume delta, bars of a second, their z-scores, the judgement of liquidity,
/// three detectors.
final class Pipeline implements BarSink {
    static final long BAR_MILLIS = 1000;

    private final MarketSink entry;
    private final OrderFlow flow;
    private final BarIndicators indicators;
    private final LiquidityGauge gauge = LiquidityGauge.fresh();
    private final Watch watch;
    private final String symbol;
    private final boolean keeping;
    private final List<Bar> bars = new ArrayList<>();
    private Liquidity liquidity = Liquidity.ACTIVE;
    private long closed;

    private Pipeline(
            Instrument instrument,
            OrderFlow.Source book,
            Parameters parameters,
            boolean keeping,
            Consumer<DivergenceEvent> told) {
        this.symbol = instrument.symbol();
        this.keeping = keeping;
        this.watch = Watch.of(symbol, ParameterBook.of(parameters), EnumSet.allOf(Source.class), told);
        this.indicators = BarIndicators.before(
                BarIndicators.Settings.USUAL,
                (closeMillis, high, low, close, zOfi, zCvd, zFusion) ->
                        watch.on(closeMillis, high, low, close, zOfi, zCvd, zFusion, liquidity));
        this.flow = OrderFlow.of(
                instrument, book, BAR_MILLIS, this, (fault, eventMillis, receivedNanos, found, expected) -> {});
        this.entry = FeedMonitor.before(FeedLimits.USUAL, flow);
    }

    static Pipeline of(
            Instrument instrument,
            OrderFlow.Source book,
            Parameters parameters,
            boolean keeping,
            Consumer<DivergenceEvent> told) {
        return new Pipeline(instrument, book, parameters, keeping, told);
    }

    /// Where events go in.
    MarketSink entry() {
        return entry;
    }

    /// Bars so far.
    long closed() {
        return closed;
    }

    OrderFlow flow() {
        return flow;
    }

    /// The bars that were kept, as a study sees them.
    StudyBars study() {
        return StudyBars.of(symbol, bars, BarIndicators.Settings.USUAL);
    }

    @Override
    public void bar(
            long openMillis,
            long closeMillis,
            double open,
            double high,
            double low,
            double close,
            double volume,
            double takerBuyVolume,
            double orderFlowImbalance) {
        closed++;
        if (keeping) {
            bars.add(new Bar(
                    openMillis, closeMillis, open, high, low, close, volume, takerBuyVolume, orderFlowImbalance));
        }
        liquidity = gauge.on(volume * close).orElse(Liquidity.ACTIVE);
        indicators.bar(openMillis, closeMillis, open, high, low, close, volume, takerBuyVolume, orderFlowImbalance);
    }

    @Override
    public void gap(long fromMillis, long toMillis) {
        indicators.gap(fromMillis, toMillis);
        watch.reset();
    }
}
