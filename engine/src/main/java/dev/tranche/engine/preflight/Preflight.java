package dev.tranche.engine.preflight;

import java.util.List;
import java.util.Locale;

/// Points as a table for people.
public final class Preflight {
    private Preflight() {}

    /// A line for each point and one for all.
    public static String table(List<Point> points) {
        int width =
                points.stream().mapToInt(point -> point.name().length()).max().orElse(0);
        StringBuilder table = new StringBuilder();
        for (Point point : points) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-" + (width + 2) + "s%-8s%s%n",
                    point.name(),
                    point.verdict().word(),
                    point.detail().lines().findFirst().orElse("")));
        }
        long failed = points.stream().filter(point -> !point.passed()).count();
        return table
                + (failed == 0 ? "ready" : failed + " of " + points.size() + " points failed")
                + System.lineSeparator();
    }
}
