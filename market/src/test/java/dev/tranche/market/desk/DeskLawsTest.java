package dev.tranche.market.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Side;
import dev.tranche.market.Trials;
import dev.tranche.market.account.Intent;
import dev.tranche.market.account.Ledger;
import dev.tranche.market.account.Part;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.order.OrderSink;
import dev.tranche.market.order.TimeInForce;
import dev.tranche.market.risk.BreakerLimits;
import dev.tranche.market.risk.BreakerState;
import dev.tranche.market.risk.RiskTerms;
import dev.tranche.market.simulation.Latency;
import dev.tranche.market.simulation.SimulatedVenue;
import dev.tranche.market.simulation.VenueTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Laws over random markets, a venue that fills at random, and a way to it that loses, doubles and delays.
class DeskLawsTest {
    private static final int STEPS = 1_500;
    private static final long STEP = 20 * DeskStage.MILLI;
    private static final long POSITION = 40;

    private static final DeskTerms TERMS = new DeskTerms(
            "btc_mm",
            4,
            512,
            16,
            Capital.dollars(100_000),
            DeskTerms.UNLIMITED,
            RiskTerms.USUAL,
            new BreakerLimits(0.05, 0.1, 0.08, 0.15, 0.05, 0.1, 0.2, 0.3, Duration.ofSeconds(1), Duration.ofSeconds(5)),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            1);

    /// Lines of everything that a desk sends and says.
    static final class Said implements OrderSink, DeskSink {
        final List<String> lines = new ArrayList<>();
        final Map<Integer, Long> filled = new HashMap<>();
        OrderSink next = this;

        @Override
        public void place(long id, int contract, Side side, long ticks, long lots, TimeInForce force, boolean reduce) {
            lines.add("place " + id + " " + contract + " " + side + " " + lots + "@" + ticks + " " + force);
            if (next != this) {
                next.place(id, contract, side, ticks, lots, force, reduce);
            }
        }

        @Override
        public void amend(long id, int contract, long ticks, long lots) {
            lines.add("amend " + id + " " + lots + "@" + ticks);
            if (next != this) {
                next.amend(id, contract, ticks, lots);
            }
        }

        @Override
        public void cancel(long id, int contract) {
            lines.add("cancel " + id);
            if (next != this) {
                next.cancel(id, contract);
            }
        }

        @Override
        public void cancelAll(int contract) {
            lines.add("cancel all " + contract);
            if (next != this) {
                next.cancelAll(contract);
            }
        }

        @Override
        public void reconcile(int venue, long since) {
            lines.add("reconcile " + venue + " " + since);
            if (next != this) {
                next.reconcile(venue, since);
            }
        }

        @Override
        public void filled(
                long now,
                int strategy,
                int contract,
                long id,
                long trade,
                Side side,
                long ticks,
                long lots,
                long fee,
                boolean maker,
                Intent intent) {
            filled.merge(contract, side.sign() * lots, Long::sum);
            lines.add("filled " + strategy + " " + contract + " " + trade + " " + side + " " + lots + "@" + ticks);
        }

        @Override
        public void notice(long now, Notice notice, int contract, long found, long expected) {
            lines.add("notice " + notice + " " + contract + " " + found + " " + expected);
        }

        @Override
        public void pulled(long now, int strategy, int contract, Pulled why) {
            lines.add("pulled " + strategy + " " + contract + " " + why);
        }
    }

    /// A desk with two strategies in one contract, one of which hedges in another, at a venue of chance.
    static final class Run {
        final Said said = new Said();
        final Desk desk = Desk.of(DeskStage.TWO, TERMS, said, said);
        final Tape tape = new Tape(desk);
        final SimulatedVenue venue;
        final Chaos chaos;
        final RandomGenerator chance;
        final Map<Long, Boolean> buys = new HashMap<>();
        long now = 1_700_000_000L * DeskStage.SECOND;
        private long update;
        private final long[] mids = {600_000, 30_000};
        private boolean broken;
        int placedWhileKilled;
        int placedBlind;

