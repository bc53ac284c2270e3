package dev.tranche.market.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.market.Side;
import dev.tranche.market.account.Intent;
import dev.tranche.market.account.Ledger;
import dev.tranche.market.account.Listed;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PreTradeTest {
    private static final int BTC = Listed.BTCUSDT;
    private static final long SECOND = 1_000_000_000L;
    private static final long MID = 60_000_00;
    private static final double NONE = Double.POSITIVE_INFINITY;

    static final OrderLimits WIDE = new OrderLimits(
            100,
            NONE,
            NONE,
            NONE,
            0.02,
            0,
            NONE,
            NONE,
            NONE,
            100,
            100,
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            Duration.ofMillis(5));

    private final Ledger ledger = Ledger.of(Listed.ALL, 2, 1_024, Duration.ofSeconds(10));
    private PreTrade gate = gate(each -> each);
    private long now = SECOND;
    private long id;
    private long trade;

    private PreTrade gate(UnaryOperator<Wide> change) {
        PreTrade made = PreTrade.of(Listed.ALL, ledger, 8, WIDE);
        OrderLimits limits = change.apply(new Wide()).limits();
        made.limits(0, limits);
        made.limits(1, limits);
        made.limits(0, Listed.INVERSE, dollars(limits));
        made.limits(ledger.whole(), Listed.INVERSE, dollars(WIDE));
        ledger.index(ledger.currencies().indexOf("USDT"), 1);
        now = SECOND;
        made.reference(now, BTC, MID);
        made.reference(now, Listed.INVERSE, 60_000_0);
        return made;
    }

    /// The same for a contract that is counted in dollars.
    private static OrderLimits dollars(OrderLimits of) {
        return new OrderLimits(
                60_000 * of.quantity(),
                of.notional(),
                60_000 * of.position(),
                of.openNotional(),
                of.collar(),
                of.collarTicks(),
                of.delta(),
                of.gamma(),
                of.vega(),
                of.ordersASecond(),
                of.executions(),
                of.executionWindow(),
                of.stale(),
                of.duplicate());
    }

    /// Limits with one thing changed.
    static final class Wide {
        double quantity = 100;
        double notional = NONE;
        double position = NONE;
        double openNotional = NONE;
        int collarTicks;
        double delta = NONE;
        double gamma = NONE;
        double vega = NONE;
        int orders = 100;
        int executions = 100;

        OrderLimits limits() {
            return new OrderLimits(
                    quantity,
                    notional,
                    position,
                    openNotional,
                    0.02,
                    collarTicks,
                    delta,
                    gamma,
                    vega,
                    orders,
                    executions,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(2),
                    Duration.ofMillis(5));
        }
    }

    private Refusal order(Side side, long ticks, long lots) {
        return order(0, BTC, side, ticks, lots, Activity.MARKET_MAKING);
    }

    private Refusal order(int strategy, int contract, Side side, long ticks, long lots, Activity activity) {
        return gate.check(now, ++id, strategy, contract, side, ticks, lots, activity);
    }

    private void fill(int strategy, int contract, Side side, long ticks, long lots) {
        ledger.fill(now, strategy, contract, ++trade, side, ticks, lots, 0, Intent.QUOTE);
    }

    /// One way to be refused.
    record Case(Refusal refusal, Function<PreTradeTest, Refusal> order) {
        @Override
        public String toString() {
            return refusal.name();
        }
    }

    private static Case with(Refusal refusal, UnaryOperator<Wide> change, Function<PreTradeTest, Refusal> order) {
        return new Case(refusal, test -> {
            test.gate = test.gate(change);
            return order.apply(test);
        });
    }

    private static Case usual(Refusal refusal, Function<PreTradeTest, Refusal> order) {
        return new Case(refusal, order);
    }

    static List<Case> cases() {
        return List.of(
                usual(Refusal.NONE, test -> test.order(Side.BUY, MID, 1)),
                usual(Refusal.UNKNOWN_CONTRACT, test -> test.order(0, 99, Side.BUY, MID, 1, Activity.HEDGING)),
                usual(Refusal.UNKNOWN_CONTRACT, test -> test.order(7, BTC, Side.BUY, MID, 1, Activity.HEDGING)),
                usual(Refusal.UNKNOWN_ORDER, test -> test.gate.checkAmend(test.now, 5, MID, 1, Activity.MARKET_MAKING)),
                usual(Refusal.OVERFLOW, test -> test.order(Side.BUY, MID, 1L << 54)),
                usual(Refusal.OVERFLOW, test -> test.order(Side.BUY, Long.MAX_VALUE, 1)),
                usual(Refusal.BREAKER, test -> {
                    test.gate.breaker(BreakerState.HALTED);
                    return test.order(Side.BUY, MID, 1);
                }),
                usual(Refusal.TICK, test -> test.order(Side.BUY, 0, 1)),
                usual(Refusal.TICK, test -> test.order(Side.BUY, -5, 1)),
                usual(Refusal.LOT, test -> test.order(Side.BUY, MID, 0)),
                usual(Refusal.LOT, test -> test.order(Side.BUY, MID, -3)),
                usual(Refusal.QUANTITY, test -> test.order(Side.BUY, MID, 100_001)),
                usual(Refusal.NO_REFERENCE, test -> {
                    test.gate.reference(test.now, BTC, 0);
                    return test.order(Side.BUY, MID, 1);
                }),
                usual(Refusal.NO_REFERENCE, test -> test.order(0, Listed.OPTION, Side.BUY, 1, 1, Activity.HEDGING)),
                usual(Refusal.STALE_REFERENCE, test -> {
                    test.now += 2 * SECOND + 1;
                    return test.order(Side.BUY, MID, 1);
                }),
                usual(Refusal.COLLAR, test -> test.order(Side.BUY, MID * 102 / 100 + 1, 1)),
                usual(Refusal.COLLAR, test -> test.order(Side.SELL, MID * 98 / 100 - 1, 1)),
                usual(Refusal.COLLAR, test -> test.order(Side.BUY, MID * 98 / 100 - 1, 1)),
                with(
                        Refusal.NOTIONAL,
                        limits -> change(limits, each -> each.notional = 6_000),
                        test -> test.order(Side.BUY, MID, 101)),
                with(Refusal.NOT_A_NUMBER, limits -> change(limits, each -> each.notional = 6_000), test -> {
                    test.ledger.index(test.ledger.currencies().indexOf("USDT"), Double.NaN);
                    return test.order(Side.BUY, MID, 1);
                }),
                with(Refusal.NOT_A_NUMBER, limits -> change(limits, each -> each.delta = 1), test -> {
                    test.gate.reference(test.now, Listed.OPTION, 100);
                    return test.order(0, Listed.OPTION, Side.BUY, 100, 1, Activity.HEDGING);
                }),
                with(Refusal.POSITION, limits -> change(limits, each -> each.position = 0.3), test -> {
                    test.fill(0, BTC, Side.BUY, MID, 100);
                    test.order(Side.BUY, MID, 100);
                    return test.order(Side.BUY, MID - 1, 101);
                }),
                with(Refusal.OPEN_NOTIONAL, limits -> change(limits, each -> each.openNotional = 11_999), test -> {
                    test.order(Side.BUY, MID, 100);
                    return test.order(Side.SELL, MID + 1, 100);
                }),
                with(Refusal.DELTA, limits -> change(limits, each -> each.delta = 0.5), test -> {
                    test.fill(0, BTC, Side.BUY, MID, 200);
                    test.order(Side.BUY, MID, 100);
                    // 12,006 dollars of an inverse contract are a hair more than 0.2 coins.
                    return test.order(0, Listed.INVERSE, Side.BUY, 60_000_0, 12_006, Activity.HEDGING);
                }),
                with(Refusal.GAMMA, limits -> change(limits, each -> each.gamma = 1e-6), test -> {
                    test.gate.reference(test.now, Listed.OPTION, 100);
                    test.gate.greeks(Listed.OPTION, 0.05, 2e-7, 4);
                    return test.order(0, Listed.OPTION, Side.SELL, 100, 6, Activity.MARKET_MAKING);
                }),
                with(Refusal.VEGA, limits -> change(limits, each -> each.vega = 20), test -> {
                    test.gate.reference(test.now, Listed.OPTION, 100);
                    test.gate.greeks(Listed.OPTION, 0.05, 2e-7, 4);
                    test.order(0, Listed.OPTION, Side.BUY, 100, 3, Activity.MARKET_MAKING);
                    return test.order(0, Listed.OPTION, Side.BUY, 101, 3, Activity.MARKET_MAKING);
                }),
                usual(Refusal.NOT_REDUCING, test -> {
                    test.fill(0, BTC, Side.BUY, MID, 5);
                    return test.order(0, BTC, Side.SELL, MID, 6, Activity.LIQUIDATION);
                }),
                usual(Refusal.SELF_TRADE, test -> {
                    test.order(1, BTC, Side.SELL, MID, 1, Activity.MARKET_MAKING);
                    return test.order(Side.BUY, MID, 1);
                }),
                usual(Refusal.DUPLICATE, test -> {
                    test.order(Side.BUY, MID, 1);
                    test.now += 4_999_999;
                    return test.order(Side.BUY, MID, 1);
                }),
                with(Refusal.REPEATED_EXECUTION, limits -> change(limits, each -> each.executions = 3), test -> {
                    for (int i = 0; i < 4; i++) {
                        test.gate.filled(test.now, 0, 0, 1);
                    }
                    test.now += 3_600 * SECOND;
                    test.gate.reference(test.now, BTC, MID);
                    return test.order(Side.BUY, MID, 1);
                }),
                with(Refusal.RATE, limits -> change(limits, each -> each.orders = 3), test -> {
                    for (int i = 1; i <= 3; i++) {
                        test.order(Side.BUY, MID - i, 1);
                        test.now += SECOND / 4;
                    }
                    return test.order(Side.BUY, MID, 1);
                }),
                usual(Refusal.TOO_MANY, test -> {
                    for (int i = 1; i <= 8; i++) {
                        test.order(Side.BUY, MID - i, 1);
                    }
                    return test.order(Side.BUY, MID, 1);
                }));
    }

    private static Wide change(Wide limits, java.util.function.Consumer<Wide> by) {
        by.accept(limits);
        return limits;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anOrderIsRefusedForItsReasonAndCounted(Case each) {
        assertThat(each.order.apply(this)).isEqualTo(each.refusal);
        assertThat(gate.count(each.refusal)).isPositive();
    }

    @Test
    void everyReasonHasACase() {
        Set<Refusal> seen = EnumSet.noneOf(Refusal.class);
        cases().forEach(each -> seen.add(each.refusal));
        assertThat(seen).containsExactlyInAnyOrder(Refusal.values());
    }

    @ParameterizedTest
    @EnumSource(BreakerState.class)
    void whatMayBeSentInEachStateIsWhatItsTableSays(BreakerState state) {
        fill(0, BTC, Side.BUY, MID, 10);
        gate.breaker(state);
        boolean normal = state == BreakerState.NORMAL || state == BreakerState.WARNING;
        boolean hedges = normal || state == BreakerState.RESTRICTED;
        Object[][] table = {
            {Activity.MARKET_MAKING, Side.BUY, normal},
            {Activity.NEW_POSITION, Side.BUY, normal},
            {Activity.HEDGING, Side.SELL, hedges},
            {Activity.HEDGING, Side.BUY, normal},
            {Activity.LIQUIDATION, Side.SELL, state != BreakerState.KILLED},
            {Activity.LIQUIDATION, Side.BUY, false},
        };
        for (Object[] row : table) {
            Refusal found = order(0, BTC, (Side) row[1], MID, 5, (Activity) row[0]);
            gate.closed(id);
            assertThat(found == Refusal.NONE).as(Arrays.toString(row)).isEqualTo(row[2]);
        }
    }

    @Test
    void aHedgeInRestrictedMayUseAnotherContractOfTheBaseButNeverCrossNought() {
        fill(0, BTC, Side.BUY, MID, 100);
        gate.breaker(BreakerState.RESTRICTED);
        // 0.1 coins are 6,000 dollars of the inverse contract.
        assertThat(order(0, Listed.INVERSE, Side.SELL, 60_000_0, 5_000, Activity.HEDGING))
                .isEqualTo(Refusal.NONE);
        assertThat(order(0, Listed.INVERSE, Side.SELL, 60_000_0, 1_001, Activity.HEDGING))
                .isEqualTo(Refusal.NOT_REDUCING);
        assertThat(order(0, Listed.INVERSE, Side.SELL, 60_000_0, 999, Activity.HEDGING))
                .isEqualTo(Refusal.NONE);
    }

    @Test
    void aLiquidationThatWouldMakeTheWholeLargerIsNone() {
        fill(0, BTC, Side.BUY, MID, 5);
        fill(1, BTC, Side.SELL, MID, 15);
        assertThat(order(0, BTC, Side.SELL, MID, 5, Activity.LIQUIDATION)).isEqualTo(Refusal.NOT_REDUCING);
        assertThat(order(1, BTC, Side.BUY, MID, 10, Activity.LIQUIDATION)).isEqualTo(Refusal.NONE);
        assertThat(order(1, BTC, Side.BUY, MID, 1, Activity.LIQUIDATION))
                .as("with what is open")
                .isEqualTo(Refusal.NOT_REDUCING);
    }

    @Test
    void anAmendmentUnderWayCountsAsWhateverIsWorse() {
        gate = gate(limits -> change(limits, each -> each.position = 0.01));
        assertThat(order(Side.BUY, MID, 4)).isEqualTo(Refusal.NONE);
        long first = id;
        assertThat(gate.checkAmend(now, first, MID + 5, 9, Activity.MARKET_MAKING))
                .isEqualTo(Refusal.NONE);
        assertThat(order(Side.BUY, MID - 1, 2)).isEqualTo(Refusal.POSITION);
        assertThat(order(1, BTC, Side.SELL, MID + 5, 1, Activity.MARKET_MAKING)).isEqualTo(Refusal.SELF_TRADE);
        gate.amendRefused(first);
        assertThat(order(1, BTC, Side.SELL, MID + 5, 1, Activity.MARKET_MAKING)).isEqualTo(Refusal.NONE);
        assertThat(order(Side.BUY, MID - 1, 6)).isEqualTo(Refusal.NONE);
        assertThat(gate.checkAmend(now, first, MID, 5, Activity.MARKET_MAKING)).isEqualTo(Refusal.POSITION);
        assertThat(gate.checkAmend(now, first, MID, 3, Activity.MARKET_MAKING))
                .as("smaller is always allowed")
                .isEqualTo(Refusal.NONE);
        assertThat(order(Side.BUY, MID - 2, 1)).isEqualTo(Refusal.POSITION);
        gate.amended(first, MID, 3);
        assertThat(order(Side.BUY, MID - 2, 1)).isEqualTo(Refusal.NONE);
    }

    @Test
    void anOrderFoundAtTheVenueCountsUntilItIsOver() {
        gate = gate(limits -> change(limits, each -> each.position = 0.01));
        assertThat(gate.found(now, -7, 0, BTC, Side.BUY, MID, 9, 1)).isTrue();
        assertThat(order(Side.BUY, MID - 1, 3)).isEqualTo(Refusal.POSITION);
        assertThat(order(1, BTC, Side.SELL, MID, 1, Activity.MARKET_MAKING)).isEqualTo(Refusal.SELF_TRADE);
        gate.found(now, -7, 0, BTC, Side.BUY, MID, 9, 4);
        fill(0, BTC, Side.BUY, MID, 4);
        assertThat(order(Side.BUY, MID - 1, 1)).isEqualTo(Refusal.NONE);
        gate.closed(-7);
        assertThat(order(Side.BUY, MID - 1, 5)).isEqualTo(Refusal.NONE);
    }

    @Test
    void anOptionNearNoughtMayBeQuotedSomeTicksAway() {
        gate = gate(limits -> change(limits, each -> each.collarTicks = 5));
        gate.reference(now, Listed.OPTION, 3);
        assertThat(order(0, Listed.OPTION, Side.SELL, 8, 1, Activity.MARKET_MAKING))
                .isEqualTo(Refusal.NONE);
        assertThat(order(0, Listed.OPTION, Side.SELL, 9, 1, Activity.MARKET_MAKING))
                .isEqualTo(Refusal.COLLAR);
    }

    @Test
    void aStrategyThatIsTiredWaitsForAPersonButMayStillGetOut() {
        gate = gate(limits -> change(limits, each -> each.executions = 1));
        fill(0, BTC, Side.BUY, MID, 5);
        gate.filled(now, 0, 0, 1);
        gate.filled(now, 0, 0, 1);
        assertThat(order(Side.BUY, MID, 1)).isEqualTo(Refusal.REPEATED_EXECUTION);
        assertThat(order(0, BTC, Side.SELL, MID, 5, Activity.LIQUIDATION)).isEqualTo(Refusal.NONE);
        gate.closed(id);
        gate.release(0);
        assertThat(order(Side.BUY, MID, 1)).isEqualTo(Refusal.NONE);
    }

    @Test
    void limitsOutOfTheirRangeAreRefusedWithIt() {
        assertThatThrownBy(() -> gate(limits -> change(limits, each -> each.quantity = Double.NaN)))
                .hasMessage("quantity must be above 0: NaN");
        assertThatThrownBy(() -> gate(limits -> change(limits, each -> each.orders = 0)))
                .hasMessage("ordersASecond must be within 1..10000: 0");
        assertThatThrownBy(() -> gate.limits(2, WIDE)).hasMessage("strategy must be within 0..1: 2");
        assertThatThrownBy(() -> PreTrade.of(Listed.ALL, ledger, 0, WIDE))
                .hasMessage("capacity must be within 1..1048576: 0");
    }
}
