package dev.tranche.inference.explain;

import dev.tranche.inference.tree.Ensemble;
import dev.tranche.inference.tree.Tree;
import java.util.Optional;

/// What every explanation of trees asks of their shape.
final class Shapes {
    private Shapes() {}

    /// Why trees of this shape cannot be explained; empty when they can.
    static Optional<String> obstacle(Ensemble ensemble) {
        if (ensemble.linear()) {
            return Optional.of("trees with linear leaves have no TreeSHAP: a leaf is no constant");
        }
        for (Tree tree : ensemble.trees()) {
            if (tree.depth() > TreeShap.DEEPEST) {
                return Optional.of(
                        "a tree must be at most " + TreeShap.DEEPEST + " deep to be explained: " + tree.depth());
            }
        }
        int features = ensemble.inputNames().size();
        if (features > TreeShap.WIDEST) {
            return widest(ensemble);
        }
        return Optional.empty();
    }

    private static Optional<String> widest(Ensemble ensemble) {
        for (Tree tree : ensemble.trees()) {
            if (tree.depth() > TreeShap.WIDEST) {
                return Optional.of("a tree over more than " + TreeShap.WIDEST + " inputs must be at most "
                        + TreeShap.WIDEST + " deep to be explained: " + tree.depth());
            }
        }
        return Optional.empty();
    }
}
