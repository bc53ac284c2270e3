package dev.tranche.inference.explain;

import java.util.Arrays;

/// The kernel of path-dependent TreeSHAP: Shapley values as derivatives of a polynomial, in time linear in the splits.
///
/// **Idea.** Let every input be known with the same chance `x`, each on its own, and let `F(x)` be the expected answer
/// of
/// a tree that goes on by the value where the input is known and by the share of the data where it is not. The Shapley
/// value of input `i` is the derivative of `F` after the chance of `i` alone, integrated over `x` from 0 to 1 (G. Owen,
/// *Multilinear extensions of games*, Management Science 18, 1972). For a tree the integrand is a polynomial whose
/// degree
/// is below the number of different inputs on a path, so the Gauss–Legendre rule with half as many points is exact, and
/// the derivative is one sweep up the tree (values) and one down (derivatives), as in any backpropagation.
///
/// **One split.** Let `h` and `c` be the values of the side the row takes and of the other, `s` the share of the data
/// on
/// the other side. The row is known to have come here, so a split further up on the same input, passed by the share `z`
/// of the data, makes it more likely that the input is known: it is unknown with chance `u = z(1-x) / (x + z(1-x))`
/// (Bayes). Then `value = h - u·s·(h - c)`, and the derivative after the chance of this input is
/// `s·z·(h - c) / (x + z(1-x))²` times the derivative of the tree after this value. With no such split `z` is 1; where
/// the row has left its own path at one, the input is surely unknown: `u` is 1 and the derivative 0.
///
/// **Cost.** About twelve operations for each split and point, no division but at repeated inputs, no allocation, no
/// memory beyond the tree's own. All weights are within 0..1, so nothing cancels, unlike the unwinding of Algorithm 2.
/// Four points are taken in one pass, in registers: enough for eight different inputs on a path; further points take
/// further passes. Against Fast TreeSHAP v2 (J. Yang, arXiv 2109.09847) it needs no tables of size `leaves · 2^depth`,
/// against Linear TreeSHAP (P. Yu et al., 2022) no division by polynomials at Chebyshev points.
/// Measured by `tranche bench inference`. For one thread.
final class PathWalk {
    /// Points in one pass.
    static final int LANES = 4;

    private static final int DEAD = 2;
    private static final int LEFT = 1;

    private final PathTrees trees;
    private final Cuts cuts;
    private final Quadrature[] rules;
    private final int[] places;
    /// For each split of the tree at hand: bit 0 whether the row goes left, bit 1 whether an input of its name was left
    /// behind further up.
    private final byte[] way;
    private final double[] value;
    private final double[] slope;
    private final double[] other;
    private final double[] weight;

    PathWalk(PathTrees trees, Cuts cuts, Quadrature[] rules) {
        this.trees = trees;
        this.cuts = cuts;
        this.rules = rules;
        places = new int[cuts.scales()];
        way = new byte[trees.largest];
        value = new double[trees.largest * LANES];
        slope = new double[trees.largest * LANES];
        other = new double[trees.largest * LANES];
        weight = new double[trees.largest * LANES];
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
        Quadrature rule = rules[passes];
        for (int pass = 0; pass < passes; pass++) {
            up(first, end, rule, pass * LANES);
            down(first, end, parts);
        }
    }

    /// How many passes so many different features need.
    static int passes(int features) {
        return Math.max(1, (features + 2 * LANES - 1) / (2 * LANES));
    }

    private void ways(int first, int end) {
        int[] scale = trees.scale;
        int[] rank = trees.rank;
        int[] above = trees.above;
        for (int m = first; m < end; m++) {
            int to = places[scale[m]] <= rank[m] ? LEFT : 0;
            int up = above[m];
            if (up >= 0) {
                int before = way[(up >> 1) - first];
                if ((before & DEAD) != 0 || (before & LEFT) != (up & 1)) {
                    to |= DEAD;
                }
            }
            way[m - first] = (byte) to;
        }
    }

