package dev.tranche.inference.explain;

import dev.tranche.inference.Contributions;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.DeadlinePassedException;
import dev.tranche.inference.Explainer;
import dev.tranche.inference.tree.Ensemble;
import dev.tranche.inference.tree.Tree;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Path-dependent TreeSHAP: the Shapley values of the inputs, when an unknown input is averaged over the
/// training data that reached each node.
///
/// The values of S. Lundberg, G. Erion, S. Lee, *Consistent Individualized Feature Attribution for Tree
/// Ensembles*, 2018 (arXiv 1802.03888), Algorithm 2, the same as XGBoost's and LightGBM's `pred_contrib`, in
/// double, computed by [PathWalk] in time linear in the splits. The parts and the bias add up to the margin.
///
/// ```java
/// TreeShap.Walk walk = TreeShap.of(ensemble).walk();
/// walk.contributions(vector, 0, parts); // as often as needed, by one thread, without allocation
/// ```
///
/// Immutable and safe for any number of threads, but for its walks.
public final class TreeShap implements Explainer {
    /// The deepest tree that is explained: a file may hold any shape, and time must stay bounded.
    static final int DEEPEST = 1024;

    /// Most different features on one path: 32 passes over a tree.
    static final int WIDEST = 256;

    /// Trees between two looks at the deadline: some 20 µs of work.
    private static final int BLOCK = 64;

    private final Ensemble ensemble;
    private final int inputs;
    private final int margins;

    /// Laid out when it is first asked for: a model that never refuses anybody pays nothing for its reasons.
    /// Two threads that ask first at once lay out the same twice.
    private volatile @Nullable Laid laid;

    private TreeShap(Ensemble ensemble) {
        this.ensemble = ensemble;
        inputs = ensemble.inputNames().size();
        margins = ensemble.start().size();
    }

    /// The trees as a walk needs them.
    private static final class Laid {
        private final double divisor;
        private final int[] groups;
        private final double[] bias;
        private final PathTrees trees;
        private final Cuts cuts;
        private final Quadrature[] rules;

        Laid(Ensemble ensemble) {
            divisor = ensemble.divisor();
            groups = ensemble.groups().stream().mapToInt(Integer::intValue).toArray();
            cuts = Cuts.of(ensemble);
            trees = new PathTrees(ensemble, cuts);
            bias = new double[ensemble.start().size()];
            for (int t = 0; t < groups.length; t++) {
                bias[groups[t]] += trees.mean[t];
            }
            for (int margin = 0; margin < bias.length; margin++) {
                bias[margin] = (bias[margin] + ensemble.start().get(margin)) / divisor;
            }
            int most = 1;
            for (int features : trees.features) {
                most = Math.max(most, PathWalk.passes(features));
            }
            rules = new Quadrature[most + 1];
            for (int passes = 1; passes <= most; passes++) {
                rules[passes] = Quadrature.of(passes * PathWalk.LANES);
            }
        }
    }

    private Laid laid() {
        Laid known = laid;
        if (known == null) {
            known = new Laid(ensemble);
            laid = known;
        }
        return known;
    }

    /// The explainer of these trees; empty where [#of] would refuse.
    public static Optional<Explainer> explainer(Ensemble ensemble) {
        return obstacle(ensemble).isEmpty() ? Optional.of(of(ensemble)) : Optional.empty();
    }

    /// The explainer of these trees.
    ///
    /// @throws IllegalArgumentException with [#obstacle], when there is one
    public static TreeShap of(Ensemble ensemble) {
        obstacle(ensemble).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        return new TreeShap(ensemble);
    }

    /// Why these trees cannot be explained by the path: linear leaves, no counts of data, deeper than 1024 or
    /// more than 256 different features on the way to a leaf; empty when they can.
    public static Optional<String> obstacle(Ensemble ensemble) {
        Optional<String> shape = Shapes.obstacle(ensemble);
        if (shape.isPresent()) {
            return shape;
        }
        for (Tree tree : ensemble.trees()) {
            for (int node = 0; tree.depth() > 0 && node < tree.size(); node++) {
                if (!tree.isLeaf(node)) {
                    double left = tree.cover(tree.left(node));
                    double right = tree.cover(tree.right(node));
                    if (!(left >= 0 && right >= 0 && left + right < Double.POSITIVE_INFINITY)) {
                        return Optional.of("a tree must say how much data reached its nodes: " + left + ", " + right);
                    }
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public Contributions.Method method() {
        return Contributions.Method.TREE_PATH;
    }

    @Override
    public String reference() {
        return "training sample, by the cover of the trees";
    }

    @Override
    public int margins() {
        return margins;
    }

    @Override
    public double base(int margin) {
        return laid().bias[margin];
    }

    @Override
    public double[] parts(double[] vector, int margin, Deadline deadline) {
        double[] parts = new double[inputs];
        walk().parts(vector, margin, parts, deadline);
        return parts;
    }

    /// The part of each input in one margin, and the bias behind them.
    ///
    /// @param margin which margin, from 0
    /// @throws IllegalArgumentException when the vector has another length than there are inputs
    public double[] contributions(double[] vector, int margin) {
        double[] all = new double[inputs + 1];
        walk().contributions(vector, margin, all);
        return all;
    }

    /// A walk for one thread.
    public Walk walk() {
        return new Walk(inputs, laid());
    }

    /// The memory of an explanation, used again and again by one thread.
    public static final class Walk {
        private final int inputs;
        private final Laid laid;
        private final PathWalk path;

        private Walk(int inputs, Laid laid) {
            this.inputs = inputs;
            this.laid = laid;
            path = new PathWalk(laid.trees, laid.cuts, laid.rules);
        }

        /// Writes the part of each input in one margin and the bias behind them; allocates nothing.
        ///
        /// @param vector as many values as there are inputs
        /// @param all as many places as there are inputs and one more
        /// @throws IllegalArgumentException when an array has another length
        public void contributions(double[] vector, int margin, double[] all) {
            if (all.length != inputs + 1) {
                throw new IllegalArgumentException(
                        "the parts and the bias need " + (inputs + 1) + " places: " + all.length);
            }
            parts(vector, margin, all, Deadline.NONE);
            all[inputs] = laid.bias[margin];
        }

        void parts(double[] vector, int margin, double[] parts, Deadline deadline) {
            if (vector.length != inputs) {
                throw new IllegalArgumentException("the vector must have " + inputs + " values: " + vector.length);
            }
            Arrays.fill(parts, 0);
            path.row(vector);
            for (int t = 0; t < laid.groups.length; t++) {
                if (t % BLOCK == 0 && deadline.passed()) {
                    throw DeadlinePassedException.after(t, laid.groups.length);
                }
                if (laid.groups[t] == margin) {
                    path.add(t, parts);
                }
            }
            for (int i = 0; i < inputs; i++) {
                parts[i] /= laid.divisor;
            }
        }
    }
}
