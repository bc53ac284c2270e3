package dev.tranche.batch.market.backtest;

import java.util.ArrayList;
import java.util.List;

/// One desk's run cut into equal periods: the profit of each in dollars, and what stood at the venues in the mean,
/// dollars of the smaller side. Periods that the recording does not cover whole are left out.
record Arm(double capital, List<Double> profits, List<Double> quoted) {
    private static final double WHOLE = 0.95;

    /// @param periodNanos a day for day-scale claims
    static Arm of(BacktestResult result, long periodNanos) {
        Series series = result.trader().series;
        List<Double> profits = new ArrayList<>();
        List<Double> quoted = new ArrayList<>();
        int first = 0;
        for (int row = 1; row <= series.size(); row++) {
            // A reading on the border closes the period that ends there.
            boolean ends = row == series.size()
                    || period(series.at(row), periodNanos) != period(series.at(first), periodNanos);
            if (ends) {
                int before = Math.max(0, first - 1);
                double covered = (series.at(row - 1) - series.at(before)) / (double) periodNanos;
                if (covered >= WHOLE) {
                    profits.add(series.value(row - 1, Trader.EQUITY) - series.value(before, Trader.EQUITY));
                    quoted.add(standing(series, first, row));
                }
                first = row;
            }
        }
        return new Arm(result.capital(), List.copyOf(profits), List.copyOf(quoted));
    }

    private static long period(long nanos, long periodNanos) {
        return Math.floorDiv(nanos - 1, periodNanos);
    }

    private static double standing(Series series, int from, int to) {
        double sum = 0;
        for (int row = from; row < to; row++) {
            sum += Math.min(series.value(row, Trader.BID_QUOTED), series.value(row, Trader.ASK_QUOTED));
        }
        return sum / (to - from);
    }

    int periods() {
        return profits.size();
    }

    double[] profit() {
        return profits.stream().mapToDouble(Double::doubleValue).toArray();
    }

    double[] standing() {
        return quoted.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
