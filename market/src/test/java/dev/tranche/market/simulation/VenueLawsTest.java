package dev.tranche.market.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Side;
import dev.tranche.market.Trials;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.order.TimeInForce;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Laws over random markets and random orders.
class VenueLawsTest {
    private static final int STEPS = 400;
    private static final List<TimeInForce> FORCES = List.of(TimeInForce.values());

    /// A market that moves, and somebody who orders at random; the seed decides the market, another the orders.
    private static final class Run {
        final Heard heard = new Heard();
        final SimulatedVenue venue;
        private final RandomGenerator market;
        private final RandomGenerator orders;
        private final Map<Long, long[]> placed = new HashMap<>();
        private long mid = 1000;
        private long update;
        private long id;
        long tradedLots;
        Side tradedSide = Side.BUY;

        Run(long seed, VenueTerms terms) {
            this.venue = SimulatedVenue.of(Stage.linear(new Fees(0, 0.001, 1)), terms, Trials.chance(seed));
            this.market = Trials.chance(seed + 1);
            this.orders = Trials.chance(seed + 2);
        }

        void until(long now) {
            while (venue.next() < now) {
                venue.time(Math.max(venue.next(), venue.now()), heard);
            }
            venue.time(now, heard);
        }

        /// One event of the market.
        void move() {
            tradedLots = 0;
            if (market.nextInt(3) == 0) {
                Side side = market.nextBoolean() ? Side.BUY : Side.SELL;
                tradedLots = market.nextInt(1, 30);
                tradedSide = side.other();
                long ticks = mid + (long) side.sign() * market.nextInt(1, 4);
                venue.market(0).trade(0, 0, ++update, ticks, tradedLots, side);
            } else {
                mid += market.nextInt(-1, 2);
                long bid = mid - market.nextInt(1, 3);
                long ask = mid + market.nextInt(1, 3);
                venue.market(0).top(0, 0, ++update, bid, market.nextInt(1, 40), ask, market.nextInt(1, 40));
            }
        }

        void order() {
            int what = orders.nextInt(6);
            if (what < 3) {
                Side side = orders.nextBoolean() ? Side.BUY : Side.SELL;
                long ticks = mid - (long) side.sign() * orders.nextInt(-1, 4);
                TimeInForce force = FORCES.get(orders.nextInt(3));
                long lots = orders.nextInt(1, 12);
                placed.put(++id, new long[] {side.sign(), ticks, lots});
                venue.place(id, 0, side, ticks, lots, force, orders.nextInt(5) == 0);
            } else if (what < 5 && id > 0) {
                venue.cancel(orders.nextLong(1, id + 1), 0);
            } else if (id > 0) {
                venue.amend(orders.nextLong(1, id + 1), 0, mid + orders.nextInt(-3, 4), orders.nextInt(1, 12));
            }
        }

        void step(int at) {
            until(1_000L * at);
            move();
            order();
        }
    }

    private static VenueTerms any(RandomGenerator chance, boolean crossing) {
        QueueModel queue = switch (chance.nextInt(4)) {
            case 0 -> new QueueModel.Fifo();
            case 1 -> new QueueModel.Power(3);
            case 2 -> new QueueModel.Power(0.5);
            default -> new QueueModel.Logarithmic();
        };
        Latency way = new Latency.Uniform(0, chance.nextInt(1, 20_000));
        return VenueTerms.IDEAL.with(queue).crossing(crossing).with(way, way);
    }

    private static long lots(String line) {
        return Long.parseLong(line.split(" ")[5].split("@")[0]);
    }

    private static List<String> fills(Heard heard) {
        return heard.lines.stream().filter(line -> line.contains(" filled ")).toList();
    }

    @Test
    void aTradeFillsNoMoreThanItHadAndOnlyTheSideItHit() {
        Trials.of(150, chance -> {
            Run run = new Run(chance.nextLong(), any(chance, false).with(Latency.NONE, Latency.NONE));
            for (int at = 1; at <= STEPS; at++) {
                run.until(1_000L * at);
                run.heard.take();
                run.move();
                run.until(1_000L * at);
                long filled = 0;
                for (String line : fills(run.heard)) {
                    assertThat(line).endsWith(" maker").contains(" " + run.tradedSide + " ");
                    filled += lots(line);
                }
                assertThat(filled).isLessThanOrEqualTo(run.tradedLots);
                run.order();
            }
        });
    }

