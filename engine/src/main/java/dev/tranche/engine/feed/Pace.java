package dev.tranche.engine.feed;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How fast a recorded stream is played: `fast` (as fast as it can be worked on), `real` (as it was
/// recorded), or `20x` (so many times as fast).
///
/// @param factor how many times as fast as recorded; infinite for `fast`
public record Pace(double factor) {
    /// As fast as it can be worked on.
    public static final Pace FAST = new Pace(Double.POSITIVE_INFINITY);

    /// As it was recorded.
    public static final Pace REAL = new Pace(1);

    private static final Pattern TIMES = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,3})?)x");

    public Pace {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("a pace is more than 0x: " + factor);
        }
    }

    /// Reads `fast`, `real` or `20x`.
    public static Pace parse(String text) {
        Matcher times = TIMES.matcher(text);
        if (times.matches() && Double.parseDouble(times.group(1)) > 0) {
            return new Pace(Double.parseDouble(times.group(1)));
        }
        return switch (text) {
            case "fast" -> FAST;
            case "real" -> REAL;
            default -> throw new IllegalArgumentException("a pace is fast, real, or a factor such as 20x: " + text);
        };
    }

    /// How long after the beginning something is due that was recorded `recorded` after it.
    public Duration due(Duration recorded) {
        return Double.isInfinite(factor) ? Duration.ZERO : Duration.ofNanos((long) (recorded.toNanos() / factor));
    }

    @Override
    public String toString() {
        if (Double.isInfinite(factor)) {
            return "fast";
        }
        return factor == 1 ? "real" : (factor == Math.rint(factor) ? "" + (long) factor : "" + factor) + "x";
    }
}
