package dev.tranche.release.experiment;

import java.util.function.DoubleUnaryOperator;

/// Where a convex function first exceeds a level on the way from its minimum outwards.
final class Crossing {
    /// Enough halvings to use up the 53 bits of a double.
    private static final int HALVINGS = 60;

    private Crossing() {}

    /// The point between `inside` and `outside` where the function passes the level; `outside` if it never
    /// does. The answer lies on the outer side, so that an interval built from it is never too narrow.
    static double of(DoubleUnaryOperator function, double level, double inside, double outside) {
        if (function.applyAsDouble(outside) <= level) {
            return outside;
        }
        double within = inside;
        double beyond = outside;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (within + beyond) / 2;
            if (function.applyAsDouble(middle) <= level) {
                within = middle;
            } else {
                beyond = middle;
            }
        }
        return beyond;
    }
}
