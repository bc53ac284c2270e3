package dev.tranche.inference.format.onnx;

import dev.tranche.inference.link.OnnxLink.Pair;
import dev.tranche.inference.link.OnnxLink.Transform;
import java.util.Arrays;

/// What one of the three operators computes from its leaves: how many sums, what is added to them at the end,
/// and how they become its outputs. The rules are those of `tree_ensemble_aggregator.h` of ONNX Runtime;
/// where they depend on more than the file, or answer with something nobody means, the operator is left to
/// ONNX Runtime.
///
/// @param table the trees
/// @param sums how many sums there are
/// @param outputs how many columns the operator makes of them
/// @param base what is added to each sum behind the last tree; empty for nothing
/// @param average whether the sums are divided by the number of trees
@SuppressWarnings("ArrayRecordComponent") // read once, then dropped
record Sums(TreeTable table, int sums, int outputs, double[] base, boolean average, Transform transform, Pair pair) {
    /// The most targets or classes.
    private static final int MOST = 1 << 16;

    static Sums regressor(OnnxNode node, ElementType precision) {
        int targets = TreeTable.index(node.whole("n_targets", 0), MOST, "n_targets");
        TreeTable table = OlderTrees.read(node, precision, "target", targets);
        double[] base = TreeTable.reals(node, "base_values", precision);
        if (base.length != 0 && base.length != targets) {
            throw Unproven.because("base_values has " + base.length + " values for " + targets + " targets");
        }
        Transform transform = transform(node.text("post_transform", "NONE"));
        return summed(table, targets, base, average(node.text("aggregate_function", "SUM")), transform);
    }

    static Sums newer(OnnxNode node, ElementType precision) {
        int targets = TreeTable.index(node.whole("n_targets", 0), MOST, "n_targets");
        TreeTable table = NewerTrees.read(node, precision, targets);
        long aggregate = node.whole("aggregate_function", 1);
        if (aggregate != 0 && aggregate != 1) {
            throw Unproven.because("aggregate_function is neither SUM nor AVERAGE: " + aggregate);
        }
        if (node.whole("post_transform", 0) != 0) {
            throw Unproven.because("post_transform is not NONE: " + node.whole("post_transform", 0));
        }
        return summed(table, targets, new double[0], aggregate == 0, Transform.NONE);
    }

    private static Sums summed(TreeTable table, int targets, double[] base, boolean average, Transform transform) {
        if (average && Arrays.stream(base).anyMatch(value -> value != 0)) {
            throw Unproven.because("base_values are added to an average");
        }
        // With one target only PROBIT is applied; the others are for rows of several sums.
        Transform applied = targets > 1 || transform == Transform.PROBIT ? transform : Transform.NONE;
        return new Sums(table, targets, targets, base, average, applied, Pair.NONE);
    }

    static Sums classifier(OnnxNode node, ElementType precision) {
        int classes = Math.max(
                node.wholes("classlabels_int64s").length,
                node.texts("classlabels_strings").size());
        if (classes < 2 || classes > MOST) {
            throw Unproven.because("a classifier has " + classes + " classes");
        }
        TreeTable table = OlderTrees.read(node, precision, "class", classes);
        double[] base = TreeTable.reals(node, "base_values", precision);
        Transform transform = transform(node.text("post_transform", "NONE"));
        if (average(node.text("aggregate_function", "SUM"))) {
            throw Unproven.because("a classifier has an aggregate_function");
        }
        if (classes > 2) {
            if (base.length != 0 && base.length != classes) {
                throw Unproven.because("base_values has " + base.length + " values for " + classes + " classes");
            }
            return new Sums(table, classes, classes, base, false, transform, Pair.NONE);
        }
        return twoClasses(table, base, transform);
    }

    /// Two classes are one sum when only the first has weights, and two when both have.
    private static Sums twoClasses(TreeTable table, double[] base, Transform transform) {
        boolean first = weighed(table, 0);
        boolean second = weighed(table, 1);
        if (first && second) {
            if (base.length != 0 || !always(table, 1)) {
                throw Unproven.because("two summed classes have base_values, or leaves without the second class");
            }
            return new Sums(table, 2, 2, base, false, transform, Pair.NONE);
        }
        if (!first || base.length > 1 || transform == Transform.PROBIT) {
            throw Unproven.because(
                    "two classes of one sum, with that sum for the second class, two base_values or PROBIT");
        }
        // Weights that are nowhere negative are taken for probabilities, unless they go through LOGISTIC.
        boolean complement = transform != Transform.LOGISTIC
                && Arrays.stream(table.weights).flatMap(Arrays::stream).noneMatch(weight -> weight.value() < 0);
        return new Sums(table, 1, 2, base, false, transform, complement ? Pair.COMPLEMENT : Pair.NEGATED);
    }

    private static boolean weighed(TreeTable table, int target) {
        return Arrays.stream(table.weights).flatMap(Arrays::stream).anyMatch(weight -> weight.target() == target);
    }

    /// Whether every row meets a weight for the target: in one of the trees every leaf has one.
    private static boolean always(TreeTable table, int target) {
        boolean[] without = new boolean[table.size()];
        for (int node = 0; node < table.size(); node++) {
            without[node] = table.mode[node] == Mode.LEAF
                    && Arrays.stream(table.weights[node]).noneMatch(weight -> weight.target() == target);
        }
        for (int tree = 0; tree < table.roots.length; tree++) {
            int end = tree + 1 < table.roots.length ? table.roots[tree + 1] : table.size();
            boolean all = true;
            for (int node = table.roots[tree]; node < end; node++) {
                all &= !without[node];
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    private static Transform transform(String word) {
        return Arrays.stream(Transform.values())
                .filter(transform -> transform.name().equals(word))
                .findFirst()
                .orElseThrow(() -> Unproven.because("post_transform is " + word));
    }

    private static boolean average(String word) {
        return switch (word) {
            case "SUM" -> false;
            case "AVERAGE" -> true;
            default -> throw Unproven.because("aggregate_function is neither SUM nor AVERAGE: " + word);
        };
    }
}
