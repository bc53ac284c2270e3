package dev.tranche.release.rollout;

import dev.tranche.release.DurationText;
import dev.tranche.release.Metric;
import dev.tranche.release.Verdict;
import dev.tranche.release.experiment.Interval;
import java.time.Duration;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/// What gates and guards share when they turn numbers into a verdict with a sentence.
final class Judging {
    /// The trailing window of a look that names none.
    static final Duration WINDOW = Duration.ofMinutes(1);

    private Judging() {}

    /// Numbers by name, from pairs of name and value.
    static SortedMap<String, Double> numbers(Object... pairs) {
        SortedMap<String, Double> numbers = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            numbers.put((String) pairs[i], ((Number) pairs[i + 1]).doubleValue());
        }
        return numbers;
    }

    static Verdict broken(Metric metric, String reason) {
        return Verdict.broken(metric + " could not be measured: " + reason);
    }

    static Verdict nothing(Metric metric) {
        return Verdict.await(metric + ": nothing measured yet");
    }

    static Verdict unfit(Metric metric, Object reading) {
        return broken(metric, "the source answered " + reading + ", not a " + metric.form());
    }

    /// A value as people write it.
    static String show(Metric metric, double value) {
        return switch (metric.unit()) {
            case NUMBER ->
                value == Math.rint(value) && Math.abs(value) < 1e15
                        ? Long.toString((long) value)
                        : String.format(Locale.ROOT, "%.4f", value);
            case FRACTION -> percent(value);
            case MILLISECONDS -> String.format(Locale.ROOT, "%.2fms", value);
            case SECONDS -> String.format(Locale.ROOT, "%.1fs", value);
            case NAME -> Double.toString(value);
        };
    }

    static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.2f%%", 100 * fraction);
    }

    static String show(Metric metric, Interval interval) {
        return show(metric, interval.estimate()) + " [" + show(metric, interval.lower()) + ", "
                + show(metric, interval.upper()) + "]";
    }

    static String span(Duration duration) {
        return DurationText.print(duration);
    }

    /// About how many more observations would settle it, if the estimate stays where it is: widths shrink
    /// with the square root of the number.
    ///
    /// @param half how far the interval reaches towards the limit
    /// @param distance from the estimate to the limit
    static String more(long n, double half, double distance) {
        if (!(distance > 0) || half <= distance) {
            return "";
        }
        double factor = half * half / (distance * distance);
        double missing = n * (factor - 1);
        return missing < 1e9
                ? String.format(Locale.ROOT, "; about %d more would settle it", (long) Math.ceil(missing))
                : "";
    }
}
