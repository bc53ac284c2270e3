package dev.tranche.inference.explain;

import dev.tranche.inference.Contributions;
import dev.tranche.inference.Explainer;
import dev.tranche.inference.tree.Ensemble;
import dev.tranche.inference.tree.Tree;
import java.util.Optional;

/// Path-dependent TreeSHAP: the Shapley values of the inputs, when an unknown input is averaged over the training
/// data that reached each node.
///
/// S. Lundberg, G. Erion, S. Lee, *Consistent Individualized Feature Attribution for Tree Ensembles*, 2018
/// (arXiv 1802.03888), Algorithm 2; the same values as XGBoost's and LightGBM's `pred_contrib`, in double.
/// The parts and the bias add up to the margin. Cost: leaves times depth squared, some milliseconds for 500 trees of
/// depth 6, so it is asked for reasons, not for scores. Immutable and safe for any number of threads.
public final class TreeShap implements Explainer {
    /// The deepest tree that is explained: the memory of a walk grows with its square.
    private static final int DEEPEST = 256;

    private final Ensemble ensemble;
    private final double[] bias;
    private final int depth;

    private TreeShap(Ensemble ensemble, double[] bias, int depth) {
        this.ensemble = ensemble;
        this.bias = bias;
        this.depth = depth;
    }

    /// The explainer of a model with one margin; empty where [#of] would refuse.
    public static Optional<Explainer> explainer(Ensemble ensemble) {
        return ensemble.start().size() == 1 && obstacle(ensemble).isEmpty()
                ? Optional.of(of(ensemble))
                : Optional.empty();
    }

    /// The explainer of these trees.
    ///
    /// @throws IllegalArgumentException when a tree has linear leaves, names no counts, or is deeper than 256
    public static TreeShap of(Ensemble ensemble) {
        obstacle(ensemble).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        double[] bias = new double[ensemble.start().size()];
        int depth = 0;
        for (int t = 0; t < ensemble.trees().size(); t++) {
            Tree tree = ensemble.trees().get(t);
            depth = Math.max(depth, tree.depth());
            bias[ensemble.groups().get(t)] += mean(tree, 0) / ensemble.divisor();
        }
        for (int margin = 0; margin < bias.length; margin++) {
            bias[margin] += ensemble.start().get(margin) / ensemble.divisor();
        }
        return new TreeShap(ensemble, bias, depth);
    }

    private static Optional<String> obstacle(Ensemble ensemble) {
        if (ensemble.linear()) {
            return Optional.of("trees with linear leaves have no TreeSHAP");
        }
        for (Tree tree : ensemble.trees()) {
            if (tree.depth() > DEEPEST) {
                return Optional.of("a tree must be at most " + DEEPEST + " deep to be explained: " + tree.depth());
            }
            if (tree.depth() > 0 && !(tree.cover(0) > 0)) {
                return Optional.of("a tree must say how much data reached its nodes: " + tree.cover(0));
            }
        }
        return Optional.empty();
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
        double cover = tree.cover(node);
        return cover > 0 ? tree.cover(child) / cover : 0;
    }

    @Override
    public Contributions.Method method() {
        return Contributions.Method.TREE_PATH;
    }

    @Override
    public double[] parts(double[] vector) {
        double[] all = contributions(vector, 0);
        return java.util.Arrays.copyOf(all, all.length - 1);
    }

    /// The part of each input in one margin, and the bias behind them.
    ///
    /// @param margin which margin, from 0
    /// @throws IllegalArgumentException when the vector has another length than there are inputs
    public double[] contributions(double[] vector, int margin) {
        int inputs = ensemble.inputNames().size();
        if (vector.length != inputs) {
            throw new IllegalArgumentException("the vector must have " + inputs + " values: " + vector.length);
        }
        double[] parts = new double[inputs + 1];
        ShapPath path = new ShapPath(depth, vector, parts);
        for (int t = 0; t < ensemble.trees().size(); t++) {
            if (ensemble.groups().get(t) == margin && ensemble.trees().get(t).depth() > 0) {
                path.explain(ensemble.trees().get(t));
            }
        }
        for (int i = 0; i < inputs; i++) {
            parts[i] /= ensemble.divisor();
        }
        parts[inputs] = bias[margin];
        return parts;
    }
}
