package dev.tranche.batch.market.backtest;

import dev.tranche.market.risk.BreakerState;
import dev.tranche.market.simulation.Simulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// What the breaker does: how long it was in which state, what would have been made while it restrained, and how
/// it does in windows with a shock.
final class BreakerStudy {
    private static final long NANOS_A_MILLI = 1_000_000;

    private BreakerStudy() {}

    /// A time during which the breaker let no quote stand, and what the desk without it made meanwhile.
    ///
    /// @param from epoch nanoseconds
    /// @param to epoch nanoseconds
    /// @param without dollars made by the desk without a breaker
    record Restraint(long from, long to, double without) {
        /// Nothing was lost that the breaker could have saved.
        boolean falseAlarm() {
            return without >= 0;
        }
    }

    /// One run through a window, from the beginning of the shocked day.
    ///
    /// @param fall the deepest from the highest equity, a share
    /// @param profit in dollars
    record Leg(double fall, double profit) {}

    /// One window, with a breaker and without.
    ///
    /// @param worst state of the breaker
    /// @param restrained share of the time in which it let no quote stand
    /// @param why the limits that moved it, in their order
    record Window(BreakerState worst, double restrained, List<String> why, Leg with, Leg without) {}

    /// @param variant the desks compared
    record Stress(double shock, Variant variant, List<Window> windows) {
        /// Windows in which the breaker came to this state or beyond.
        long reached(BreakerState state) {
            return windows.stream()
                    .filter(each -> each.worst().compareTo(state) >= 0)
                    .count();
        }

        /// Windows in which a limit moved the breaker, by the limit's name.
        Map<String, Integer> why() {
            Map<String, Integer> counts = new TreeMap<>();
            windows.forEach(each -> each.why().forEach(name -> counts.merge(name, 1, Integer::sum)));
            return counts;
        }

        double[] of(ToDoubleFunction<Window> value) {
            return windows.stream().mapToDouble(value).toArray();
        }

        /// Less deep falls, as shares.
        Saving fall(Finding.Draws draws) {
            return Saving.of(
                    of(each -> -each.with().fall()), of(each -> -each.without().fall()), draws);
        }

        /// More profit, in dollars.
        Saving profit(Finding.Draws draws) {
            return Saving.of(
                    of(each -> each.with().profit()), of(each -> each.without().profit()), draws);
        }
    }

    /// Restraints of one run, against another over the same readings.
    static List<Restraint> restraints(BacktestResult with, BacktestResult without) {
        List<Restraint> found = new ArrayList<>();
        Series series = with.trader().series;
        Series other = without.trader().series;
        int begun = -1;
        for (int row = 0; row <= series.size(); row++) {
            boolean restrained = row < series.size() && series.value(row, Trader.BREAKER) >= 2;
            if (restrained && begun < 0) {
                begun = row;
            } else if (!restrained && begun >= 0) {
                int last = Math.min(row, Math.min(series.size(), other.size()) - 1);
                found.add(new Restraint(
                        series.at(begun),
                        series.at(last),
                        other.value(last, Trader.EQUITY) - other.value(Math.min(begun, last), Trader.EQUITY)));
                begun = -1;
            }
        }
        return found;
    }

    /// The breaker by itself and beside the others, through at most so many windows.
    ///
    /// @param shock what the moves of the shocked day are multiplied with, 1..20
    static List<Stress> stress(BacktestConfig config, StressPaths paths, int most, double shock) {
        List<Stress> all = new ArrayList<>();
        for (Variant variant : List.of(Variant.BREAKER_BESIDE_THE_OTHERS, Variant.BREAKER_ALONE)) {
            List<Window> windows = new ArrayList<>();
            for (int window : paths.spread(most)) {
                List<Simulation.Track> tracks = Recordings.tracks(config, paths.path(window, shock));
                BacktestResult with = BacktestRun.run(config.with(variant.on()), tracks);
                BacktestResult without = BacktestRun.run(config.with(variant.off()), tracks);
                windows.add(window(with, without, paths.shockedMillis(window) * NANOS_A_MILLI));
            }
            all.add(new Stress(shock, variant, List.copyOf(windows)));
        }
        return all;
    }

    private static Window window(BacktestResult with, BacktestResult without, long shockedNanos) {
        BreakerState worst = with.recorder().breaker.stream()
                .map(Recorder.BreakerChange::after)
                .max(Comparator.naturalOrder())
                .orElse(BreakerState.NORMAL);
        double restrained = with.breakerShares().entrySet().stream()
                .filter(each -> each.getKey().compareTo(BreakerState.RESTRICTED) >= 0)
                .mapToDouble(Map.Entry::getValue)
                .sum();
        List<String> why = with.recorder().breaker.stream()
                .filter(each -> each.after().compareTo(each.before()) > 0)
                .flatMap(each -> Arrays.stream(each.why().split("; ")))
                .map(each -> each.split(" ", 2)[0])
                .distinct()
                .toList();
        return new Window(
                worst,
                restrained,
                why,
                leg(with.trader().series, shockedNanos),
                leg(without.trader().series, shockedNanos));
    }

    private static Leg leg(Series series, long fromNanos) {
        double before = Double.NaN;
        double highest = Double.NEGATIVE_INFINITY;
        double fall = 0;
        for (int row = 0; row < series.size(); row++) {
            double equity = series.value(row, Trader.EQUITY);
            if (series.at(row) >= fromNanos) {
                before = Double.isNaN(before) ? equity : before;
                highest = Math.max(highest, equity);
                fall = Math.max(fall, (highest - equity) / highest);
            }
        }
        return new Leg(fall, series.value(series.size() - 1, Trader.EQUITY) - before);
    }
}
