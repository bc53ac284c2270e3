package dev.tranche.batch.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// From values to places along one side of a drawing, with the values worth a tick.
///
/// @param low the value at `from`
/// @param high the value at `to`; above `low`
/// @param from a place in the drawing's units
/// @param to another place; below `from` for an axis that grows upwards
public record Scale(double low, double high, double from, double to) {
    private static final long[] SPANS = {
        1_000L,
        5_000L,
        15_000L,
        60_000L,
        5 * 60_000L,
        15 * 60_000L,
        3_600_000L,
        3 * 3_600_000L,
        6 * 3_600_000L,
        12 * 3_600_000L,
        86_400_000L,
        2 * 86_400_000L,
        7 * 86_400_000L,
        14 * 86_400_000L,
        30 * 86_400_000L,
        90 * 86_400_000L,
        365 * 86_400_000L
    };

    /// Half a digit more than the length has, for steps of a quarter.
    private static final double DIGITS = 1.5;

    public Scale {
        if (!(high > low)) {
            throw new IllegalArgumentException("high must lie above low " + low + ": " + high);
        }
    }

    /// A scale over values that may all be one, with a little air around them.
    public static Scale around(double low, double high, double from, double to) {
        double air = high > low ? (high - low) * 0.06 : low == 0 ? 1 : Math.abs(low) * 0.01;
        return new Scale(low - air, high + air, from, to);
    }

    public double at(double value) {
        return from + (value - low) / (high - low) * (to - from);
    }

    /// The place of a time on an axis of epoch milliseconds; a double holds them exactly.
    public double when(long millis) {
        return at((double) millis);
    }

    /// Round values, about as many as asked for.
    public List<Double> ticks(int about) {
        double rough = (high - low) / Math.max(1, about);
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power;
        for (double factor : new double[] {1, 2, 2.5, 5, 10}) {
            step = factor * power;
            if (step >= rough) {
                break;
            }
        }
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /// Round times in UTC, at most about as many as asked for; values are epoch milliseconds.
    public List<Double> times(int about) {
        long span = SPANS[SPANS.length - 1];
        for (long each : SPANS) {
            if ((high - low) / each <= about) {
                span = each;
                break;
            }
        }
        List<Double> ticks = new ArrayList<>();
        for (long time = (long) Math.ceil(low / span) * span; time <= high; time += span) {
            ticks.add((double) time);
        }
        return ticks;
    }

    /// How a time is written under an axis of this length.
    public String time(double millis) {
        double length = high - low;
        String pattern = length > 3 * 86_400_000.0 ? "d MMM" : length > 3_600_000 ? "d MMM HH:mm" : "HH:mm:ss";
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(Instant.ofEpochMilli((long) millis));
    }

    /// How a value is written beside an axis of this length.
    public String number(double value) {
        double length = high - low;
        int decimals = (int) Math.max(0, Math.min(8, Math.ceil(DIGITS - Math.log10(length))));
        return String.format(Locale.ROOT, "%,." + decimals + "f", value == 0 ? 0 : value);
    }
}
