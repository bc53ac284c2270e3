package dev.tranche.runtime.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text to typed values. Every failure is an `IllegalArgumentException` that says what is allowed, and never
/// the value: the caller knows whether that may be shown.
final class Values {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,15})(ms|s|m|h|d)");
    private static final Pattern BYTES = Pattern.compile("([0-9]{1,15})(B|KiB|MiB|GiB|TiB)?");

    private Values() {}

    static long whole(String text, long min, long max, String allowed) {
        if (!text.matches("-?[0-9]{1,18}")) {
            throw new IllegalArgumentException(allowed);
        }
        return within(Long.parseLong(text), min, max, allowed);
    }

    static double number(String text, double min, double max, String allowed) {
        if (!text.matches("[-+]?[0-9]{1,30}(\\.[0-9]{1,30})?([eE][-+]?[0-9]{1,3})?")) {
            throw new IllegalArgumentException(allowed);
        }
        double value = new BigDecimal(text).doubleValue();
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(allowed);
        }
        return value;
    }

    static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false");
        };
    }

    static Duration duration(String text, Duration min, Duration max, String allowed) {
        Matcher match = DURATION.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException(allowed + ", written as 200ms, 5s, 10m, 6h or 7d");
        }
        long count = Long.parseLong(match.group(1));
        Duration value = switch (match.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(allowed);
        }
        return value;
    }

    static long bytes(String text, long min, long max, String allowed) {
        Matcher match = BYTES.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException(allowed + ", written as 4096, 64KiB, 1MiB or 2GiB");
        }
        String unit = match.group(2) == null ? "B" : match.group(2);
        int shift = switch (unit) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            case "GiB" -> 30;
            case "TiB" -> 40;
            default -> 0;
        };
        long count = Long.parseLong(match.group(1));
        if (count > (Long.MAX_VALUE >> shift)) {
            throw new IllegalArgumentException(allowed);
        }
        return within(count << shift, min, max, allowed);
    }

    /// A default as it would be written; a dash for none.
    static String show(Object value) {
        String text = value instanceof Duration duration ? show(duration) : value.toString();
        return text.isEmpty() ? "-" : "`" + text + "`";
    }

    /// A duration in the largest unit that says it whole.
    static String show(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 86_400_000 == 0 && millis > 0) {
            return millis / 86_400_000 + "d";
        }
        if (millis % 3_600_000 == 0 && millis > 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0 && millis > 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    private static long within(long value, long min, long max, String allowed) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(allowed);
        }
        return value;
    }
}
