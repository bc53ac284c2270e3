package dev.tranche.batch.market.backtest;

import java.util.ArrayList;
import java.util.List;

/// A desk with some of hedge, breaker and regime in force, against one with fewer.
///
/// @param name what makes the difference
record Variant(String name, BacktestConfig.Switches on, BacktestConfig.Switches off) {
    private static final BacktestConfig.Switches NOTHING = new BacktestConfig.Switches(false, false, false);

    static final Variant BREAKER_ALONE =
            new Variant("breaker alone", new BacktestConfig.Switches(true, false, false), NOTHING);

    static final Variant BREAKER_BESIDE_THE_OTHERS = new Variant(
            "breaker beside the others", BacktestConfig.Switches.ON, new BacktestConfig.Switches(false, true, true));

    /// Each by itself against nothing, each against all others, all against nothing.
    static List<Variant> all() {
        List<Variant> all = new ArrayList<>();
        all.add(new Variant("all three", BacktestConfig.Switches.ON, NOTHING));
        all.add(new Variant("hedge alone", new BacktestConfig.Switches(false, true, false), NOTHING));
        all.add(BREAKER_ALONE);
        all.add(new Variant("regime alone", new BacktestConfig.Switches(false, false, true), NOTHING));
        all.add(new Variant(
                "hedge beside the others", BacktestConfig.Switches.ON, new BacktestConfig.Switches(true, false, true)));
        all.add(BREAKER_BESIDE_THE_OTHERS);
        all.add(new Variant(
                "regime beside the others",
                BacktestConfig.Switches.ON,
                new BacktestConfig.Switches(true, true, false)));
        return List.copyOf(all);
    }
}
