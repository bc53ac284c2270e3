package dev.tranche.inference.tree;

import dev.tranche.inference.ArtifactException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Collects the nodes of one tree from a file and proves it sound before it is walked.
///
/// Unsound is refused as an [ArtifactException]: a child outside the tree, a node reached twice (a cycle), a
/// feature outside the row, a split without its set. Nodes no path reaches are allowed: XGBoost keeps deleted
/// ones. For one thread.
public final class TreeBuilder {
    private static final BitSet NO_CODES = new BitSet(0);

    private final Nodes nodes;
    private List<LinearLeaf> linear = List.of();

    /// The columns of a tree's node table; a leaf has left -1 and its value where a split has its threshold.
    static final class Nodes {
        final int[] left;
        final int[] right;
        final int[] feature;
        final int[] leaf;
        final double[] value;
        final double[] cover;
        final boolean[] missingLeft;
        final Rule[] rule;
        final BitSet[] codes;

        Nodes(int size) {
            left = new int[size];
            right = new int[size];
            feature = new int[size];
            leaf = new int[size];
            value = new double[size];
            cover = new double[size];
            missingLeft = new boolean[size];
            rule = new Rule[size];
            codes = new BitSet[size];
            Arrays.fill(rule, Rule.LESS);
            Arrays.fill(codes, NO_CODES);
            Arrays.fill(cover, Double.NaN);
            Arrays.fill(left, -1);
            Arrays.fill(leaf, -1);
        }

        private Nodes(Nodes other, double[] value) {
            left = other.left;
            right = other.right;
            feature = other.feature;
            leaf = other.leaf;
            this.value = value;
            cover = other.cover;
            missingLeft = other.missingLeft;
            rule = other.rule;
            codes = other.codes;
        }

        Nodes scaled(float weight) {
            double[] scaled = value.clone();
            for (int node = 0; node < scaled.length; node++) {
                if (left[node] < 0) {
                    scaled[node] = (float) scaled[node] * weight;
                }
            }
            return new Nodes(this, scaled);
        }
    }

    private TreeBuilder(int size) {
        nodes = new Nodes(size);
    }

    /// A tree of `size` nodes, at least 1.
    public static TreeBuilder of(int size) {
        if (size < 1) {
            throw ArtifactException.of("model_tree_empty", "a tree must have at least 1 node: " + size);
        }
        return new TreeBuilder(size);
    }

    /// Makes the node a split on a threshold.
    public void split(int node, int feature, Rule rule, double threshold, boolean missingLeft) {
        nodes.feature[node] = feature;
        nodes.rule[node] = rule;
        nodes.value[node] = threshold;
        nodes.missingLeft[node] = missingLeft;
    }

    /// Makes the node a split on a set of category codes.
    public void splitSet(int node, int feature, Rule rule, BitSet codes, boolean missingLeft) {
        nodes.feature[node] = feature;
        nodes.rule[node] = rule;
        nodes.codes[node] = codes;
        nodes.missingLeft[node] = missingLeft;
    }

    /// The children of a split.
    public void children(int node, int left, int right) {
        nodes.left[node] = left;
        nodes.right[node] = right;
    }

    /// Makes the node the leaf of this number.
    public void leaf(int node, int number, double value) {
        nodes.leaf[node] = number;
        nodes.value[node] = value;
    }

    /// How much training data reached the node.
    public void cover(int node, double cover) {
        nodes.cover[node] = cover;
    }

    /// The regressions of a linear tree's leaves, by leaf number.
    public void linear(List<LinearLeaf> leaves) {
        linear = List.copyOf(leaves);
    }

    /// The tree.
    ///
    /// @param number its place in the file, for the message of a refusal
    /// @param features the length of a row
    public Tree build(int number, int features) {
        int size = nodes.left.length;
        BitSet seen = new BitSet(size);
        int[] queue = new int[size];
        int[] depth = new int[size];
        int tail = 1;
        int leaves = 0;
        long depths = 0;
        int ends = 0;
        int deepest = 0;
        seen.set(0);
        for (int head = 0; head < tail; head++) {
            int node = queue[head];
            if (nodes.left[node] < 0) {
                if (nodes.leaf[node] < 0) {
                    throw broken(number, node, "is neither a split nor a leaf");
                }
                leaves = Math.max(leaves, nodes.leaf[node] + 1);
                deepest = Math.max(deepest, depth[node]);
                depths += depth[node];
                ends++;
                continue;
            }
            if (nodes.feature[node] < 0 || nodes.feature[node] >= features) {
                throw broken(
                        number, node, "asks for feature " + nodes.feature[node] + ", allowed 0.." + (features - 1));
            }
            if (!nodes.rule[node].categorical() && nodes.rule[node] != Rule.LESS && Double.isNaN(nodes.value[node])) {
                throw broken(number, node, "has the threshold NaN, allowed is a number");
            }
            for (int side = 0; side < 2; side++) {
                int child = side == 0 ? nodes.left[node] : nodes.right[node];
                if (child < 0 || child >= size) {
                    throw broken(number, node, "has the child " + child + ", allowed 0.." + (size - 1));
                }
                if (seen.get(child)) {
                    throw broken(number, node, "leads to node " + child + ", which another path reaches too");
                }
                seen.set(child);
                depth[child] = depth[node] + 1;
                queue[tail++] = child;
            }
        }
        for (int node = seen.nextClearBit(0); node < size; node = seen.nextClearBit(node + 1)) {
            nodes.left[node] = -1;
        }
        return new Tree(nodes, leaves, deepest, depths / (double) ends, linear);
    }

    private static ArtifactException broken(int tree, int node, String what) {
        return ArtifactException.of("model_tree_broken", "tree " + tree + ", node " + node + " " + what);
    }
}
