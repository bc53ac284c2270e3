package dev.tranche.market.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.market.Bar;
import dev.tranche.market.Side;
import dev.tranche.market.Trials;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.order.TimeInForce;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Several recordings on one clock.
class SimulationTest {
    private static final long MILLI = 1_000_000;

    /// Writes down what it hears, and buys one at the best bid whenever it is new.
    private static final class Listener extends Heard implements Participant {
        private final SimulatedVenue venue;
        private final boolean trades;
        private long id;
        int timers;

        Listener(SimulatedVenue venue, boolean trades) {
            this.venue = venue;
            this.trades = trades;
        }

        @Override
        public MarketSink market(int contract) {
            return new MarketSink() {
                @Override
                public void trade(
                        long eventMillis,
                        long receivedNanos,
                        long tradeId,
                        long priceTicks,
                        long quantityLots,
                        @Nullable Side aggressor) {
                    lines.add(receivedNanos + " " + contract + " trade " + quantityLots + "@" + priceTicks);
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
                    lines.add(receivedNanos + " " + contract + " top " + bidTicks + "/" + askTicks);
                    if (trades) {
                        venue.place(++id, contract, Side.BUY, bidTicks, 1, TimeInForce.POST_ONLY, false);
                    }
                }

                @Override
                public void depth(long eventMillis, long receivedNanos, long firstId, long lastId, long previousId) {
                    lines.add(receivedNanos + " " + contract + " depth");
                }

                @Override
                public void snapshot(long eventMillis, long receivedNanos, long lastId) {
                    lines.add(receivedNanos + " " + contract + " snapshot");
                }

                @Override
                public void level(Side side, long priceTicks, long quantityLots) {
                    lines.add("  " + side + " " + quantityLots + "@" + priceTicks);
                }

                @Override
                public void end() {
                    lines.add("  end");
                }

                @Override
                public void fault(Fault fault, long eventMillis, long receivedNanos, long found, long expected) {
                    throw new AssertionError(fault);
                }
            };
        }

        @Override
        public void time(long nowNanos) {
            timers++;
        }
    }

    private static final Contracts TWO = Contracts.of(List.of(
            Stage.contract("BTCUSDT", new Terms.Linear("BTC", "USDT", true), Fees.NONE),
            Stage.contract("ETHUSDT", new Terms.Linear("ETH", "USDT", true), Fees.NONE)));

    private static Listener played(
            VenueTerms terms, boolean trades, long timer, List<Simulation.Track> tracks, long end) {
        SimulatedVenue venue = SimulatedVenue.of(TWO, terms, Trials.chance(1));
        Listener listener = new Listener(venue, trades);
        Simulation.of(venue, tracks, timer, Trials.chance(2)).runUntil(end, listener);
        return listener;
    }

    private static Listener played(VenueTerms terms, boolean trades, List<Simulation.Track> tracks) {
        return played(terms, trades, 1_000_000_000, tracks, Long.MAX_VALUE);
    }

    @Test
    void recordingsAreHeardInTheOrderInWhichTheyHappened() {
        Tape btc = Tape.empty();
        btc.top(10, 5, 1, 100, 9, 101, 9);
        btc.trade(14, 5, 1, 101, 2, Side.BUY);
        Tape eth = Tape.empty();
        eth.snapshot(12, 5, 7);
        eth.level(Side.BUY, 50, 3);
        eth.level(Side.SELL, 51, 4);
        eth.end();
        eth.top(14, 5, 8, 50, 9, 51, 9);
        FeedDelay two = new FeedDelay.Modelled(new Latency.Constant(2 * MILLI));
        Listener listener = played(
                VenueTerms.IDEAL, false, List.of(new Simulation.Track(0, btc, two), new Simulation.Track(1, eth, two)));
        assertThat(listener.lines)
                .containsExactly(
                        "12000000 0 top 100/101",
                        "14000000 1 snapshot",
                        "  BUY 3@50",
                        "  SELL 4@51",
                        "  end",
                        "16000000 0 trade 2@101",
                        "16000000 1 top 50/51");
    }

    @Test
    void aClockThatStandsBehindIsHeardLikeAnyOther() {
        // The recorder's clock stands 1270 ms behind; its ways are 3, 1 and 8 ms.
        Tape tape = Tape.empty();
        tape.top(5000, (5003 - 1270) * MILLI, 1, 100, 9, 101, 9);
        tape.top(5004, (5005 - 1270) * MILLI, 2, 100, 8, 101, 9);
        // No event time: it happened 1 ms, the shortest way, before it was received.
        tape.top(MarketSink.UNKNOWN, (5010 - 1270) * MILLI, 3, 100, 7, 101, 9);
        tape.top(5011, (5019 - 1270) * MILLI, 4, 100, 6, 101, 9);
        Listener listener =
                played(VenueTerms.IDEAL, false, List.of(new Simulation.Track(0, tape, new FeedDelay.Recorded(MILLI))));
        assertThat(listener.lines.stream().map(line -> line.split(" ")[0]))
                .containsExactly("5003000000", "5005000000", "5010000000", "5019000000");
    }

