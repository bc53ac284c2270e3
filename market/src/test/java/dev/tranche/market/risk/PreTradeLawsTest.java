package dev.tranche.market.risk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Side;
import dev.tranche.market.Trials;
import dev.tranche.market.account.Intent;
import dev.tranche.market.account.Ledger;
import dev.tranche.market.account.Listed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Whatever passes never breaks a limit, whichever of the open orders are filled, in whichever order, and
/// however amendments under way end. The oracle keeps a plain list of what may be filled.
class PreTradeLawsTest {
    private static final double NONE = Double.POSITIVE_INFINITY;
    private static final int STRATEGIES = 3;
    private static final int[] TRADED = {Listed.BTCUSDT, Listed.INVERSE, Listed.OPTION};
    private static final long[] MIDS = {60_000_00, 60_000_0, 500};
    private static final double[] DELTAS = {0.001, 1 / 60_000.0, 0.05};
    private static final double[] GAMMAS = {0, 0, 3e-6};
    private static final double[] WORTHS = {60, 1, 6_000};
    private static final double[] LOT = {0.001, 1, 0.1};
    private static final OrderLimits OWN = limits(2, 9_000, 0.25, 2e-5);
    private static final OrderLimits DESK = limits(5_000, 20_000, 0.4, 4e-5);

    private static OrderLimits limits(double position, double open, double delta, double gamma) {
        return new OrderLimits(
                5_000,
                6_000,
                position < 100 ? 6_000 : position,
                open,
                0.05,
                0,
                delta,
                gamma,
                NONE,
                10_000,
                100_000,
                Duration.ofSeconds(1),
                Duration.ofDays(1),
                Duration.ZERO);
    }

    /// An order as the oracle sees it: the lots that may still come, at most.
    private static final class Open {
        final long id;
        final int strategy;
        final int place;
        final Side side;
        long whole;
        long asked;
        long filled;

        Open(long id, int strategy, int place, Side side, long whole) {
            this.id = id;
            this.strategy = strategy;
            this.place = place;
            this.side = side;
            this.whole = whole;
            this.asked = whole;
        }

        long left() {
            return Math.max(whole, asked) - filled;
        }
    }

    @Test
    void noFillOfAnythingThatPassedBreaksALimit() {
        long[] passed = new long[1];
        long[] refused = new long[1];
        Trials.of(200, chance -> {
            Ledger ledger = Ledger.of(Listed.ALL, STRATEGIES, 4_096, Duration.ZERO);
            ledger.index(ledger.currencies().indexOf("USDT"), 1);
            PreTrade gate = PreTrade.of(Listed.ALL, ledger, 256, DESK);
            for (int i = 0; i < TRADED.length; i++) {
                gate.reference(0, TRADED[i], MIDS[i]);
            }
            gate.greeks(Listed.OPTION, DELTAS[2], GAMMAS[2], 1);
            for (int strategy = 0; strategy < STRATEGIES; strategy++) {
                gate.limits(strategy, OWN);
            }
            List<Open> open = new ArrayList<>();
            long trade = 0;
            for (int i = 1; i <= 120; i++) {
                if (open.isEmpty() || chance.nextInt(3) > 0) {
                    int place = chance.nextInt(TRADED.length);
                    // Sales above and purchases below the middle, so that orders do not meet their own.
                    Side side = chance.nextBoolean() ? Side.BUY : Side.SELL;
                    Open order = new Open(
                            i,
                            chance.nextInt(STRATEGIES),
                            place,
                            side,
                            1 + chance.nextInt(3_000) / (place == 1 ? 1 : place == 0 ? 30 : 1_500));
                    Refusal found = gate.check(
                            0,
                            i,
                            order.strategy,
                            TRADED[place],
                            side,
                            MIDS[place] - side.sign(),
                            order.whole,
                            Activity.MARKET_MAKING);
                    if (found == Refusal.NONE) {
                        open.add(order);
                        passed[0]++;
                    } else {
                        refused[0]++;
                    }
                } else {
                    trade = happen(chance, gate, ledger, open, trade);
                }
                worst(ledger, gate, open);
            }
        });
        assertThat(passed[0]).isGreaterThan(2_000);
        assertThat(refused[0]).isGreaterThan(2_000);
    }

    /// A fill, an amendment, its answer or an end of one order.
    private static long happen(RandomGenerator chance, PreTrade gate, Ledger ledger, List<Open> open, long trade) {
        Open order = open.get(chance.nextInt(open.size()));
        int contract = TRADED[order.place];
        long ticks = MIDS[order.place] - order.side.sign();
        switch (chance.nextInt(5)) {
            case 0 -> {
                gate.closed(order.id);
                open.remove(order);
            }
            case 1 -> {
                long lots = order.filled + 1 + chance.nextLong(order.whole * 2);
                if (order.asked == order.whole
                        && gate.checkAmend(0, order.id, ticks, lots, Activity.MARKET_MAKING) == Refusal.NONE) {
                    order.asked = lots;
                }
            }
            case 2 -> {
                if (order.asked != order.whole && chance.nextBoolean()) {
                    gate.amendRefused(order.id);
                    order.asked = order.whole;
                } else if (order.asked != order.whole) {
                    gate.amended(order.id, ticks, order.asked);
                    order.whole = order.asked;
                }
            }
            default -> {
                long lots = Math.min(order.left(), 1 + chance.nextLong(order.whole));
                if (lots > 0) {
                    ledger.fill(0, order.strategy, contract, trade + 1, order.side, ticks, lots, 0, Intent.QUOTE);
                    gate.filled(0, order.id, order.strategy, lots);
                    order.filled += lots;
                }
            }
        }
        return trade + 1;
    }

    private static void worst(Ledger ledger, PreTrade gate, List<Open> open) {
        for (int strategy = 0; strategy < STRATEGIES; strategy++) {
            int owner = strategy;
            holds(
                    ledger,
                    OWN,
                    owner,
                    open.stream().filter(each -> each.strategy == owner).toList());
        }
        holds(ledger, DESK, ledger.whole(), open);
        assertThat(gate.open()).isEqualTo(open.size());
    }

    private static void holds(Ledger ledger, OrderLimits limits, int owner, List<Open> open) {
        double delta = 0;
        double gamma = 0;
        double notional = 0;
        double[] deltas = new double[2];
        double[] gammas = new double[2];
        for (int place = 0; place < TRADED.length; place++) {
            long lots = ledger.lots(owner, TRADED[place]);
            long[] more = new long[2];
            for (Open each : open) {
                if (each.place == place) {
                    more[each.side == Side.BUY ? 0 : 1] += Math.max(0, each.left());
                }
            }
            double most = Math.max(lots + more[0], more[1] - lots) * LOT[place];
            assertThat(most).isLessThanOrEqualTo(limits.position());
            delta += lots * DELTAS[place];
            gamma += lots * GAMMAS[place];
            notional += (more[0] + more[1]) * WORTHS[place];
            for (int side = 0; side < 2; side++) {
                deltas[side] += more[side] * DELTAS[place];
                gammas[side] += more[side] * GAMMAS[place];
            }
        }
        assertThat(Math.max(delta + deltas[0], deltas[1] - delta)).isLessThanOrEqualTo(limits.delta() + 1e-12);
        assertThat(Math.max(gamma + gammas[0], gammas[1] - gamma)).isLessThanOrEqualTo(limits.gamma() + 1e-15);
        assertThat(notional).isLessThanOrEqualTo(limits.openNotional() * (1 + 1e-12));
    }
}
