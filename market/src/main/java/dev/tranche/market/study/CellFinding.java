package dev.tranche.market.study;

import dev.tranche.market.statistics.Correlation;
import dev.tranche.market.statistics.Interval;

/// What a study found in one cell at one horizon: numbers, or that there are too few events for numbers.
public sealed interface CellFinding {
    Cell cell();

    /// Bars that a position was held.
    int horizon();

    /// Events with a known outcome.
    int n();

    /// @param hits events whose return had the sign that the event announced; a return of 0 is a miss
    /// @param accuracy Wilson's interval of `hits / n`; it takes outcomes for independent, which
    ///     overlapping ones are not
    /// @param chance accuracy of the same announcements made at any time: not one half where the price
    ///     drifts
    /// @param p one-sided, by block bootstrap: the chance of such an accuracy where the true one is one
    ///     half, or `chance` if that is more
    /// @param gross mean return in the direction announced, a fraction of the entry price
    /// @param net the same after costs
    /// @param netInterval of `net`, by block bootstrap
    /// @param spearman of score against gross return; its p takes outcomes for independent
    /// @param spearmanP one-sided (rho > 0), by block bootstrap
    /// @param sharpe of the net returns summed by period, a period, not annualised
    /// @param probabilisticSharpe chance that the true Sharpe ratio is above 0
    record Measured(
            Cell cell,
            int horizon,
            int n,
            int hits,
            Interval accuracy,
            double chance,
            double p,
            double gross,
            double net,
            Interval netInterval,
            Correlation spearman,
            double spearmanP,
            double sharpe,
            double probabilisticSharpe)
            implements CellFinding {
        public double hitRate() {
            return (double) hits / n;
        }
    }

    /// @param needed events that the settings ask for
    record TooSmall(Cell cell, int horizon, int n, int needed) implements CellFinding {
        @Override
        public String toString() {
            return "n too small (" + n + " of " + needed + ")";
        }
    }
}
