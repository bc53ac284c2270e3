package dev.tranche.market.desk;

import dev.tranche.market.risk.BreakerLimits;
import dev.tranche.market.risk.OrderLimits;
import dev.tranche.market.risk.RiskTerms;
import java.time.Duration;

/// What a desk is set up with, for all its strategies. Immutable.
///
/// @param name of the desk, which is the product whose status it is: `btc_mm`
/// @param strategies places for strategies, 1..250
/// @param orders slots for orders, open and lately over, 64..1048576
/// @param levels of each book kept a side, 16..65536
/// @param capital equity that the day's loss, drawdown and shares are counted from at first
/// @param limits of the orders of the whole desk, beside those of each strategy
/// @param risk how risk is measured
/// @param breaker limits of the breaker; a strategy may ask for stricter ones
/// @param reading how often the breaker looks at the risk, 10 ms..1 hour
/// @param reconcile how often a venue's truth is asked for, 1 s..1 day
/// @param acknowledge an order, amendment or cancel not answered within this is [dev.tranche.market.order
///     .OrderState#UNKNOWN], 10 ms..1 hour
/// @param firstSequence the first number of an order, above 0; a desk that begins anew without its journal
///     takes one that was never used
public record DeskTerms(
        String name,
        int strategies,
        int orders,
        int levels,
        Capital capital,
        OrderLimits limits,
        RiskTerms risk,
        BreakerLimits breaker,
        Duration reading,
        Duration reconcile,
        Duration acknowledge,
        long firstSequence) {
    /// Nothing but a collar of half of the price and 10,000 orders a second.
    public static final OrderLimits UNLIMITED = new OrderLimits(
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            0.5,
            0,
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            10_000,
            100_000,
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ZERO);

    private static final int MOST_STRATEGIES = 250;
    private static final int MOST_ORDERS = 1 << 20;

    public DeskTerms {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a desk needs a name: '" + name + "'");
        }
        within("strategies", strategies, 1, MOST_STRATEGIES);
        within("orders", orders, 64, MOST_ORDERS);
        within("levels", levels, 16, 1 << 16);
        within("reading", reading, Duration.ofMillis(10), Duration.ofHours(1));
        within("reconcile", reconcile, Duration.ofSeconds(1), Duration.ofDays(1));
        within("acknowledge", acknowledge, Duration.ofMillis(10), Duration.ofHours(1));
        if (firstSequence < 1 || firstSequence >= 1L << 54) {
            throw new IllegalArgumentException("firstSequence must be within 1..2^54: " + firstSequence);
        }
    }

    /// The usual: 100 strategies, 16384 orders, 1024 levels, seed 002's breaker read each second, the truth each
    /// minute, three seconds for an answer.
    public static DeskTerms usual(String name, double dollars) {
        return usual(name, Capital.dollars(dollars));
    }

    /// The usual with a capital of any currencies.
    public static DeskTerms usual(String name, Capital capital) {
        return new DeskTerms(
                name,
                100,
                16_384,
                1024,
                capital,
                UNLIMITED,
                RiskTerms.USUAL,
                BreakerLimits.SEED,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(3),
                1);
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be within " + least + ".." + most + ": " + value);
        }
    }

    private static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " must be within " + least + ".." + most + ": " + value);
        }
    }
}
