package dev.tranche.cli.screen;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Numbers, durations and times as people say them.
public final class Spoken {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private Spoken() {}

    /// A duration in its two largest units: `14d`, `6d 17h`, `3m 02s`, `850ms`.
    public static String of(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 1) {
            return duration.isZero() ? "0s" : duration.toMillis() + "ms";
        }
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return two(seconds / 60, "m", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return two(seconds / 3600, "h", seconds % 3600 / 60, "m");
        }
        return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
    }

    /// Seconds with a fraction as a duration; NaN and negative numbers are `-`.
    public static String seconds(double seconds) {
        return seconds >= 0 ? of(Duration.ofMillis(Math.round(seconds * 1000))) : "-";
    }

    /// An instant on the clock of a zone, with its date unless that is today's there. What cannot be read is
    /// returned as it is.
    public static String moment(String instant, Instant now, ZoneId zone) {
        try {
            ZonedDateTime then = Instant.parse(instant).atZone(zone);
            return then.toLocalDate().equals(now.atZone(zone).toLocalDate()) ? CLOCK.format(then) : FULL.format(then);
        } catch (DateTimeException unreadable) {
            return instant;
        }
    }

    /// A count with separators: `1,203`.
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /// A share as per cent with two decimals; NaN is `-`.
    public static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.2f %%", share * 100);
    }

    /// A number with a few decimals; NaN is `-`.
    public static String number(double number, int decimals) {
        return Double.isNaN(number) ? "-" : String.format(Locale.ROOT, "%,." + decimals + "f", number);
    }

    private static String two(long large, String unit, long small, String smaller) {
        return small == 0 ? large + unit : String.format(Locale.ROOT, "%d%s %02d%s", large, unit, small, smaller);
    }
}
