package dev.tranche.batch.market.backtest;

import dev.tranche.market.risk.BreakerState;
import dev.tranche.market.simulation.Simulation;
import dev.tranche.market.statistics.Interval;
import dev.tranche.market.statistics.Wilson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// What the breaker does: how long it was in which state, what would have been made while it restrained, and how
/// it does on paths with a shock.
final class BreakerStudy {
    private static final RandomGeneratorFactory<RandomGenerator> CHANCE = RandomGeneratorFactory.of("L64X128MixRandom");

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

    /// @param acted paths on which quoting was restrained
    /// @param shallower of those, paths on which the fall of equity was less deep with the breaker
    /// @param with the falls, sorted
    /// @param without the falls, sorted
    record Stress(int paths, int acted, int shallower, double shock, List<Double> with, List<Double> without) {
        Interval interval() {
            return Wilson.interval(shallower, Math.max(1, acted), 0.95);
        }
    }

    static Map<BreakerState, Double> shares(BacktestResult result) {
        return result.breakerShares();
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

    /// @param paths drawn
    static Stress stress(BacktestConfig config, StressPaths from, int paths, double shock, long seed) {
        RandomGenerator chance = CHANCE.create(seed);
        double[] with = new double[paths];
        double[] without = new double[paths];
        int acted = 0;
        int shallower = 0;
        for (int i = 0; i < paths; i++) {
            List<Simulation.Track> tracks = Recordings.tracks(config, from.draw(chance));
            BacktestResult on = BacktestRun.run(config, tracks);
            BacktestResult off = BacktestRun.run(config.with(new BacktestConfig.Switches(false, true, true)), tracks);
            with[i] = on.drawdown();
            without[i] = off.drawdown();
            boolean restrained = on.breakerShares().keySet().stream()
                    .anyMatch(state -> state.compareTo(BreakerState.RESTRICTED) >= 0);
            acted += restrained ? 1 : 0;
            shallower += restrained && with[i] < without[i] ? 1 : 0;
        }
        return new Stress(paths, acted, shallower, shock, sorted(with), sorted(without));
    }

    private static List<Double> sorted(double[] values) {
        return Arrays.stream(values).sorted().boxed().toList();
    }
}
