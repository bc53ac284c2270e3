package dev.tranche.inference.tree;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;

/// Random trees and rows for laws: few distinct values, so that rows often sit exactly on a threshold.
public final class RandomForests {
    /// The length of a row.
    public static final int FEATURES = 6;
    private static final double[] VALUES = {
        Double.NaN,
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.5,
        1e-36,
        -1e-36,
        1e-35,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        3.0,
        2.7,
        -0.5,
        16777214,
        16777216,
        1e300,
        Float.MIN_VALUE,
        0.1,
        (float) 0.1
    };

    private RandomForests() {}

    /// Trees of one family: XGBoost's rules or LightGBM's.
    public static List<Tree> trees(RandomGenerator random, int count, int deepest, boolean xgboost) {
        List<Tree> trees = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            trees.add(tree(random, random.nextInt(deepest + 1), xgboost));
        }
        return trees;
    }

    private static Tree tree(RandomGenerator random, int depth, boolean xgboost) {
        List<int[]> shape = new ArrayList<>();
        grow(random, shape, depth);
        TreeBuilder builder = TreeBuilder.of(shape.size());
        int leaves = 0;
        int[] cover = new int[shape.size()];
        for (int node = shape.size() - 1; node >= 0; node--) {
            int[] children = shape.get(node);
            cover[node] = children[0] < 0 ? 1 + random.nextInt(100) : cover[children[0]] + cover[children[1]];
            builder.cover(node, cover[node]);
        }
        for (int node = 0; node < shape.size(); node++) {
            int[] children = shape.get(node);
            if (children[0] < 0) {
                builder.leaf(node, leaves++, (float) random.nextGaussian());
            } else {
                builder.children(node, children[0], children[1]);
                split(random, builder, node, xgboost);
            }
        }
        return builder.build(0, FEATURES);
    }

    private static int grow(RandomGenerator random, List<int[]> shape, int depth) {
        int node = shape.size();
        shape.add(new int[] {-1, -1});
        if (depth > 0 && random.nextInt(8) > 0) {
            int left = grow(random, shape, depth - 1);
            int right = grow(random, shape, random.nextBoolean() ? depth - 1 : 0);
            shape.set(node, new int[] {left, right});
        }
        return node;
    }

    private static void split(RandomGenerator random, TreeBuilder builder, int node, boolean xgboost) {
        int feature = random.nextInt(FEATURES);
        boolean missingLeft = random.nextBoolean();
        if (feature == FEATURES - 1) {
            BitSet codes = new BitSet();
            for (int i = random.nextInt(5); i >= 0; i--) {
                codes.set(random.nextInt(70));
            }
            builder.splitSet(
                    node, feature, xgboost ? Rule.IN_SET_RIGHT : Rule.IN_SET_LEFT, codes, xgboost && missingLeft);
            return;
        }
        Rule[] numeric = {Rule.AT_MOST, Rule.AT_MOST_MISSING_AS_ZERO, Rule.AT_MOST_ZERO_MISSING, Rule.AT_MOST_EXACT};
        Rule rule = xgboost ? Rule.LESS : numeric[feature % 4];
        double threshold = value(random);
        builder.split(node, feature, rule, Double.isNaN(threshold) && !xgboost ? 0 : threshold, missingLeft);
    }

    static double value(RandomGenerator random) {
        return random.nextInt(3) == 0 ? random.nextGaussian() : VALUES[random.nextInt(VALUES.length)];
    }

    /// A row with unusual values.
    public static double[] row(RandomGenerator random) {
        double[] row = new double[FEATURES];
        for (int i = 0; i < FEATURES; i++) {
            row[i] = value(random);
        }
        if (random.nextBoolean()) {
            row[FEATURES - 1] = random.nextInt(-2, 75) + (random.nextBoolean() ? 0 : 0.5);
        }
        return row;
    }

    /// Rows one after the other, some of their values thresholds of these trees.
    static double[] rows(RandomGenerator random, int rows, List<Tree> trees) {
        double[] vectors = new double[rows * FEATURES];
        for (int r = 0; r < rows; r++) {
            double[] row = row(random);
            Tree tree = trees.get(random.nextInt(trees.size()));
            int node = random.nextInt(tree.size());
            if (!tree.isLeaf(node) && !tree.rule(node).categorical()) {
                row[tree.feature(node)] = tree.threshold(node);
            }
            System.arraycopy(row, 0, vectors, r * FEATURES, FEATURES);
        }
        return vectors;
    }

    /// A row on each threshold of these trees and on both sides of it, in floats and in doubles; and for a
    /// set of codes a row on each end of each run of codes.
    static List<double[]> beside(RandomGenerator random, List<Tree> trees) {
        List<double[]> rows = new ArrayList<>();
        for (Tree tree : trees) {
            for (int node = 0; node < tree.size(); node++) {
                if (tree.isLeaf(node)) {
                    continue;
                }
                for (double value : around(tree, node)) {
                    double[] row = row(random);
                    row[tree.feature(node)] = value;
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private static double[] around(Tree tree, int node) {
        if (tree.rule(node).categorical()) {
            int first = tree.codes(node).nextSetBit(0);
            int end = tree.codes(node).length();
            return new double[] {first - 1, first, first + 0.9, end - 1, end, end + 1, -0.5, 1e9, 3e9, -3e9};
        }
        double at = tree.threshold(node);
        float near = (float) at;
        return new double[] {
            at, Math.nextUp(at), Math.nextDown(at), near, Math.nextUp(near), Math.nextDown(near), -at, -near, 0.0, -0.0
        };
    }
}
