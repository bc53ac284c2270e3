package dev.tranche.inference.format.onnx;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Precision;
import dev.tranche.inference.tree.Rule;
import dev.tranche.inference.tree.Tree;
import dev.tranche.inference.tree.TreeBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Turns a table of ONNX nodes into trees of our own engine: one for each tree and each sum that its leaves
/// add to.
///
/// Our engine asks one question a precision, ONNX four; they are the same questions of neighbouring numbers.
/// In float, where ours is `x < t`: `x <= t` is `x < t⁺` with `t⁺` the next larger float, and `x >= t` and `x
/// > t` are their opposites, sides exchanged. In double, where ours is `x <= t`: `x < t` is `x <= t⁻`. That
/// holds for every number, infinities and zeros of both signs included, as long as `t` is finite. A missing
/// value is NaN and answers no to all four, or yes where the node tracks it. For one thread.
final class Branches {
    /// The most nodes of all trees together; a tree is counted once for each sum that its leaves add to.
    private static final long MOST_NODES = 1 << 24;

    private final TreeTable table;
    private final Precision precision;
    private final int features;
    private final int[] local;
    private final List<Tree> trees = new ArrayList<>();
    private final List<Integer> groups = new ArrayList<>();
    private long nodes;

    Branches(TreeTable table, Precision precision, int features) {
        this.table = table;
        this.precision = precision;
        this.features = features;
        local = new int[table.size()];
        Arrays.fill(local, -1);
        for (int root : table.roots) {
            add(root);
        }
    }

    List<Tree> trees() {
        return trees;
    }

    List<Integer> groups() {
        return groups;
    }

    /// Adds a tree that always answers the same: what is added behind the last tree.
    void constant(int group, double value) {
        TreeBuilder leaf = TreeBuilder.of(1);
        leaf.leaf(0, 0, value);
        trees.add(leaf.build(trees.size(), features));
        groups.add(group);
    }

    private void add(int root) {
        int[] order = reach(root);
        int[] targets = Arrays.stream(order)
                .mapToObj(node -> table.weights[node])
                .flatMap(Arrays::stream)
                .mapToInt(TreeTable.Weight::target)
                .sorted()
                .distinct()
                .toArray();
        nodes += (long) order.length * targets.length;
        if (nodes > MOST_NODES) {
            throw Unproven.because("the trees have more than " + MOST_NODES + " nodes");
        }
        for (int target : targets) {
            trees.add(tree(order, target));
            groups.add(target);
        }
    }

    /// The nodes of a tree, the root first; each is reached once.
    private int[] reach(int root) {
        int[] order = new int[16];
        int size = 0;
        order[size] = enter(root, size++);
        for (int i = 0; i < size; i++) {
            int node = order[i];
            if (table.mode[node] == Mode.LEAF) {
                checkLeaf(node);
                continue;
            }
            if (size + 2 > order.length) {
                order = Arrays.copyOf(order, order.length * 2);
            }
            order[size] = enter(table.yes[node], size++);
            order[size] = enter(table.no[node], size++);
        }
        return Arrays.copyOf(order, size);
    }

    private int enter(int node, int place) {
        if (local[node] >= 0) {
            throw Unproven.because("a node is reached twice");
        }
        local[node] = place;
        return node;
    }

    private void checkLeaf(int node) {
        TreeTable.Weight[] weights = table.weights[node];
        long targets = Arrays.stream(weights)
                .mapToInt(TreeTable.Weight::target)
                .distinct()
                .count();
        if (weights.length == 0 || targets < weights.length) {
            throw Unproven.because("a leaf has no weight, or two for the same target");
        }
    }

    private Tree tree(int[] order, int target) {
        TreeBuilder tree = TreeBuilder.of(order.length);
        int leaves = 0;
        for (int i = 0; i < order.length; i++) {
            int node = order[i];
            if (table.mode[node] == Mode.LEAF) {
                tree.leaf(i, leaves++, weight(node, target));
            } else {
                split(tree, i, node);
            }
        }
        try {
            return tree.build(trees.size(), features);
        } catch (ArtifactException broken) {
            throw Unproven.because(String.valueOf(broken.getMessage()));
        }
    }

    private double weight(int leaf, int target) {
        for (TreeTable.Weight weight : table.weights[leaf]) {
            if (weight.target() == target) {
                return weight.value();
            }
        }
        return 0;
    }

    private void split(TreeBuilder tree, int place, int node) {
        double threshold = table.threshold[node];
        if (!Double.isFinite(threshold)) {
            throw Unproven.because("a threshold is not finite: " + threshold);
        }
        boolean exchanged = switch (table.mode[node]) {
            case LEQ, LT -> false;
            case GTE, GT -> true;
            case EQ, NEQ, MEMBER, LEAF -> throw Unproven.because("a node has the mode " + table.mode[node]);
        };
        boolean orEqual = table.mode[node] == Mode.LEQ || table.mode[node] == Mode.GT;
        int yes = local[table.yes[node]];
        int no = local[table.no[node]];
        switch (precision) {
            case FLOAT -> {
                float bound = (float) threshold;
                tree.split(
                        place,
                        table.feature[node],
                        Rule.LESS,
                        orEqual ? Math.nextUp(bound) : bound,
                        table.missingYes[node] != exchanged);
            }
            case DOUBLE ->
                tree.split(
                        place,
                        table.feature[node],
                        Rule.AT_MOST_EXACT,
                        orEqual ? threshold : Math.nextDown(threshold),
                        table.missingYes[node] != exchanged);
        }
        tree.children(place, exchanged ? no : yes, exchanged ? yes : no);
    }
}
