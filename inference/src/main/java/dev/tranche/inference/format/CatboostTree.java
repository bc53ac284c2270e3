package dev.tranche.inference.format;

import dev.tranche.inference.tree.Rule;
import dev.tranche.inference.tree.Tree;
import dev.tranche.inference.tree.TreeBuilder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One tree of a CatBoost file as nodes: an oblivious tree of depth d, which asks one question a level, is
/// written out with its 2^d leaves.
final class CatboostTree {
    /// CatBoost grows no deeper oblivious trees.
    private static final int DEEPEST = 16;

    /// A node; a leaf has values and no question.
    @SuppressWarnings("ArrayRecordComponent") // never leaves this file
    private record Node(
            CatboostFeatures.@Nullable Question question, int left, int right, double[] values, double weight) {}

    private final List<Node> nodes = new ArrayList<>();
    private int dimensions;

    private CatboostTree() {}

    /// How many values a leaf has.
    int dimensions() {
        return dimensions;
    }

    /// A tree that asks the same question on the whole level: bit `k` of a leaf's number is the answer to
    /// split `k`.
    static CatboostTree oblivious(Json.Struct file, String where, CatboostFeatures features) {
        JsonKeys keys = file.keys(where);
        List<CatboostFeatures.Question> levels = new ArrayList<>();
        for (Json split : CatboostFeatures.list(keys, "splits")) {
            levels.add(features.question(split.asStruct(where + ": split"), where + ": split " + levels.size()));
        }
        double[] values = keys.numbers("leaf_values");
        int leaves = 1 << Math.min(levels.size(), DEEPEST);
        if (levels.size() > DEEPEST || values.length == 0 || values.length % leaves != 0) {
            throw keys.wrong(
                    "leaf_values",
                    "must be a whole number of times 2^splits values, of at most " + DEEPEST + " splits: "
                            + values.length + " values, " + levels.size() + " splits");
        }
        double[] weights =
                CatboostFeatures.list(keys, "leaf_weights").isEmpty() ? new double[0] : keys.numbers("leaf_weights");
        if (weights.length != 0 && weights.length != leaves) {
            throw keys.wrong("leaf_weights", "must have " + leaves + " values: " + weights.length);
        }
        keys.done();
        CatboostTree tree = new CatboostTree();
        tree.dimensions = values.length / leaves;
        tree.level(levels, 0, 0, values, weights);
        return tree;
    }

    private int level(List<CatboostFeatures.Question> levels, int depth, int leaf, double[] values, double[] weights) {
        if (depth == levels.size()) {
            double[] own = java.util.Arrays.copyOfRange(values, leaf * dimensions, (leaf + 1) * dimensions);
            nodes.add(new Node(null, -1, -1, own, weights.length == 0 ? Double.NaN : weights[leaf]));
            return nodes.size() - 1;
        }
        int at = open();
        int left = level(levels, depth + 1, leaf, values, weights);
        int right = level(levels, depth + 1, leaf | 1 << depth, values, weights);
        close(at, levels.get(depth), left, right);
        return at;
    }

    /// A tree of nodes inside each other.
    static CatboostTree nested(Json.Struct file, String where, CatboostFeatures features) {
        CatboostTree tree = new CatboostTree();
        tree.node(file, where, features);
        return tree;
    }

    private int node(Json.Struct file, String where, CatboostFeatures features) {
        JsonKeys keys = file.keys(where);
        if (keys.has("value")) {
            double[] values = keys.need("value") instanceof Json.Items
                    ? keys.numbers("value")
                    : new double[] {keys.number("value")};
            double weight = keys.number("weight", Double.NaN);
            keys.done();
            if (values.length == 0 || (dimensions != 0 && dimensions != values.length)) {
                throw keys.wrong("value", "must have as many values in every leaf: " + values.length);
            }
            dimensions = values.length;
            nodes.add(new Node(null, -1, -1, values, weight));
            return nodes.size() - 1;
        }
        int at = open();
        CatboostFeatures.Question question = features.question(keys.struct("split"), where + ": split");
        int left = node(keys.struct("left"), where + ".left", features);
        int right = node(keys.struct("right"), where + ".right", features);
        keys.done();
        close(at, question, left, right);
        return at;
    }

    private int open() {
        nodes.add(new Node(null, -1, -1, new double[0], Double.NaN));
        return nodes.size() - 1;
    }

    private void close(int at, CatboostFeatures.Question question, int left, int right) {
        double weight = nodes.get(left).weight() + nodes.get(right).weight();
        nodes.set(at, new Node(question, left, right, new double[0], weight));
    }

    /// The tree of one dimension.
    Tree build(int number, int inputs, int dimension, double scale) {
        TreeBuilder tree = TreeBuilder.of(nodes.size());
        int leaf = 0;
        for (int at = 0; at < nodes.size(); at++) {
            Node node = nodes.get(at);
            tree.cover(at, node.weight());
            switch (node.question()) {
                case null -> tree.leaf(at, leaf++, scale * node.values()[dimension]);
                case CatboostFeatures.Question.Above above -> {
                    // x > border goes right, so x < the next float goes left.
                    tree.split(at, above.input(), Rule.LESS, Math.nextUp(above.border()), above.missingBelow());
                    tree.children(at, node.left(), node.right());
                }
                case CatboostFeatures.Question.Equal equal -> {
                    BitSet set = new BitSet();
                    set.set(equal.code());
                    tree.splitSet(at, equal.input(), Rule.IN_SET_RIGHT, set, true);
                    tree.children(at, node.left(), node.right());
                }
            }
        }
        return tree.build(number, inputs);
    }
}
