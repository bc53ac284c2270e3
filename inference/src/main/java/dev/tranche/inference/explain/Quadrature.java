package dev.tranche.inference.explain;

/// Gauss–Legendre points and weights on 0..1: `n` points integrate every polynomial of a degree below `2n`
/// exactly.
///
/// Roots of the Legendre polynomial by Newton's method from Tricomi's estimate (Abramowitz and Stegun,
/// 25.4.29 and 22.16.6), with `StrictMath` so that every machine has the same bits.
final class Quadrature {
    private static final int STEPS = 64;

    private final double[] points;
    private final double[] weights;

    private Quadrature(double[] points, double[] weights) {
        this.points = points;
        this.weights = weights;
    }

    /// The rule with this many points, at least 1.
    static Quadrature of(int n) {
        double[] points = new double[n];
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            double x = StrictMath.cos(Math.PI * (i + 0.75) / (n + 0.5));
            double slope = 1;
            for (int step = 0; step < STEPS; step++) {
                double before = 1;
                double value = x;
                for (int k = 2; k <= n; k++) {
                    double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
                    before = value;
                    value = next;
                }
                slope = n * (x * value - before) / (x * x - 1);
                double moved = value / slope;
                x -= moved;
                if (Math.abs(moved) < 1e-16) {
                    break;
                }
            }
            points[i] = (1 - x) / 2;
            weights[i] = 1 / ((1 - x * x) * slope * slope);
        }
        return new Quadrature(points, weights);
    }

    /// The points, rising, within 0..1.
    double point(int i) {
        return points[i];
    }

    /// The weights; they add up to 1.
    double weight(int i) {
        return weights[i];
    }
}