    /// From the leaves to the root: the value of each split at four points, and what a sweep down needs of it.
    private void up(int first, int end, Quadrature rule, int at) {
        double x0 = rule.point(at);
        double x1 = rule.point(at + 1);
        double x2 = rule.point(at + 2);
        double x3 = rule.point(at + 3);
        double w0 = rule.weight(at);
        double w1 = rule.weight(at + 1);
        double w2 = rule.weight(at + 2);
        double w3 = rule.weight(at + 3);
        double[] values = value;
        double[] slopes = slope;
        double[] others = other;
        double[] leaf = trees.value;
        for (int m = end - 1; m >= first; m--) {
            int to = way[m - first];
            boolean toLeft = (to & LEFT) != 0;
            int hot = toLeft ? trees.left[m] : trees.right[m];
            int cold = toLeft ? trees.right[m] : trees.left[m];
            double leftShare = trees.leftShare[m];
            double share = toLeft ? 1 - leftShare : leftShare;
            double h0;
            double h1;
            double h2;
            double h3;
            if (hot < 0) {
                h0 = leaf[~hot];
                h1 = h0;
                h2 = h0;
                h3 = h0;
            } else {
                int k = (hot - first) * LANES;
                h0 = values[k];
                h1 = values[k + 1];
                h2 = values[k + 2];
                h3 = values[k + 3];
            }
            double d0;
            double d1;
            double d2;
            double d3;
            if (cold < 0) {
                double c = leaf[~cold];
                d0 = h0 - c;
                d1 = h1 - c;
                d2 = h2 - c;
                d3 = h3 - c;
            } else {
                int k = (cold - first) * LANES;
                d0 = h0 - values[k];
                d1 = h1 - values[k + 1];
                d2 = h2 - values[k + 2];
                d3 = h3 - values[k + 3];
            }
            int k = (m - first) * LANES;
            double u0;
            double u1;
            double u2;
            double u3;
            if (to >= DEAD) {
                u0 = share;
                u1 = share;
                u2 = share;
                u3 = share;
                slopes[k] = 0;
                slopes[k + 1] = 0;
                slopes[k + 2] = 0;
                slopes[k + 3] = 0;
            } else if (trees.above[m] < 0) {
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
                double r0 = 1 / (x0 + z * (1 - x0));
                double r1 = 1 / (x1 + z * (1 - x1));
                double r2 = 1 / (x2 + z * (1 - x2));
                double r3 = 1 / (x3 + z * (1 - x3));
                double both = share * z;
                u0 = both * (1 - x0) * r0;
                u1 = both * (1 - x1) * r1;
                u2 = both * (1 - x2) * r2;
                u3 = both * (1 - x3) * r3;
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

    /// From the root to the leaves: how much the tree's value follows each split's, times the split's own slope.
    private void down(int first, int end, double[] parts) {
        double[] weights = weight;
        double[] slopes = slope;
        double[] others = other;
        Arrays.fill(weights, 0, LANES, 1);
        for (int m = first; m < end; m++) {
            int k = (m - first) * LANES;
            double p0 = weights[k];
            double p1 = weights[k + 1];
            double p2 = weights[k + 2];
            double p3 = weights[k + 3];
            parts[trees.feature[m]] += p0 * slopes[k] + p1 * slopes[k + 1] + (p2 * slopes[k + 2] + p3 * slopes[k + 3]);
            boolean toLeft = (way[m - first] & LEFT) != 0;
            int hot = toLeft ? trees.left[m] : trees.right[m];
            int cold = toLeft ? trees.right[m] : trees.left[m];
            double c0 = p0 * others[k];
            double c1 = p1 * others[k + 1];
            double c2 = p2 * others[k + 2];
            double c3 = p3 * others[k + 3];
            if (cold >= 0) {
                int j = (cold - first) * LANES;
                weights[j] = c0;
                weights[j + 1] = c1;
                weights[j + 2] = c2;
                weights[j + 3] = c3;
            }
            if (hot >= 0) {
                int j = (hot - first) * LANES;
                weights[j] = p0 - c0;
                weights[j + 1] = p1 - c1;
                weights[j + 2] = p2 - c2;
                weights[j + 3] = p3 - c3;
            }
        }
    }
}
