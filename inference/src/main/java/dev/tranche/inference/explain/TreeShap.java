package dev.tranche.inference.explain;

import dev.tranche.inference.Contributions;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.DeadlinePassedException;
import dev.tranche.inference.Explainer;
import dev.tranche.inference.tree.Ensemble;
import dev.tranche.inference.tree.Tree;
import java.util.Arrays;
import java.util.Optional;

/// Path-dependent TreeSHAP: the Shapley values of the inputs, when an unknown input is averaged over the training
/// data that reached each node.
///
/// The values of S. Lundberg, G. Erion, S. Lee, *Consistent Individualized Feature Attribution for Tree Ensembles*,
/// 2018
/// (arXiv 1802.03888), Algorithm 2, the same as XGBoost's and LightGBM's `pred_contrib`, in double, computed by
/// [PathWalk] in time linear in the splits. The parts and the bias add up to the margin.
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

    private final int inputs;
    private final double divisor;
    private final int[] groups;
    private final double[] bias;
    private final PathTrees trees;
    private final Cuts cuts;
    private final Quadrature[] rules;

    private TreeShap(Ensemble ensemble, Cuts cuts, PathTrees trees) {
        inputs = ensemble.inputNames().size();
        divisor = ensemble.divisor();
        groups = ensemble.groups().stream().mapToInt(Integer::intValue).toArray();
        this.cuts = cuts;
        this.trees = trees;
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
        Cuts cuts = Cuts.of(ensemble);
        return new TreeShap(ensemble, cuts, new PathTrees(ensemble, cuts));
    }

    /// Why these trees cannot be explained by the path: linear leaves, no counts of data, deeper than 1024 or more than
    /// 256 different features on the way to a leaf; empty when they can.
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
        return bias.length;
    }

    @Override
    public double base(int margin) {
        return bias[margin];
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
        return new Walk(this);
    }

    /// The memory of an explanation, used again and again by one thread.
    public static final class Walk {
        private final TreeShap shap;
        private final PathWalk path;

        private Walk(TreeShap shap) {
            this.shap = shap;
            path = new PathWalk(shap.trees, shap.cuts, shap.rules);
        }

        /// Writes the part of each input in one margin and the bias behind them; allocates nothing.
        ///
        /// @param vector as many values as there are inputs
        /// @param all as many places as there are inputs and one more
        /// @throws IllegalArgumentException when an array has another length
        public void contributions(double[] vector, int margin, double[] all) {
            if (all.length != shap.inputs + 1) {
                throw new IllegalArgumentException(
                        "the parts and the bias need " + (shap.inputs + 1) + " places: " + all.length);
            }
            parts(vector, margin, all, Deadline.NONE);
            all[shap.inputs] = shap.bias[margin];
        }

        void parts(double[] vector, int margin, double[] parts, Deadline deadline) {
            if (vector.length != shap.inputs) {
                throw new IllegalArgumentException("the vector must have " + shap.inputs + " values: " + vector.length);
            }
            Arrays.fill(parts, 0);
            path.row(vector);
            for (int t = 0; t < shap.groups.length; t++) {
                if (t % BLOCK == 0 && deadline.passed()) {
                    throw DeadlinePassedException.after(t, shap.groups.length);
                }
                if (shap.groups[t] == margin) {
                    path.add(t, parts);
                }
            }
            for (int i = 0; i < shap.inputs; i++) {
                parts[i] /= shap.divisor;
            }
        }
    }
}
