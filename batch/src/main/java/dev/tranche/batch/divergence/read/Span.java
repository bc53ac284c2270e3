package dev.tranche.batch.divergence.read;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A length of time as people write it: `500ms`, `1s`, `5m`, `4h`, `1d`.
public final class Span {
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,6})(ms|s|m|h|d)");
    private static final long DAY = 86_400_000L;

    private Span() {}

    /// Milliseconds, 1 to 7 days.
    ///
    /// @throws IllegalArgumentException when the text is no length of time
    public static long millis(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        long millis = matcher.matches()
                ? Long.parseLong(matcher.group(1))
                        * switch (matcher.group(2)) {
                            case "ms" -> 1L;
                            case "s" -> 1000L;
                            case "m" -> 60_000L;
                            case "h" -> 3_600_000L;
                            default -> DAY;
                        }
                : 0;
        if (millis < 1 || millis > 7 * DAY) {
            throw new IllegalArgumentException("a length of time is 1ms to 7d, such as 500ms, 1s, 5m or 4h: " + text);
        }
        return millis;
    }

    /// The shortest way to write a length.
    public static String text(long millis) {
        return millis % DAY == 0
                ? millis / DAY + "d"
                : millis % 3_600_000 == 0
                        ? millis / 3_600_000 + "h"
                        : millis % 60_000 == 0
                                ? millis / 60_000 + "m"
                                : millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
