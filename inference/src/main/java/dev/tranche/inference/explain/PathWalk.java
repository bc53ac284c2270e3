package dev.tranche.inference.explain;

import java.util.Arrays;

/// The kernel of path-dependent TreeSHAP: Shapley values as derivatives of a polynomial, in time linear in
/// the splits.
///
/// **Idea.** Let every input be known with the same chance `x`, each on its own, and let `F(x)` be the expected answer
/// of a tree that goes on by the value where the input is known and by the share of the data where it is not.
/// The Shapley value of input `i` is the derivative of `F` after the chance of `i` alone, integrated over `x`
/// from 0 to 1 (G. Owen, *Multilinear extensions of games*, Management Science 18, 1972). For a tree the
/// integrand is a polynomial whose degree is below the number of different inputs on a path, so the
/// Gauss–Legendre rule with half as many points is exact, and the derivative is one sweep up the tree
/// (values) and one down (derivatives), as in any backpropagation.
///
/// **One split.** Let `h` and `c` be the values of the side the row takes and of the other, `s` the share of the data
/// on the other side. The row is known to have come here, so a split further up on the same input, passed by
/// the share `z` of the data, makes it more likely that the input is known: it is unknown with chance `u =
/// z(1-x) / (x + z(1-x))` (Bayes). Then `value = h - u·s·(h - c)`, and the derivative after the chance of
/// this input is `s·z·(h - c) / (x + z(1-x))²` times the derivative of the tree after this value. With no
/// such split `z` is 1; where the row has left its own path at one, the input is surely unknown: `u` is 1 and
/// the derivative 0.
///
/// **Cost.** About twelve operations for each split and point, no division but at repeated inputs, no allocation, no
/// memory beyond the tree's own. All weights are within 0..1, so nothing cancels, unlike the unwinding of
/// Algorithm 2. Four points are taken in one pass, in registers: enough for eight different inputs on a path;
/// further points take further passes. Against Fast TreeSHAP v2 (J. Yang, arXiv 2109.09847) it needs no
/// tables of size `leaves · 2^depth`, against Linear TreeSHAP (P. Yu et al., 2022) no division by polynomials
/// at Chebyshev points. Measured by `tranche bench inference`. For one thread.
final class PathWalk {
    /// Points in one pass.
    static final int LANES = 4;

    private static final int DEAD = 2;
    private static final int RIGHT = 1;

    private final PathTrees trees;
    private final Cuts cuts;
    private final Quadrature[] rules;
    private final int[] places;
    /// For each split of the tree at hand: bit 0 whether the row goes right, bit 1 whether it left its own
    /// path further up at a split on the same input.
    private final byte[] way;
    private final double[] value;
    /// The derivative after the chance of the split's own input, times the weight of the point.
    private final double[] slope;
    /// How much of the split's value comes from the side that the row does not take.
    private final double[] other;
    /// The derivative of the tree after the value of a split, one place behind; the first place takes those
    /// of leaves.
    private final double[] weight;

    private double x0;
    private double x1;
    private double x2;
    private double x3;
    private double w0;
    private double w1;
    private double w2;
    private double w3;

    PathWalk(PathTrees trees, Cuts cuts, Quadrature[] rules) {
        this.trees = trees;
        this.cuts = cuts;
        this.rules = rules;
        places = new int[cuts.scales()];
        way = new byte[trees.largest];
        value = new double[trees.largest * LANES];
        slope = new double[trees.largest * LANES];
        other = new double[trees.largest * LANES];
        weight = new double[(trees.largest + 1) * LANES];
    }

    /// Looks at the next row.
    void row(double[] row) {
        cuts.places(row, places);
    }

    /// Adds what one tree says of the row to the parts, by feature.
    void add(int tree, double[] parts) {
        int first = trees.start[tree];
        int end = trees.start[tree + 1];
        if (first == end) {
            return;
        }
        ways(first, end);
        int passes = passes(trees.features[tree]);
        for (int pass = 0; pass < passes; pass++) {
            points(rules[passes], pass * LANES);
            pairs(first, trees.pairs[tree], end);
            up(first, trees.pairs[tree]);
            down(first, trees.pairs[tree], end, parts);
        }
    }

