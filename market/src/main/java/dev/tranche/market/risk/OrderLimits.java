package dev.tranche.market.risk;

import java.time.Duration;

/// What the orders of one strategy may be. Each number is positive; infinite where nothing limits. Quantities
/// are of one contract, in the unit of its instrument; notionals in USD, of an option the notional of its
/// underlying; greeks of one base asset, in coins (delta), coins per USD (gamma), USD per percentage point
/// (vega).
///
/// @param quantity of one order
/// @param notional of one order
/// @param position of a contract, long or short, with everything open filled
/// @param openNotional of all open orders
/// @param collar how far a price may be from the reference, as a share of it: 0.02
/// @param collarTicks how many ticks of the venue it may be away however near that is, at least 0
/// @param delta with everything open on one side filled
/// @param gamma likewise
/// @param vega likewise
/// @param ordersASecond new orders and amendments in any second, 1..10000
/// @param executions fills within `executionWindow` before the strategy waits for a person, 1..100000
/// @param stale how old a reference may be
/// @param duplicate how long after an order another like it is a duplicate while the first is open
public record OrderLimits(
        double quantity,
        double notional,
        double position,
        double openNotional,
        double collar,
        int collarTicks,
        double delta,
        double gamma,
        double vega,
        int ordersASecond,
        int executions,
        Duration executionWindow,
        Duration stale,
        Duration duplicate) {
    private static final int MOST_ORDERS = 10_000;
    private static final int MOST_EXECUTIONS = 100_000;

    public OrderLimits {
        positive("quantity", quantity);
        positive("notional", notional);
        positive("position", position);
        positive("openNotional", openNotional);
        positive("collar", collar);
        positive("delta", delta);
        positive("gamma", gamma);
        positive("vega", vega);
        within("collarTicks", collarTicks, 0, Integer.MAX_VALUE);
        within("ordersASecond", ordersASecond, 1, MOST_ORDERS);
        within("executions", executions, 1, MOST_EXECUTIONS);
        if (executionWindow.isNegative() || stale.isNegative() || duplicate.isNegative()) {
            throw new IllegalArgumentException("executionWindow, stale and duplicate must be at least 0: "
                    + executionWindow + ", " + stale + ", " + duplicate);
        }
    }

    private static void positive(String name, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(name + " must be above 0: " + value);
        }
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be within " + least + ".." + most + ": " + value);
        }
    }
}
