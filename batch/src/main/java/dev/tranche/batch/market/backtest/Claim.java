package dev.tranche.batch.market.backtest;

import java.util.Arrays;
import java.util.Locale;

/// What seed 002 says its system gains (its table of success metrics), each as a number that is better when it is
/// higher, and what it has to reach.
enum Claim {
    /// "Sharpe ratio improvement ≥ 0.15": of a year of 365 days, from daily profits.
    SHARPE("Sharpe ratio", 0.15, ""),
    /// "Maximum drawdown reduced ≥ 8 %": the fall of equity at the ends of days, relative.
    DRAWDOWN("drawdown", 0.08, " %"),
    /// "Volatility of daily PnL reduced 15 %", relative.
    VOLATILITY("daily PnL volatility", 0.15, " %"),
    /// "Days of extreme loss reduced 50 %": days that lose more than all but a twentieth of the other desk's days.
    EXTREMES("extreme-loss days", 0.50, " %"),
    /// "Market-making capacity raised 30 %": what stands at the venues, in the mean over time.
    CAPACITY("quoting capacity", 0.30, " %");

    private static final double DAYS_A_YEAR = 365;

    /// A twentieth.
    private static final double EXTREME = 0.05;

    private final String title;
    private final double least;
    private final String unit;

    Claim(String title, double least, String unit) {
        this.title = title;
        this.least = least;
        this.unit = unit;
    }

    String title() {
        return title;
    }

    /// What is claimed: an improvement of at least this.
    double least() {
        return least;
    }

    /// A value for people.
    String text(double value) {
        boolean share = !unit.isEmpty();
        if (Double.isNaN(value)) {
            return "-";
        }
        return String.format(Locale.ROOT, share ? "%+.0f%s" : "%+.2f%s", share ? 100 * value : value, unit);
    }

    /// The improvement over periods drawn so often each, in the order of time; NaN where it is not defined.
    ///
    /// @param counts how often each period counts; for the drawdown, which needs an order, use [#drawdown]
    double improvement(Arm on, Arm off, int[] counts) {
        return switch (this) {
            case SHARPE -> sharpe(on.profit(), counts) - sharpe(off.profit(), counts);
            case VOLATILITY -> 1 - deviation(on.profit(), counts) / deviation(off.profit(), counts);
            case EXTREMES -> {
                double limit = limit(off);
                double before = below(off.profit(), limit, counts);
                yield before == 0 ? Double.NaN : 1 - below(on.profit(), limit, counts) / before;
            }
            case CAPACITY -> mean(on.standing(), counts) / mean(off.standing(), counts) - 1;
            case DRAWDOWN -> throw new IllegalArgumentException("a drawdown needs an order");
        };
    }

    /// How much less deep equity fell over periods in this order.
    static double drawdown(Arm on, Arm off, int[] order) {
        return 1 - deepest(on, order) / deepest(off, order);
    }

    private static double deepest(Arm arm, int[] order) {
        double[] profits = arm.profit();
        double equity = arm.capital();
        double highest = equity;
        double deepest = 0;
        for (int period : order) {
            equity += profits[period];
            highest = Math.max(highest, equity);
            deepest = Math.max(deepest, (highest - equity) / highest);
        }
        return deepest;
    }

    /// What a day must lose to be extreme: the loss that a twentieth of the days of this desk, and at least one,
    /// reaches.
    static double limit(Arm off) {
        double[] sorted = off.profit();
        Arrays.sort(sorted);
        return Math.min(0, sorted[Math.max(0, (int) Math.ceil(EXTREME * sorted.length) - 1)]);
    }

    private static double below(double[] values, double limit, int[] counts) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] <= limit ? counts[i] : 0;
        }
        return sum;
    }

    private static double mean(double[] values, int[] counts) {
        double sum = 0;
        double n = 0;
        for (int i = 0; i < values.length; i++) {
            sum += counts[i] * values[i];
            n += counts[i];
        }
        return sum / n;
    }

    private static double deviation(double[] values, int[] counts) {
        double mean = mean(values, counts);
        double sum = 0;
        double n = 0;
        for (int i = 0; i < values.length; i++) {
            sum += counts[i] * (values[i] - mean) * (values[i] - mean);
            n += counts[i];
        }
        return Math.sqrt(sum / (n - 1));
    }

    private static double sharpe(double[] values, int[] counts) {
        return mean(values, counts) / deviation(values, counts) * Math.sqrt(DAYS_A_YEAR);
    }
}
