package dev.tranche.market.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Side;
import dev.tranche.market.Trials;
import dev.tranche.market.account.Ledger;
import dev.tranche.market.order.Orders;
import dev.tranche.market.simulation.Latency;
import dev.tranche.market.simulation.SimulatedVenue;
import dev.tranche.market.simulation.VenueTerms;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// A hundred strategies in two contracts.
class CrowdTest {
    private static final int STRATEGIES = 100;
    private static final int STEPS = 300;
    private static final long POSITION = 30;

    private static StrategyTerms terms(int place) {
        String symbol = place % 2 == 0 ? "BTCUSDT" : "ETHUSDT";
        return StrategyTermsTest.read(DeskStage.json("", "")
                .replace("BTCUSDT", symbol)
                .replace("btc_mm_glft_v1.0", "mm" + place + "_mm_x_v1.0")
                .replace("\"gamma\":0.01", "\"gamma\":" + (0.01 + 0.001 * place))
                .replace(
                        "\"least_spread_bps\":4",
                        "\"least_spread_bps\":0.3,\"most_spread_bps\":" + (0.5 + 0.02 * place)));
    }

    @Test
    void aHundredStrategiesNeverMeetAndKeepTheirLimits() {
        Trials.of(2, chance -> {
            DeskLawsTest.Said said = new DeskLawsTest.Said();
            Desk desk = Desk.of(DeskStage.TWO, DeskTerms.usual("crowd", 10_000_000), said, said);
            SimulatedVenue venue = SimulatedVenue.of(
                    DeskStage.TWO,
                    VenueTerms.IDEAL.with(new Latency.Uniform(0, 5 * DeskStage.MILLI), Latency.NONE),
                    Trials.chance(chance.nextLong()));
            said.next = venue;
            long now = 1_700_000_000L * DeskStage.SECOND;
            for (int place = 0; place < STRATEGIES; place++) {
                desk.strategy(now, place, terms(place));
            }
            desk.connected(now, 0);
            long[] mids = {600_000, 30_000};
            for (int step = 1; step <= STEPS; step++) {
                now += 20 * DeskStage.MILLI;
                while (venue.next() < now) {
                    venue.time(Math.max(venue.next(), venue.now()), desk);
                }
                venue.time(now, desk);
                desk.time(now);
                market(desk, venue, chance, mids, now, step);
                check(desk);
            }
            venue.time(now + DeskStage.SECOND, desk);
            Ledger ledger = desk.ledger();
            long traded = said.lines.stream()
                    .filter(line -> line.startsWith("filled"))
                    .map(line -> line.split(" ")[1])
                    .distinct()
                    .count();
            assertThat(traded).as("strategies that traded").isGreaterThan(10);
            for (int contract = 0; contract < 2; contract++) {
                assertThat(ledger.lots(ledger.whole(), contract)).isEqualTo(venue.position(contract));
            }
        });
    }

    private static void market(
            Desk desk, SimulatedVenue venue, RandomGenerator chance, long[] mids, long now, int step) {
        int contract = step % 2;
        long millis = now / DeskStage.MILLI;
        mids[contract] += chance.nextInt(-4, 5);
        long bid = mids[contract] - 1;
        long ask = mids[contract] + 1;
        venue.market(contract).top(millis, now, step, bid, 20, ask, 20);
        desk.market(contract).top(millis, now, step, bid, 20, ask, 20);
        if (chance.nextInt(2) == 0) {
            Side side = chance.nextBoolean() ? Side.BUY : Side.SELL;
            long ticks = mids[contract] + (long) side.sign() * chance.nextInt(1, 40);
            venue.market(contract).trade(millis, now, step, ticks, 40, side);
            desk.market(contract).trade(millis, now, step, ticks, 40, side);
        }
    }

    private static void check(Desk desk) {
        long[] bids = new long[2];
        long[] asks = new long[2];
        Arrays.fill(asks, Long.MAX_VALUE);
        Orders all = desk.orders();
        for (int slot = all.firstOpen(); slot != Orders.NONE; slot = all.nextOpen(slot)) {
            int contract = all.contract(slot);
            if (all.side(slot) == Side.BUY) {
                bids[contract] = Math.max(bids[contract], all.askedTicks(slot));
            } else {
                asks[contract] = Math.min(asks[contract], all.askedTicks(slot));
            }
        }
        for (int contract = 0; contract < 2; contract++) {
            assertThat(bids[contract]).as("no bid of ours meets an ask of ours").isLessThan(asks[contract]);
        }
        for (int place = 0; place < STRATEGIES; place++) {
            assertThat(Math.abs(desk.ledger().lots(place, place % 2))).isLessThanOrEqualTo(POSITION);
            assertThat(desk.ledger().lots(place, 1 - place % 2)).isZero();
        }
    }
}
