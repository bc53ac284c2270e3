package dev.tranche.batch.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// How numbers are written for people, in tables and in the report alike.
public final class Texts {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final double BASIS_POINTS = 1e4;

    private Texts() {}

    /// A share as `51.2 %`.
    public static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /// A share beside an axis: `50 %`, `47.5 %`.
    public static String tick(double share) {
        return plain(Math.rint(1000 * share) / 10) + " %";
    }

    /// A fraction of a price as `-12.3 bp`.
    public static String basisPoints(double fraction) {
        return Double.isNaN(fraction) ? "-" : String.format(Locale.ROOT, "%+.1f bp", fraction * BASIS_POINTS);
    }

    /// A chance as `0.034` or `< 0.001`.
    public static String chance(double p) {
        return Double.isNaN(p) ? "-" : p < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", p);
    }

    public static String signed(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%+.3f", value);
    }

    /// An instant in UTC, to the minute, or to the second where it has one.
    public static String minute(long millis) {
        return (millis % 60_000 == 0 ? MINUTE : SECOND).format(Instant.ofEpochMilli(millis));
    }

    /// Two shares as `45.5 – 56.9 %`.
    public static String range(double low, double high) {
        return String.format(Locale.ROOT, "%.1f – %.1f %%", 100 * low, 100 * high);
    }

    /// A day in UTC.
    public static String day(long millis) {
        return DAY.format(Instant.ofEpochMilli(millis));
    }

    /// A number without a needless `.0`.
    public static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
