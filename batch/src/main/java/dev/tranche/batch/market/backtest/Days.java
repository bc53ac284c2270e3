package dev.tranche.batch.market.backtest;

import java.util.ArrayList;
import java.util.List;

/// Equity cut into days of UTC.
final class Days {
    private static final long DAY = 86_400_000_000_000L;
    private static final double DAYS_A_YEAR = 365;

    private Days() {}

    /// One day: what the equity changed by from the last reading of the day before (the first reading of all, for
    /// the first) to its own last.
    ///
    /// @param day since the epoch
    /// @param hours from its first to its last reading
    record Day(long day, double profit, double hours) {}

    static List<Day> of(Series series, int column) {
        List<Day> days = new ArrayList<>();
        if (series.size() == 0) {
            return days;
        }
        double before = series.value(0, column);
        int first = 0;
        for (int row = 1; row <= series.size(); row++) {
            boolean ends = row == series.size() || day(series.at(row)) != day(series.at(first));
            if (ends) {
                double last = series.value(row - 1, column);
                days.add(new Day(
                        day(series.at(first)), last - before, (series.at(row - 1) - series.at(first)) / 3.6e12));
                before = last;
                first = row;
            }
        }
        return days;
    }

    /// Days that were read for nearly all of their hours.
    static List<Day> whole(List<Day> days) {
        return days.stream().filter(day -> day.hours() >= 23).toList();
    }

    private static long day(long nanos) {
        // A reading at midnight closes the day that ends there.
        return Math.floorDiv(nanos - 1, DAY);
    }

    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /// Of a sample; NaN of fewer than two.
    static double deviation(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / (values.length - 1));
    }

    /// Of a year of 365 days, from daily profits; NaN where nothing varies.
    static double sharpe(double[] profits) {
        double deviation = deviation(profits);
        return deviation > 0 ? mean(profits) / deviation * Math.sqrt(DAYS_A_YEAR) : Double.NaN;
    }

    /// The deepest fall from the highest equity so far, as a share of that; 0..1.
    static double drawdown(double[] equity) {
        double highest = Double.NEGATIVE_INFINITY;
        double deepest = 0;
        for (double value : equity) {
            highest = Math.max(highest, value);
            deepest = Math.max(deepest, (highest - value) / highest);
        }
        return deepest;
    }
}
