package dev.tranche.inference.explain;

import dev.tranche.inference.tree.Tree;

/// The unique features on the way to a node, with the weight of every number of them being known (Algorithm
/// 2's `m`).
///
/// Each level of the walk keeps its own copy in one flat array, so that a return needs no undo. For one
/// thread.
final class ShapPath {
    private final double[] row;
    private final double[] parts;
    private final int[] feature;
    /// The share of the data that goes the path's way when the feature is unknown.
    private final double[] zero;
    /// 1 when the row itself goes that way, else 0.
    private final double[] one;
    private final double[] weight;

    ShapPath(int depth, double[] row, double[] parts) {
        int size = (depth + 2) * (depth + 3) / 2;
        this.row = row;
        this.parts = parts;
        feature = new int[size];
        zero = new double[size];
        one = new double[size];
        weight = new double[size];
    }

    /// Adds what this tree says to the parts.
    void explain(Tree tree) {
        walk(tree, 0, 0, 0, 1, 1, -1);
    }

    private void walk(Tree tree, int node, int before, int length, double zeroShare, double oneShare, int asked) {
        int at = before + length;
        System.arraycopy(feature, before, feature, at, length);
        System.arraycopy(zero, before, zero, at, length);
        System.arraycopy(one, before, one, at, length);
        System.arraycopy(weight, before, weight, at, length);
        extend(at, length, zeroShare, oneShare, asked);
        int last = length;
        if (tree.isLeaf(node)) {
            for (int i = 1; i <= last; i++) {
                parts[feature[at + i]] += unwound(at, last, i) * (one[at + i] - zero[at + i]) * tree.value(node);
            }
            return;
        }
        int split = tree.feature(node);
        boolean left = tree.goesLeft(node, row);
        int hot = left ? tree.left(node) : tree.right(node);
        int cold = left ? tree.right(node) : tree.left(node);
        double knownZero = 1;
        double knownOne = 1;
        for (int i = 1; i <= last; i++) {
            if (feature[at + i] == split) {
                knownZero = zero[at + i];
                knownOne = one[at + i];
                unwind(at, last, i);
                last--;
                break;
            }
        }
        walk(tree, hot, at, last + 1, ReadableTreeShap.share(tree, hot, node) * knownZero, knownOne, split);
        walk(tree, cold, at, last + 1, ReadableTreeShap.share(tree, cold, node) * knownZero, 0, split);
    }

    private void extend(int at, int last, double zeroShare, double oneShare, int asked) {
        feature[at + last] = asked;
        zero[at + last] = zeroShare;
        one[at + last] = oneShare;
        weight[at + last] = last == 0 ? 1 : 0;
        for (int i = last - 1; i >= 0; i--) {
            weight[at + i + 1] += oneShare * weight[at + i] * (i + 1) / (last + 1);
            weight[at + i] = zeroShare * weight[at + i] * (last - i) / (last + 1);
        }
    }

    private void unwind(int at, int last, int which) {
        double oneShare = one[at + which];
        double zeroShare = zero[at + which];
        double next = weight[at + last];
        for (int i = last - 1; i >= 0; i--) {
            if (oneShare != 0) {
                double old = weight[at + i];
                weight[at + i] = next * (last + 1) / ((i + 1) * oneShare);
                next = old - weight[at + i] * zeroShare * (last - i) / (last + 1);
            } else {
                weight[at + i] = zeroShare == 0 ? 0 : weight[at + i] * (last + 1) / (zeroShare * (last - i));
            }
        }
        for (int i = which; i < last; i++) {
            feature[at + i] = feature[at + i + 1];
            zero[at + i] = zero[at + i + 1];
            one[at + i] = one[at + i + 1];
        }
    }

    /// The sum of the weights once this feature is taken off the path.
    private double unwound(int at, int last, int which) {
        double oneShare = one[at + which];
        double zeroShare = zero[at + which];
        double next = weight[at + last];
        double total = 0;
        for (int i = last - 1; i >= 0; i--) {
            if (oneShare != 0) {
                double part = next * (last + 1) / ((i + 1) * oneShare);
                total += part;
                next = weight[at + i] - part * zeroShare * (last - i) / (last + 1);
            } else if (zeroShare != 0) {
                total += weight[at + i] * (last + 1) / (zeroShare * (last - i));
            }
        }
        return total;
    }
}
