package dev.tranche.inference.explain;

import dev.tranche.inference.tree.Ensemble;
import dev.tranche.inference.tree.Tree;

/// Path-dependent TreeSHAP as it was published, the oracle of the fast one: S. Lundberg, G. Erion, S. Lee,
/// *Consistent Individualized Feature Attribution for Tree Ensembles*, 2018 (arXiv 1802.03888), Algorithm 2.
final class ReadableTreeShap {
    private final Ensemble ensemble;
    private final int depth;

    private ReadableTreeShap(Ensemble ensemble) {
        this.ensemble = ensemble;
        depth = ensemble.trees().stream().mapToInt(Tree::depth).max().orElse(0);
    }

    static ReadableTreeShap of(Ensemble ensemble) {
        return new ReadableTreeShap(ensemble);
    }

    private static double mean(Tree tree, int node) {
        if (tree.isLeaf(node)) {
            return tree.value(node);
        }
        int left = tree.left(node);
        int right = tree.right(node);
        return share(tree, left, node) * mean(tree, left) + share(tree, right, node) * mean(tree, right);
    }

    static double share(Tree tree, int child, int node) {
        double both = tree.cover(tree.left(node)) + tree.cover(tree.right(node));
        return both > 0 ? tree.cover(child) / both : 0.5;
    }

    /// The part of each input in one margin, and the bias behind them.
    double[] contributions(double[] vector, int margin) {
        int inputs = ensemble.inputNames().size();
        double[] parts = new double[inputs + 1];
        ShapPath path = new ShapPath(depth, vector, parts);
        double bias = ensemble.start().get(margin);
        for (int t = 0; t < ensemble.trees().size(); t++) {
            if (ensemble.groups().get(t) == margin) {
                Tree tree = ensemble.trees().get(t);
                bias += mean(tree, 0);
                if (tree.depth() > 0) {
                    path.explain(tree);
                }
            }
        }
        for (int i = 0; i < inputs; i++) {
            parts[i] /= ensemble.divisor();
        }
        parts[inputs] = bias / ensemble.divisor();
        return parts;
    }
}