    /// How many passes so many different features need.
    static int passes(int features) {
        return Math.max(1, (features + 2 * LANES - 1) / (2 * LANES));
    }

    private void points(Quadrature rule, int at) {
        x0 = rule.point(at);
        x1 = rule.point(at + 1);
        x2 = rule.point(at + 2);
        x3 = rule.point(at + 3);
        w0 = rule.weight(at);
        w1 = rule.weight(at + 1);
        w2 = rule.weight(at + 2);
        w3 = rule.weight(at + 3);
    }

    private void ways(int first, int end) {
        int[] scale = trees.scale;
        int[] rank = trees.rank;
        int[] above = trees.above;
        for (int m = first; m < end; m++) {
            int to = (rank[m] - places[scale[m]]) >>> 31;
            int up = above[m];
            if (up >= 0) {
                int before = way[(up >> 1) - first];
                // An ancestor's bit 0 of `above` is 1 where this split lies to its left, of `way` where the row goes
                // right.
                to |= (before | ~(before ^ up) << 1) & DEAD;
            }
            way[m - first] = (byte) to;
        }
    }

    /// The splits with two leaves: their values differ by the same number at every point.
    private void pairs(int first, int from, int end) {
        double[] values = value;
        double[] slopes = slope;
        double[] leaf = trees.value;
        int[] child = trees.child;
        for (int m = from; m < end; m++) {
            int to = way[m - first];
            int hot = 2 * m + (to & RIGHT);
            double h = leaf[~child[hot]];
            double d = trees.share[hot ^ 1] * (h - leaf[~child[hot ^ 1]]);
            int k = (m - first) * LANES;
            if (trees.above[m] < 0) {
                slopes[k] = w0 * d;
                slopes[k + 1] = w1 * d;
                slopes[k + 2] = w2 * d;
                slopes[k + 3] = w3 * d;
                values[k] = h - (1 - x0) * d;
                values[k + 1] = h - (1 - x1) * d;
                values[k + 2] = h - (1 - x2) * d;
                values[k + 3] = h - (1 - x3) * d;
            } else {
                double z = trees.passed[m];
                double live = 1 - (to >> 1);
                double r0 = live / (x0 + z * (1 - x0));
                double r1 = live / (x1 + z * (1 - x1));
                double r2 = live / (x2 + z * (1 - x2));
                double r3 = live / (x3 + z * (1 - x3));
                slopes[k] = z * w0 * r0 * r0 * d;
                slopes[k + 1] = z * w1 * r1 * r1 * d;
                slopes[k + 2] = z * w2 * r2 * r2 * d;
                slopes[k + 3] = z * w3 * r3 * r3 * d;
                values[k] = h - (1 - x0 * r0) * d;
                values[k + 1] = h - (1 - x1 * r1) * d;
                values[k + 2] = h - (1 - x2 * r2) * d;
                values[k + 3] = h - (1 - x3 * r3) * d;
            }
        }
    }

