package dev.tranche.batch.market.backtest;

import dev.tranche.market.Side;
import dev.tranche.market.account.Intent;
import java.util.ArrayList;
import java.util.List;

/// The fills of a run, in their order.
final class Fills {
    private final List<Fill> all = new ArrayList<>();

    /// @param at epoch nanoseconds
    /// @param fee in 1e-8 of the settlement currency
    record Fill(
            long at,
            int strategy,
            int contract,
            Side side,
            long ticks,
            long lots,
            long fee,
            boolean maker,
            Intent intent) {}

    void add(Fill fill) {
        all.add(fill);
    }

    List<Fill> all() {
        return all;
    }

    long count(int contract, boolean maker) {
        return all.stream()
                .filter(fill -> fill.contract() == contract && fill.maker() == maker)
                .count();
    }

    /// Lots traded.
    long lots(int contract) {
        return all.stream()
                .filter(fill -> fill.contract() == contract)
                .mapToLong(Fill::lots)
                .sum();
    }
}
