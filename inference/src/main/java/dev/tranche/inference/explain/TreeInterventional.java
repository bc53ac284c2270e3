package dev.tranche.inference.explain;

import dev.tranche.inference.Contributions;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.DeadlinePassedException;
import dev.tranche.inference.Explainer;
import dev.tranche.inference.tree.Ensemble;
import java.util.Optional;

/// Interventional TreeSHAP: the Shapley values of the inputs, when an unknown input is taken from the rows of
/// a background, each in turn.
///
/// Exact: for one background row and one leaf, the inputs on the path that only the applicant satisfies share
/// what is won, those that only the background row satisfies share what is lost (S. Lundberg et al., *From
/// local explanations to global understanding with explainable AI for trees*, Nature Machine Intelligence 2,
/// 2020, Algorithm 3). [CrowdWalk] does it for 64 background rows at once. The parts and the base, which is
/// the background's mean margin, add up to the margin. Immutable and safe for any number of threads.
public final class TreeInterventional implements Explainer {
    /// Splits times background rows that are kept in memory, one bit each: 64 MiB.
    private static final long MOST_BITS = 1L << 29;

    /// Trees between two looks at the deadline.
    private static final int BLOCK = 16;

    private final int inputs;
    private final double divisor;
    private final int[] groups;
    private final double[] base;
    private final PathTrees trees;
    private final Cuts cuts;
    private final Crowd crowd;
    private final String name;

    private TreeInterventional(Ensemble ensemble, Background background) {
        inputs = ensemble.inputNames().size();
        divisor = ensemble.divisor();
        groups = ensemble.groups().stream().mapToInt(Integer::intValue).toArray();
        cuts = Cuts.of(ensemble);
        trees = new PathTrees(ensemble, cuts);
        crowd = new Crowd(trees, cuts, background);
        name = background.name();
        base = new double[ensemble.start().size()];
        for (int t = 0; t < groups.length; t++) {
            base[groups[t]] += crowd.mean(ensemble.trees().get(t), background);
        }
        for (int margin = 0; margin < base.length; margin++) {
            base[margin] = (base[margin] + ensemble.start().get(margin)) / divisor;
        }
    }

    /// Why these trees cannot be compared with a background of this size; empty when they can.
    public static Optional<String> obstacle(Ensemble ensemble, int rows) {
        Optional<String> shape = Shapes.obstacle(ensemble);
        if (shape.isPresent()) {
            return shape;
        }
        long splits = ensemble.trees().stream().mapToLong(tree -> tree.size()).sum();
        return splits * rows > MOST_BITS
                ? Optional.of("a background of " + rows + " rows is too large for " + splits + " nodes: at most "
                        + MOST_BITS / splits + " rows")
                : Optional.empty();
    }

    /// The explainer of these trees against this background.
    ///
    /// @throws IllegalArgumentException with [#obstacle] when there is one, or when a row has another length
    public static TreeInterventional of(Ensemble ensemble, Background background) {
        obstacle(ensemble, background.size()).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        if (background.row(0).length != ensemble.inputNames().size()) {
            throw new IllegalArgumentException("a row of the background must have "
                    + ensemble.inputNames().size() + " values: " + background.row(0).length);
        }
        return new TreeInterventional(ensemble, background);
    }

    @Override
    public Contributions.Method method() {
        return Contributions.Method.TREE_INTERVENTIONAL;
    }

    @Override
    public String reference() {
        return name;
    }

    @Override
    public int margins() {
        return base.length;
    }

    @Override
    public double base(int margin) {
        return base[margin];
    }

    @Override
    public double[] parts(double[] vector, int margin, Deadline deadline) {
        if (vector.length != inputs) {
            throw new IllegalArgumentException("the vector must have " + inputs + " values: " + vector.length);
        }
        CrowdWalk walk = new CrowdWalk(trees, cuts, crowd, inputs);
        walk.row(vector);
        for (int t = 0; t < groups.length; t++) {
            if (t % BLOCK == 0 && deadline.passed()) {
                throw DeadlinePassedException.after(t, groups.length);
            }
            if (groups[t] == margin) {
                walk.add(t);
            }
        }
        return walk.parts(crowd.size() * divisor);
    }
}