        Run(RandomGenerator chance, boolean amends) {
            this.chance = chance;
            Latency way = new Latency.Uniform(0, 40 * DeskStage.MILLI);
            this.venue = SimulatedVenue.of(
                    DeskStage.TWO,
                    VenueTerms.IDEAL.with(way, Latency.NONE).refusing(0.01),
                    Trials.chance(chance.nextLong()));
            this.chaos = new Chaos(tape, Trials.chance(chance.nextLong()));
            said.next = new OrderSink() {
                @Override
                public void place(
                        long id, int contract, Side side, long ticks, long lots, TimeInForce force, boolean reduce) {
                    placedWhileKilled += desk.breaker() == BreakerState.KILLED ? 1 : 0;
                    placedBlind += desk.market(contract).valid() ? 0 : 1;
                    if (chaos.connected) {
                        venue.place(id, contract, side, ticks, lots, force, reduce);
                    }
                }

                @Override
                public void amend(long id, int contract, long ticks, long lots) {
                    placedWhileKilled += desk.breaker() == BreakerState.KILLED ? 1 : 0;
                    if (chaos.connected) {
                        venue.amend(id, contract, ticks, lots);
                    }
                }

                @Override
                public void cancel(long id, int contract) {
                    if (chaos.connected) {
                        venue.cancel(id, contract);
                    }
                }

                @Override
                public void cancelAll(int contract) {
                    if (chaos.connected) {
                        venue.cancelAll(contract);
                    }
                }

                @Override
                public void reconcile(int place, long since) {
                    if (chaos.connected) {
                        venue.reconcile(place, since);
                    }
                }
            };
            long at = now;
            String hedge = ",\"hedge\":{\"with\":[{\"venue\":\"binance\",\"symbol\":\"ETHUSDT\"}],\"band\":0.005,"
                    + "\"normal\":0.01,\"urgent\":0.02,\"every\":\"1s\",\"least\":0.001}";
            String amend = amends ? ",\"amend\":true" : "";
            StrategyTerms one = terms("a_mm_x_v1.0", amend + ",\"levels\":2,\"level_step_bps\":1", hedge);
            StrategyTerms two = terms("b_mm_x_v1.0", amend, "");
            tape.say(to -> to.strategy(at, 0, one));
            tape.say(to -> to.strategy(at, 1, two));
            tape.connected(now, 0);
        }

        private static StrategyTerms terms(String name, String quoting, String more) {
            String json = DeskStage.json(quoting, more)
                    .replace("btc_mm_glft_v1.0", name)
                    .replace("\"position\":0.03", "\"position\":" + POSITION / 1e3)
                    .replace("\"least_spread_bps\":4", "\"least_spread_bps\":0.3,\"most_spread_bps\":0.6");
            return StrategyTermsTest.read(json);
        }

        void step() {
            now += chance.nextLong(1, 2 * STEP);
            chaos.now = now;
            while (venue.next() < now) {
                venue.time(Math.max(venue.next(), venue.now()), chaos);
            }
            venue.time(now, chaos);
            chaos.turn();
            long at = now;
            tape.say(to -> to.time(at));
            market(chance.nextInt(4) == 0 ? 1 : 0);
        }

        private void market(int contract) {
            long at = now;
            if (chance.nextInt(3) == 0) {
                Side side = chance.nextBoolean() ? Side.BUY : Side.SELL;
                long ticks = mids[contract] + (long) side.sign() * chance.nextInt(1, 40);
                long lots = chance.nextInt(1, 30);
                long id = ++update;
                venue.market(contract).trade(at / DeskStage.MILLI, at, id, ticks, lots, side);
                tape.say(to -> to.market(contract).trade(at / DeskStage.MILLI, at, id, ticks, lots, side));
                return;
            }
            if (contract == 0 && chance.nextInt(200) == 0) {
                broken = true;
                tape.say(to -> to.market(0).fault(Fault.LOST, at / DeskStage.MILLI, at, 1, 0));
                return;
            }
            mids[contract] += chance.nextInt(-8, 9);
            long bid = mids[contract] - chance.nextInt(1, 4);
            long ask = mids[contract] + chance.nextInt(1, 4);
            long lots = chance.nextInt(1, 40);
            long id = ++update;
            venue.market(contract).top(at / DeskStage.MILLI, at, id, bid, lots, ask, lots);
            if (contract != 0 || !broken || chance.nextInt(5) == 0) {
                broken = contract != 0 && broken;
                tape.say(to -> to.market(contract).top(at / DeskStage.MILLI, at, id, bid, lots, ask, lots));
            }
        }

        /// What people and lines do now and then.
        void happen() {
            long at = now;
            switch (chance.nextInt(12)) {
                case 0 -> {
                    if (desk.breaker() == BreakerState.KILLED) {
                        tape.say(to -> to.release(at, "ana", "looked at it"));
                    } else if (chance.nextInt(3) == 0) {
                        tape.say(to -> to.kill(at, "ana", "to see"));
                    }
                }
                case 1 -> {
                    chaos.connected = !chaos.connected;
                    if (chaos.connected) {
                        chaos.connected(at, 0);
                    } else {
                        chaos.disconnected(at, 0);
                    }
                }
                case 2 -> {
                    StrategyTerms next = terms("b_mm_x_v1." + chance.nextInt(9), "", "");
                    tape.say(to -> to.strategy(at, 1, next));
                }
                case 3 -> {
                    boolean allowed = !desk.allowed();
                    tape.say(to -> to.quoting(at, allowed, "bo", "to see"));
                }
                default -> {
                    if (desk.breaker() == BreakerState.KILLED) {
                        tape.say(to -> to.release(at, "ana", "looked at it"));
                    }
                    if (!chaos.connected) {
                        chaos.connected = true;
                        chaos.connected(at, 0);
                    }
                    if (!desk.allowed()) {
                        tape.say(to -> to.quoting(at, true, "bo", "seen"));
                    }
                }
            }
        }

