package dev.tranche.market.account;

import java.util.Arrays;

/// What equity did: its highest, its value when the day (UTC) began and 24 hours ago. Kept as profits, so that
/// capital paid in or out is neither gain nor loss; shares are of equity, not of profit: a fall of 1 from a
/// profit of 0.5 on 100 is 1 % and not 200 %. One writer.
public final class EquityTrack {
    private static final long MINUTE = 60_000_000_000L;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final int MINUTES = 24 * 60 + 1;

    private final double[] ring = new double[MINUTES];
    private double profit = Double.NaN;
    private double capital;
    private double highest = Double.NEGATIVE_INFINITY;
    private double first = Double.NaN;
    private double dayStart = Double.NaN;
    private double last = Double.NaN;
    private long day;
    private long minute;
    private boolean begun;

    private EquityTrack() {
        Arrays.fill(ring, Double.NaN);
    }

    public static EquityTrack begin() {
        return new EquityTrack();
    }

    /// Takes a look at equity.
    ///
    /// @param nowNanos not before the look before, epoch nanoseconds
    /// @param equity in USD; NaN while unknown
    /// @param capitalPaidIn in USD, part of that
    public void look(long nowNanos, double equity, double capitalPaidIn) {
        profit = equity - capitalPaidIn;
        if (Double.isNaN(profit)) {
            return;
        }
        capital = capitalPaidIn;
        long today = Math.floorDiv(nowNanos, DAY);
        if (!begun) {
            first = profit;
            dayStart = profit;
            day = today;
            minute = Math.floorDiv(nowNanos, MINUTE);
            put(minute, profit);
            begun = true;
        } else if (today != day) {
            // The day began with what was last known before it.
            dayStart = last;
            day = today;
        }
        for (long now = Math.floorDiv(nowNanos, MINUTE); minute < now; ) {
            // Minutes without a look began with what was last known.
            minute = Math.max(minute + 1, now - MINUTES);
            put(minute, last);
        }
        highest = Math.max(highest, profit);
        last = profit;
    }

    private void put(long at, double value) {
        ring[(int) Math.floorMod(at, (long) MINUTES)] = value;
    }

    /// Profit since the start, in USD; NaN while unknown.
    public double profit() {
        return profit;
    }

    /// How far equity is below its highest, as a share of that; 0..1, or more when all is lost; NaN while equity
    /// is unknown or its highest is not above 0.
    public double drawdown() {
        return share(highest);
    }

    /// What equity lost since the day began, as a share of it then; below 0 for a gain; NaN like [#drawdown].
    public double dailyLoss() {
        return share(dayStart);
    }

    private double share(double from) {
        return from + capital > 0 ? (from - profit) / (from + capital) : Double.NaN;
    }

    /// Profit since 24 hours ago to the minute (since the start, when that was later), in USD; NaN while unknown.
    public double profit24h() {
        double before = ring[(int) Math.floorMod(minute + 1, (long) MINUTES)];
        return profit - (Double.isNaN(before) ? first : before);
    }

    /// Profit since the day began, in USD; NaN while unknown.
    public double profitToday() {
        return profit - dayStart;
    }

    /// Equity when the day began, with the capital as it is worth now, in USD; NaN while unknown.
    public double startOfDay() {
        return dayStart + capital;
    }

    /// Highest equity, in USD.
    public double highest() {
        return highest + capital;
    }

    /// Over everything that decides.
    public long hash() {
        long hash = 31 * Double.doubleToLongBits(profit) + Double.doubleToLongBits(highest);
        return 31 * (31 * hash + Double.doubleToLongBits(dayStart)) + minute;
    }
}
