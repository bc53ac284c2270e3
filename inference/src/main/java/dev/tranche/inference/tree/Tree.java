package dev.tranche.inference.tree;

import java.util.BitSet;
import java.util.List;

/// One decision tree as its file tells it: the readable form from which kernels are compiled and explained.
///
/// Nodes are numbered from the root, 0. A node is a leaf or a split with two children; a leaf has a number of
/// its own, in the order of the file. Built by [TreeBuilder], which proves that every path from the root ends
/// in a leaf. Immutable and safe for any number of threads.
public final class Tree {
    private final TreeBuilder.Nodes nodes;
    private final int leaves;
    private final int depth;
    private final double meanLeafDepth;
    private final List<LinearLeaf> linear;

    Tree(TreeBuilder.Nodes nodes, int leaves, int depth, double meanLeafDepth, List<LinearLeaf> linear) {
        this.nodes = nodes;
        this.leaves = leaves;
        this.depth = depth;
        this.meanLeafDepth = meanLeafDepth;
        this.linear = linear;
    }

    /// How many nodes the file lists, deleted ones included.
    public int size() {
        return nodes.left.length;
    }

    /// How many leaf numbers there are.
    public int leaves() {
        return leaves;
    }

    /// The splits on the longest path.
    public int depth() {
        return depth;
    }

    /// The splits above a leaf, averaged over the leaves.
    double meanLeafDepth() {
        return meanLeafDepth;
    }

    /// Whether the node is a leaf.
    public boolean isLeaf(int node) {
        return nodes.left[node] < 0;
    }

    /// The left child of a split.
    public int left(int node) {
        return nodes.left[node];
    }

    /// The right child of a split.
    public int right(int node) {
        return nodes.right[node];
    }

    /// The position of the value a split asks about.
    public int feature(int node) {
        return nodes.feature[node];
    }

    /// The number of a leaf.
    public int leaf(int node) {
        return nodes.leaf[node];
    }

    /// The value of a leaf.
    public double value(int node) {
        return nodes.value[node];
    }

    /// How much of the training data reached the node (rows, or the sum of their second derivatives); NaN
    /// unknown.
    public double cover(int node) {
        return nodes.cover[node];
    }

    /// Whether a row goes left at a split.
    public boolean goesLeft(int node, double[] row) {
        Rule rule = rule(node);
        double x = row[nodes.feature[node]];
        return rule.categorical()
                ? rule.left(x, codes(node), nodes.missingLeft[node])
                : rule.left(x, nodes.value[node], nodes.missingLeft[node]);
    }

    /// The leaf node a row ends in.
    public int find(double[] row) {
        int node = 0;
        while (!isLeaf(node)) {
            node = goesLeft(node, row) ? left(node) : right(node);
        }
        return node;
    }

    /// The tree whose leaves answer this many times as much, in float: a tree of a DART booster.
    public Tree scaled(float weight) {
        return new Tree(nodes.scaled(weight), leaves, depth, meanLeafDepth, linear);
    }

    /// The question of a split.
    public Rule rule(int node) {
        return nodes.rule[node];
    }

    /// Whether a missing value goes left at a split whose rule asks for it.
    public boolean missingLeft(int node) {
        return nodes.missingLeft[node];
    }

    /// The threshold of a numeric split.
    public double threshold(int node) {
        return nodes.value[node];
    }

    /// The codes of a split on a set; empty for a numeric split.
    public BitSet codes(int node) {
        return nodes.codes[node];
    }

    /// What the leaves of a linear tree add, by leaf number; empty for an ordinary tree.
    List<LinearLeaf> linear() {
        return linear;
    }
}
