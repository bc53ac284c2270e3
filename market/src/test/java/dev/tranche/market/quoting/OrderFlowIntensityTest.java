package dev.tranche.market.quoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.Instrument;
import dev.tranche.market.Recording;
import dev.tranche.market.Side;
import dev.tranche.market.Trials;
import dev.tranche.market.feed.BinanceDecoder;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.MarketSink;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderFlowIntensityTest {
    /// Orders of the law itself: each side comes `arrival` times a second and reaches an exponential
    /// distance.
    private static void orders(OrderFlowIntensity into, double arrival, double decay, double seconds, long seed) {
        RandomGenerator random = Trials.chance(seed);
        double time = 0;
        long millis = 0;
        while (time < seconds) {
            time += random.nextExponential() / (2 * arrival);
            double distance = random.nextExponential() / decay;
            boolean buy = random.nextBoolean();
            millis++;
            // A sweep is seen as several trades on its way.
            into.trade((long) (time * 1e9), millis, buy, distance * 0.4);
            into.trade((long) (time * 1e9), millis, buy, distance);
        }
    }

    @Test
    void theLawThatMadeTheOrdersComesBack() {
        for (double threshold : new double[] {0, 0.3}) {
            OrderFlowIntensity found = OrderFlowIntensity.of(threshold, 20_000);
            orders(found, 1.4, 1.5, 20_000, 3);
            // About 25,000 orders count: one deviation of the decay is near 1 / sqrt(n) of it.
            assertThat(found.decay()).isCloseTo(1.5, within(0.05));
            assertThat(found.arrival()).isCloseTo(1.4, within(0.06));
        }
    }

    @Test
    void itFollowsAMarketThatChanges() {
        OrderFlowIntensity found = OrderFlowIntensity.of(0, 300);
        orders(found, 1, 2, 3000, 4);
        double before = found.decay();
        OrderFlowIntensity fresh = OrderFlowIntensity.of(0, 300);
        orders(fresh, 1, 0.5, 3000, 5);
        assertThat(before).isCloseTo(2, within(0.4));
        assertThat(fresh.decay()).isCloseTo(0.5, within(0.1));
        // Silence takes the orders away, and with them the rate, but not the shape.
        double decay = fresh.decay();
        double arrival = fresh.arrival();
        fresh.time(3_600_000_000_000L);
        assertThat(fresh.arrival()).isLessThan(arrival / 2);
        assertThat(fresh.decay()).isCloseTo(decay, within(1e-9));
    }

    @Test
    void whatDoesNotReachTheThresholdOnlyLetsTimePass() {
        OrderFlowIntensity found = OrderFlowIntensity.of(1, 60);
        found.trade(0, 0, true, 5);
        double before = found.arrival();
        assertThat(before).as("no time has passed").isNaN();
        found.trade(1_000_000_000, 1, true, 0.5);
        found.trade(2_000_000_000, 2, true, -3);
        found.trade(2_000_000_000, 2, false, Double.NaN);
        assertThat(found.orders()).isCloseTo(Math.pow(0.5, 2.0 / 60), within(1e-12));
        assertThat(found.decay()).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void termsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OrderFlowIntensity.of(-1, 1))
                .withMessageContaining("-1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OrderFlowIntensity.of(0, 0))
                .withMessageContaining("halfLifeSeconds");
    }

    /// Five minutes of a real perpetual: trades against the mid price of the best prices before them.
    @Test
    void recordedTradesGiveAUsableLawAndRarerFillsFartherOut() {
        Instrument eth = new Instrument("ETHUSDT", 2, 3);
        Reached reached = new Reached();
        Recording.level2("usdm", "ethusdt")
                .lines(0, 74_655, BinanceDecoder.of(eth, BinanceDecoder.Trades.EACH, reached)::line);
        assertThat(reached.trades).isGreaterThan(10_000);
        assertThat(reached.intensity.decay()).isBetween(0.5, 20.0);
        assertThat(reached.intensity.arrival()).isBetween(0.5, 100.0);
        // The law against a plain count of orders that reached one basis point and two.
        double share = (double) reached.beyondTwo / reached.beyondOne;
        assertThat(share).isBetween(0.02, 0.9);
    }

    private static final class Reached implements MarketSink {
        private final OrderFlowIntensity intensity = OrderFlowIntensity.of(0.05, 1e6);
        private double mid;
        private int trades;
        private int beyondOne;
        private int beyondTwo;

        @Override
        public void trade(
                long eventMillis, long receivedNanos, long tradeId, long ticks, long lots, @Nullable Side aggressor) {
            if (mid > 0 && aggressor != null) {
                double distance = aggressor.sign() * (ticks / mid - 1) * 1e4;
                intensity.trade(receivedNanos, eventMillis, aggressor == Side.BUY, distance);
                trades++;
                beyondOne += distance > 0.5 ? 1 : 0;
                beyondTwo += distance > 1 ? 1 : 0;
            }
        }

        @Override
        public void top(long eventMillis, long receivedNanos, long id, long bid, long bids, long ask, long asks) {
            if (bid > 0 && ask > 0) {
                mid = 0.5 * (bid + ask);
            }
        }

        @Override
        public void depth(long eventMillis, long receivedNanos, long firstId, long lastId, long previousId) {}

        @Override
        public void snapshot(long eventMillis, long receivedNanos, long lastId) {}

        @Override
        public void level(Side side, long priceTicks, long quantityLots) {}

        @Override
        public void end() {}

        @Override
        public void fault(Fault fault, long at, long heard, long found, long expected) {}
    }
}