    @Test
    void whoeverIsFilledHadNobodyOfOursBeforeThem() {
        Trials.of(150, chance -> {
            Run run = new Run(chance.nextLong(), any(chance, false).with(Latency.NONE, Latency.NONE));
            for (int at = 1; at <= STEPS; at++) {
                run.until(1_000L * at);
                List<String> before = open(run);
                run.heard.take();
                run.move();
                run.until(1_000L * at);
                List<String> after = open(run);
                for (String line : fills(run.heard)) {
                    String filled = "open " + line.split(" ")[2] + " ";
                    int place = place(before, filled);
                    // Those before it in the queue of its side are whole, or it would not be its turn; a reduce-only
                    // order may have had nothing to reduce.
                    for (int i = 0; i < place; i++) {
                        String[] other = before.get(i).split(" ");
                        if (other[2].equals(before.get(place).split(" ")[2])) {
                            assertThat(place(after, "open " + other[1] + " ")).isEqualTo(-1);
                        }
                    }
                }
                run.order();
            }
        });
    }

    /// What stands, in the order of its priority, as the venue tells it.
    private static List<String> open(Run run) {
        Heard apart = new Heard();
        run.venue.reconcile(0, Long.MAX_VALUE);
        run.venue.time(run.venue.now(), apart);
        return apart.lines.stream()
                .map(line -> line.split(" ", 2)[1])
                .filter(line -> line.startsWith("open "))
                .toList();
    }

    private static int place(List<String> lines, String start) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(start)) {
                return i;
            }
        }
        return -1;
    }

    @Test
    void whatComesLaterChangesNothingThatWasSaid() {
        Trials.of(60, chance -> {
            long seed = chance.nextLong();
            VenueTerms terms = any(chance, chance.nextBoolean());
            Run whole = new Run(seed, terms);
            Run other = new Run(seed, terms);
            int fork = chance.nextInt(10, STEPS);
            for (int at = 1; at <= STEPS; at++) {
                whole.step(at);
                if (at < fork) {
                    other.step(at);
                }
            }
            // The other world's market goes elsewhere from the fork on.
            other.until(1_000L * fork);
            other.venue.market(0).top(0, 0, 1_000_000, 500, 1, 501, 1);
            other.until(1_000_000_000L);
            List<String> past = whole.heard.lines.stream()
                    .filter(line -> Long.parseLong(line.split(" ")[0]) < 1_000L * fork)
                    .toList();
            assertThat(other.heard.lines.subList(0, past.size())).isEqualTo(past);
        });
    }

    @Test
    void thePositionIsTheSumOfTheFillsAndNoOrderIsFilledBeyondItsSize() {
        Trials.of(100, chance -> {
            Run run = new Run(chance.nextLong(), any(chance, true));
            for (int at = 1; at <= STEPS; at++) {
                run.step(at);
            }
            run.until(1_000_000_000L);
            long position = 0;
            Map<String, Long> filled = new HashMap<>();
            for (String line : fills(run.heard)) {
                String[] words = line.split(" ");
                position += words[4].equals("BUY") ? lots(line) : -lots(line);
                filled.merge(words[2], lots(line), Long::sum);
            }
            assertThat(run.venue.position(0)).isEqualTo(position);
            List<String> ends = new ArrayList<>();
            for (String line : run.heard.lines) {
                String[] words = line.split(" ");
                if (words[1].equals("cancelled")) {
                    assertThat(filled.getOrDefault(words[2], 0L)).isEqualTo(Long.parseLong(words[4]));
                    ends.add(words[2]);
                }
            }
            assertThat(ends).doesNotHaveDuplicates();
            for (String line : open(run)) {
                String[] words = line.split(" ");
                assertThat(filled.getOrDefault(words[1], 0L)).isEqualTo(Long.parseLong(words[3]));
            }
        });
    }

    @Test
    void theSameInputsAreAnsweredTheSame() {
        Trials.of(20, chance -> {
            long seed = chance.nextLong();
            VenueTerms terms = any(chance, true).refusing(0.1).rate(50_000, 3);
            Run one = new Run(seed, terms);
            Run two = new Run(seed, terms);
            for (int at = 1; at <= STEPS; at++) {
                one.step(at);
                two.step(at);
            }
            assertThat(one.heard.lines).isEqualTo(two.heard.lines).isNotEmpty();
        });
    }
}
