package dev.tranche.market.study;

import java.util.List;

/// Seed 003's acceptance, point by point, with what was found. It is met when every point is.
///
/// @param trials combinations that were tried before this one was chosen; the p of an accuracy is
///     multiplied by it
public record Acceptance(long trials, List<Point> points) {
    public Acceptance {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("an acceptance must have at least one point: " + points);
        }
        if (trials < 1) {
            throw new IllegalArgumentException("trials must be at least 1: " + trials);
        }
    }

    /// @param name such as `acc@10`
    /// @param required such as `>= 55 %`
    /// @param found the number, or `n too small (12 of 30)`
    public record Point(String name, String required, String found, boolean met) {}

    public boolean met() {
        return points.stream().allMatch(Point::met);
    }
}