    @Test
    void tradesComeBeforeWhatTheyChanged() {
        Tape tape = Tape.empty();
        tape.top(1, 1, 1, 100, 10, 101, 9);
        tape.top(5, 5, 2, 100, 6, 101, 9);
        tape.trade(5, 5, 1, 100, 4, Side.SELL);
        tape.trade(7, 7, 2, 100, 7, Side.SELL);
        Listener listener =
                played(VenueTerms.IDEAL, true, List.of(new Simulation.Track(0, tape, new FeedDelay.Recorded(0))));
        // Of ten ahead four traded at 5 ms, which the level's fall to six is no cancel beside; the seventh of
        // the next trade is ours. As recorded, the fall would count twice and three more would.
        assertThat(listener.lines.stream().filter(line -> line.contains("filled")))
                .containsExactly("7000000 filled 1 #1 BUY 1@100 fee 0 maker");
    }

    @Test
    void ordersReachTheVenueAfterTheMarketMoved() {
        Tape tape = Tape.empty();
        tape.top(1, 1, 1, 100, 10, 101, 9);
        tape.top(4, 4, 2, 98, 10, 99, 9);
        Simulation.Track track = new Simulation.Track(0, tape, new FeedDelay.Modelled(new Latency.Constant(MILLI)));
        VenueTerms slow = VenueTerms.IDEAL.with(new Latency.Constant(2 * MILLI), new Latency.Constant(3 * MILLI));
        Listener listener = played(slow, true, List.of(track));
        // Heard at 2, there at 4: the market has just moved, or is about to; what arrives comes first.
        assertThat(listener.lines)
                .contains("2000000 0 top 100/101", "7000000 accepted 1", "7000000 filled 1 #1 BUY 1@100 fee 0 maker");
        VenueTerms slower = VenueTerms.IDEAL.with(new Latency.Constant(2 * MILLI + 1), Latency.NONE);
        assertThat(played(slower, true, List.of(track)).lines).contains("4000001 rejected 1 WOULD_TAKE");
    }

    @Test
    void aBarIsTheVenuesAndItsLastPriceTheParticipants() {
        Tape tape = Tape.empty();
        tape.top(0, -1, -1, 100, 9, 102, 9);
        tape.bar(new Bar(0, 60_000, 101, 103, 98, 100, 200, Double.NaN, Double.NaN));
        tape.print(60_000, 100, 200);
        tape.top(60_000, -1, -1, 99, 9, 101, 9);
        Listener listener = played(
                VenueTerms.IDEAL, true, List.of(new Simulation.Track(0, tape, new FeedDelay.Modelled(Latency.NONE))));
        assertThat(listener.lines)
                .containsExactly(
                        "0 0 top 100/102",
                        "0 accepted 1",
                        "60000000000 filled 1 #1 BUY 1@100 fee 0 maker",
                        "60000000000 0 trade 200@100",
                        "60000000000 0 top 99/101",
                        "60000000000 accepted 2");
    }

    @Test
    void theTimerTurnsOnItsGridWhileSomethingHappens() {
        Tape tape = Tape.empty();
        tape.top(1, 1, 1, 100, 10, 101, 9);
        tape.top(35, 35, 2, 100, 10, 101, 9);
        List<Simulation.Track> tracks = List.of(new Simulation.Track(0, tape, new FeedDelay.Modelled(Latency.NONE)));
        // At the beginning and at 10, 20, 30 ms.
        assertThat(played(VenueTerms.IDEAL, false, 10 * MILLI, tracks, Long.MAX_VALUE).timers)
                .isEqualTo(4);
        assertThat(played(VenueTerms.IDEAL, false, 10 * MILLI, tracks, 35 * MILLI).lines)
                .hasSize(1);
        assertThatThrownBy(() -> played(VenueTerms.IDEAL, false, 1, tracks, 1))
                .hasMessage("timer must be within 1 us..1 d: 1 ns");
    }

    @Test
    void halfARunAndTheRestIsTheWholeRun() {
        Trials.of(30, chance -> {
            List<Simulation.Track> tracks = new ArrayList<>();
            for (int contract = 0; contract < 2; contract++) {
                Tape tape = Tape.empty();
                long millis = 1;
                for (int i = 0; i < 200; i++) {
                    millis += chance.nextInt(4);
                    long received = (millis + chance.nextInt(20)) * MILLI;
                    if (chance.nextBoolean()) {
                        tape.top(millis, received, i, 100 + chance.nextInt(3), 9, 103 + chance.nextInt(3), 9);
                    } else {
                        tape.trade(millis, received, i, 99 + chance.nextInt(6), 3, Side.SELL);
                    }
                }
                tracks.add(new Simulation.Track(contract, tape, new FeedDelay.Recorded(MILLI)));
            }
            SimulatedVenue venue = SimulatedVenue.of(TWO, VenueTerms.IDEAL, Trials.chance(1));
            Listener parts = new Listener(venue, true);
            Simulation simulation = Simulation.of(venue, tracks, 7 * MILLI, Trials.chance(2));
            for (long end = 0; end < 1000; end += chance.nextInt(1, 60)) {
                simulation.runUntil(end * MILLI, parts);
            }
            simulation.run(parts);
            Listener whole = played(VenueTerms.IDEAL, true, 7 * MILLI, tracks, Long.MAX_VALUE);
            assertThat(parts.lines).isEqualTo(whole.lines);
            assertThat(parts.timers).isEqualTo(whole.timers);
            assertThat(parts.lines.stream().map(line -> Long.parseLong(line.split(" ")[0])))
                    .isSorted();
        });
    }
}