    /// From the leaves to the root: the value of each split at four points, and what a sweep down needs of
    /// it.
    private void up(int first, int end) {
        double[] values = value;
        double[] slopes = slope;
        double[] others = other;
        double[] leaf = trees.value;
        int[] child = trees.child;
        for (int m = end - 1; m >= first; m--) {
            int to = way[m - first];
            int side = 2 * m + (to & RIGHT);
            int hot = child[side];
            int cold = child[side ^ 1];
            double h0;
            double h1;
            double h2;
            double h3;
            double d0;
            double d1;
            double d2;
            double d3;
            if ((hot & cold) >= 0 && (hot | cold) >= 0) {
                int i = (hot - first) * LANES;
                int j = (cold - first) * LANES;
                h0 = values[i];
                h1 = values[i + 1];
                h2 = values[i + 2];
                h3 = values[i + 3];
                d0 = h0 - values[j];
                d1 = h1 - values[j + 1];
                d2 = h2 - values[j + 2];
                d3 = h3 - values[j + 3];
            } else {
                // One leaf and one split, whichever the row takes: no branch that a processor cannot foresee.
                int i = (Math.max(hot, cold) - first) * LANES;
                double v = leaf[~Math.min(hot, cold)];
                double atLeaf = hot >>> 31;
                double sign = 2 * atLeaf - 1;
                double e0 = v - values[i];
                double e1 = v - values[i + 1];
                double e2 = v - values[i + 2];
                double e3 = v - values[i + 3];
                h0 = values[i] + atLeaf * e0;
                h1 = values[i + 1] + atLeaf * e1;
                h2 = values[i + 2] + atLeaf * e2;
                h3 = values[i + 3] + atLeaf * e3;
                d0 = sign * e0;
                d1 = sign * e1;
                d2 = sign * e2;
                d3 = sign * e3;
            }
            double share = trees.share[side ^ 1];
            int k = (m - first) * LANES;
            double u0;
            double u1;
            double u2;
            double u3;
            if (trees.above[m] < 0) {
                u0 = share * (1 - x0);
                u1 = share * (1 - x1);
                u2 = share * (1 - x2);
                u3 = share * (1 - x3);
                slopes[k] = share * w0 * d0;
                slopes[k + 1] = share * w1 * d1;
                slopes[k + 2] = share * w2 * d2;
                slopes[k + 3] = share * w3 * d3;
            } else {
                double z = trees.passed[m];
                double live = 1 - (to >> 1);
                double r0 = live / (x0 + z * (1 - x0));
                double r1 = live / (x1 + z * (1 - x1));
                double r2 = live / (x2 + z * (1 - x2));
                double r3 = live / (x3 + z * (1 - x3));
                double both = share * z;
                u0 = share * (1 - x0 * r0);
                u1 = share * (1 - x1 * r1);
                u2 = share * (1 - x2 * r2);
                u3 = share * (1 - x3 * r3);
                slopes[k] = both * w0 * r0 * r0 * d0;
                slopes[k + 1] = both * w1 * r1 * r1 * d1;
                slopes[k + 2] = both * w2 * r2 * r2 * d2;
                slopes[k + 3] = both * w3 * r3 * r3 * d3;
            }
            others[k] = u0;
            others[k + 1] = u1;
            others[k + 2] = u2;
            others[k + 3] = u3;
            values[k] = h0 - u0 * d0;
            values[k + 1] = h1 - u1 * d1;
            values[k + 2] = h2 - u2 * d2;
            values[k + 3] = h3 - u3 * d3;
        }
    }

    /// From the root to the leaves: how much the tree's value follows each split's, times the split's own
    /// slope.
    private void down(int first, int pairs, int end, double[] parts) {
        double[] weights = weight;
        double[] slopes = slope;
        double[] others = other;
        int[] child = trees.child;
        int[] feature = trees.feature;
        Arrays.fill(weights, LANES, 2 * LANES, 1);
        for (int m = first; m < pairs; m++) {
            int k = (m - first) * LANES;
            double p0 = weights[k + LANES];
            double p1 = weights[k + LANES + 1];
            double p2 = weights[k + LANES + 2];
            double p3 = weights[k + LANES + 3];
            parts[feature[m]] += p0 * slopes[k] + p1 * slopes[k + 1] + (p2 * slopes[k + 2] + p3 * slopes[k + 3]);
            int side = 2 * m + (way[m - first] & RIGHT);
            int i = (Math.max(child[side] - first, -1) + 1) * LANES;
            int j = (Math.max(child[side ^ 1] - first, -1) + 1) * LANES;
            double c0 = p0 * others[k];
            double c1 = p1 * others[k + 1];
            double c2 = p2 * others[k + 2];
            double c3 = p3 * others[k + 3];
            weights[i] = p0 - c0;
            weights[i + 1] = p1 - c1;
            weights[i + 2] = p2 - c2;
            weights[i + 3] = p3 - c3;
            weights[j] = c0;
            weights[j + 1] = c1;
            weights[j + 2] = c2;
            weights[j + 3] = c3;
        }
        for (int m = pairs; m < end; m++) {
            int k = (m - first) * LANES;
            parts[feature[m]] += weights[k + LANES] * slopes[k]
                    + weights[k + LANES + 1] * slopes[k + 1]
                    + (weights[k + LANES + 2] * slopes[k + 2] + weights[k + LANES + 3] * slopes[k + 3]);
        }
    }
}
