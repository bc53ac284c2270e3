package dev.tranche.inference.scorecard;

import java.util.Locale;

/// Where a scorecard rounds to whole points, half to even as numpy and Python do. With n lines, rounding each
/// differs from rounding the sum once by up to n/2 points, so the file says which one is the score of record.
enum Rounding {
    /// Nowhere.
    NONE,
    /// The points of every bin.
    BINS,
    /// The sum, once.
    SUM;

    static Rounding parse(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    double bin(double points) {
        return this == BINS ? Math.rint(points) : points;
    }

    double total(double points) {
        return this == SUM ? Math.rint(points) : points;
    }
}
