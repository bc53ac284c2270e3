package dev.tranche.market.account;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/// The oracle: keeps every fill for ever and works each figure out from all of them, in decimals of any
/// length. Of one contract; the strategy is part of each fill.
final class ReadableLedger {
    private final int contract;
    private final List<Trade> trades = new ArrayList<>();
    BigDecimal mark = BigDecimal.ZERO;

    ReadableLedger(int contract) {
        this.contract = contract;
    }

    /// One fill as it counts in the end.
    static final class Trade {
        final int strategy;
        final long id;
        final Intent intent;
        final BigDecimal markAtFill;
        final int sign;
        long lots;
        long ticks;
        long fee;

        Trade(int strategy, long id, Intent intent, BigDecimal markAtFill, long lots, long ticks, long fee) {
            this.strategy = strategy;
            this.id = id;
            this.intent = intent;
            this.markAtFill = markAtFill;
            this.sign = Long.signum(lots);
            this.lots = lots;
            this.ticks = ticks;
            this.fee = fee;
        }
    }

    void add(Trade trade) {
        trades.add(trade);
    }

    List<Trade> trades() {
        return trades;
    }

    /// What a lot counts for in the settlement currency; of an inverse future to 17 digits of its numerator.
    static BigDecimal worth(int contract, long ticks) {
        return switch (contract) {
            case Listed.BTCUSDT -> BigDecimal.valueOf(ticks, 5);
            case Listed.OPTION, Listed.PUT -> BigDecimal.valueOf(ticks, 5);
            case Listed.FINE -> BigDecimal.valueOf(ticks, 16);
            case Listed.INVERSE ->
                BigDecimal.TEN
                        .divide(BigDecimal.valueOf(ticks), 16, RoundingMode.HALF_UP)
                        .negate();
            default -> throw new IllegalArgumentException("no such contract: " + contract);
        };
    }

    long lots(int strategy) {
        return trades.stream()
                .filter(each -> strategy < 0 || each.strategy == strategy)
                .mapToLong(each -> each.lots)
                .sum();
    }

    BigDecimal total(int strategy) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Trade each : trades) {
            if (strategy < 0 || each.strategy == strategy) {
                sum = sum.add(mark.subtract(worth(contract, each.ticks)).multiply(BigDecimal.valueOf(each.lots)))
                        .subtract(BigDecimal.valueOf(each.fee, 8));
            }
        }
        return sum;
    }

    BigDecimal spread(int strategy) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Trade each : trades) {
            if (each.intent != Intent.HEDGE && (strategy < 0 || each.strategy == strategy)) {
                sum = sum.add(
                        each.markAtFill.subtract(worth(contract, each.ticks)).multiply(BigDecimal.valueOf(each.lots)));
            }
        }
        return sum;
    }

    /// Realised at average cost, the cost cut off to so many digits of the currency.
    BigDecimal realised(int strategy, int digits) {
        BigInteger cost = BigInteger.ZERO;
        BigInteger cash = BigInteger.ZERO;
        long position = 0;
        for (Trade each : trades) {
            if (strategy >= 0 && each.strategy != strategy) {
                continue;
            }
            BigInteger worth =
                    worth(contract, each.ticks).movePointRight(digits).toBigIntegerExact();
            BigInteger value = worth.multiply(BigInteger.valueOf(each.lots));
            cash = cash.subtract(value);
            long after = position + each.lots;
            if (Long.signum(position) * Long.signum(each.lots) >= 0) {
                cost = cost.add(value);
            } else if (Long.signum(after) * Long.signum(position) >= 0) {
                // BigInteger cuts off towards nought.
                cost = cost.subtract(cost.multiply(BigInteger.valueOf(Math.abs(each.lots)))
                        .divide(BigInteger.valueOf(Math.abs(position))));
            } else {
                cost = worth.multiply(BigInteger.valueOf(after));
            }
            position = after;
        }
        return new BigDecimal(cash.add(cost), digits);
    }
}
