package dev.tranche.market.desk;

import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import dev.tranche.market.feed.BarBuilder;
import dev.tranche.market.feed.BarSink;
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
    private final double[] returns;
    private final double[] observation = new double[2];
    private double[] probabilities = {Double.NaN, Double.NaN, Double.NaN};
    private double close;
    private long count;
    private int state = MEDIUM;

    RegimeWatch(StrategyTerms.Detector detector, Instrument instrument) {
        this.detector = detector;
        this.bars = BarBuilder.of(instrument, detector.bars().toMillis(), this);
        this.filter = RegimeFilter.of(detector.model());
        this.change = RegimeSwitch.of(detector.change(), MEDIUM);
        this.returns = new double[detector.window()];
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
        if (close > 0) {
            returns[(int) (count % returns.length)] = Math.log(last / close);
            count++;
        }
        close = last;
        if (count >= returns.length) {
            observation[0] = returns[(int) ((count - 1) % returns.length)];
            observation[1] = deviation();
            filter.on(observation);
            probabilities = filter.probabilities();
            state = change.on(probabilities);
        }
    }

    @Override
    public void gap(long fromMillis, long toMillis) {
        close = 0;
        count = 0;
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

    private double deviation() {
        double mean = 0;
        for (double each : returns) {
            mean += each / returns.length;
        }
        double squares = 0;
        for (double each : returns) {
            squares += (each - mean) * (each - mean);
        }
        return Math.sqrt(squares / (returns.length - 1));
    }

    void digest(Digest into) {
        into.add(close).add(count).add((long) state).add(bars.openMillis());
        for (double each : probabilities) {
            into.add(each);
        }
        for (double each : returns) {
            into.add(each);
        }
    }
}