        void check() {
            Ledger ledger = desk.ledger();
            for (int contract = 0; contract < 2; contract++) {
                long position = ledger.lots(ledger.whole(), contract);
                assertThat(position).isEqualTo(said.filled.getOrDefault(contract, 0L));
                long sum = 0;
                for (int place = 0; place <= ledger.house(); place++) {
                    sum += ledger.lots(place, contract);
                }
                assertThat(sum).isEqualTo(position);
                for (int place = 0; place < 2; place++) {
                    assertThat(Math.abs(ledger.lots(place, 0)) <= POSITION || contract == 1)
                            .as("a strategy's position is within its limit: %d", ledger.lots(place, 0))
                            .isTrue();
                }
                identities(ledger, contract);
            }
            assertThat(desk.gate().open()).isEqualTo(desk.orders().open());
        }

        private void identities(Ledger ledger, int contract) {
            int whole = ledger.whole();
            BigDecimal costs = exact(ledger, Part.FEES, contract).add(exact(ledger, Part.FUNDING, contract));
            BigDecimal total = ledger.exact(Part.TOTAL, whole, contract);
            assertThat(exact(ledger, Part.CASH, contract)
                            .add(exact(ledger, Part.MARK, contract))
                            .subtract(costs))
                    .isEqualByComparingTo(total);
            assertThat(exact(ledger, Part.REALISED, contract)
                            .add(exact(ledger, Part.UNREALISED, contract))
                            .subtract(costs))
                    .isEqualByComparingTo(total);
        }

        private static BigDecimal exact(Ledger ledger, Part part, int contract) {
            return ledger.exact(part, ledger.whole(), contract);
        }

        /// Nothing is lost any more: all that was is found.
        void settle() {
            chaos.lossy = false;
            if (!chaos.connected) {
                chaos.connected = true;
                chaos.connected(now, 0);
            }
            long at = now;
            tape.say(to -> to.kill(at, "ana", "end"));
            for (int i = 0; i < 700; i++) {
                step();
            }
        }
    }

    @Test
    void thePositionIsTheSumOfFillsWithinItsLimitsAndInTheEndTheVenues() {
        long[] traded = new long[2];
        Trials.of(12, chance -> {
            Run run = new Run(chance, chance.nextBoolean());
            for (int i = 0; i < STEPS; i++) {
                run.chaos.lossy = i > 100;
                run.step();
                if (i > 200 && chance.nextInt(40) == 0) {
                    run.happen();
                }
                run.check();
            }
            assertThat(run.placedWhileKilled).as("after a kill only cancels").isZero();
            assertThat(run.placedBlind).as("no order on an invalid market").isZero();
            run.settle();
            run.check();
            Ledger ledger = run.desk.ledger();
            for (int contract = 0; contract < 2; contract++) {
                assertThat(ledger.lots(ledger.whole(), contract)).isEqualTo(run.chaos.positions[contract]);
                traded[contract] += run.said.lines.stream()
                        .filter(line -> line.startsWith("filled"))
                        .count();
            }
            assertThat(run.desk.orders().open())
                    .as("every order's end is known")
                    .isZero();
        });
        assertThat(traded[0]).isGreaterThan(500);
    }

    @Test
    void theSameInputsSayTheSameAndOneLessDoesNot() {
        Trials.of(4, chance -> {
            Run run = new Run(chance, chance.nextBoolean());
            run.chaos.lossy = true;
            for (int i = 0; i < 400; i++) {
                run.step();
                if (chance.nextInt(40) == 0) {
                    run.happen();
                }
            }

            Said again = new Said();
            Desk replayed = Desk.of(DeskStage.TWO, TERMS, again, again);
            run.tape.play(replayed, -1);

            assertThat(again.lines).isEqualTo(run.said.lines);
            assertThat(replayed.hash()).isEqualTo(run.desk.hash());
            for (int trial = 0; trial < 8; trial++) {
                Said other = new Said();
                Desk different = Desk.of(DeskStage.TWO, TERMS, other, other);
                int but = chance.nextInt(2, run.tape.size());
                run.tape.play(different, but);
                assertThat(different.hash()).as("without input %d", but).isNotEqualTo(replayed.hash());
            }
        });
    }
}
