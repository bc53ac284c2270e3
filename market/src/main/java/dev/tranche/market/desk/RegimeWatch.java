package dev.tranche.market.desk;

import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import dev.tranche.market.feed.BarBuilder;
import dev.tranche.market.feed.BarSink;
import dev.tranche.market.regime.BarFeatures;
import dev.tranche.market.regime.RegimeFilter;
import dev.tranche.market.regime.RegimeSwitch;
import org.jspecify.annotations.Nullable;

/// The regime of a contract by a detector: bars of its trades, two features of each closed bar, the forward
/// filter, the switch. It knows nothing but bars that are over. One writer.
final class RegimeWatch implements BarSink {
    private static final int MEDIUM = 1;

    private final StrategyTerms.Detector detector;
    private final BarBuilder bars;
    private final RegimeFilter filter;
    private final RegimeSwitch change;
    private final BarFeatures features;
    private double[] probabilities = {Double.NaN, Double.NaN, Double.NaN};
    private int state = MEDIUM;

    RegimeWatch(StrategyTerms.Detector detector, Instrument instrument) {
        this.detector = detector;
        this.bars = BarBuilder.of(instrument, detector.bars().toMillis(), this);
        this.filter = RegimeFilter.of(detector.model());
        this.change = RegimeSwitch.of(detector.change(), MEDIUM);
        this.features = BarFeatures.of(detector.window());
    }

    StrategyTerms.Detector detector() {
        return detector;
    }

    void trade(long eventMillis, long priceTicks, long quantityLots, @Nullable Side aggressor) {
        bars.trade(eventMillis, priceTicks, quantityLots, aggressor);
    }

    /// Something is missing: the bars that it touches are left out.
    void invalid(long eventMillis) {
        bars.invalid(eventMillis);
    }

    @Override
    public void bar(
            long openMillis,
            long closeMillis,
            double open,
            double high,
            double low,
            double last,
            double volume,
            double takerBuyVolume,
            double orderFlowImbalance) {
        if (features.on(last)) {
            filter.on(features.values());
            probabilities = filter.probabilities();
            state = change.on(probabilities);
        }
    }

    @Override
    public void gap(long fromMillis, long toMillis) {
        features.reset();
        filter.reset();
    }

    /// In force: 0, 1 or 2; 1 while nothing is known.
    int state() {
        return state;
    }

    /// Of a state now; NaN while nothing is known.
    double probability(int of) {
        return probabilities[of];
    }

    void digest(Digest into) {
        into.add(features.hash(0)).add((long) state).add(bars.openMillis());
        for (double each : probabilities) {
            into.add(each);
        }
    }
}
