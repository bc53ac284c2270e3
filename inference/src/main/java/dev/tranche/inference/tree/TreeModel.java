package dev.tranche.inference.tree;

import dev.tranche.inference.Deadline;
import dev.tranche.inference.DeadlinePassedException;
import dev.tranche.inference.Explainer;
import dev.tranche.inference.Model;
import dev.tranche.inference.Precision;
import dev.tranche.inference.Prediction;
import java.util.List;
import java.util.Optional;

/// An ensemble of trees, compiled: finds the leaf of every tree and adds their values in the trainer's own order.
///
/// XGBoost sums in float, starting from the base margin, in the order of the trees; LightGBM in double from zero.
/// Both orders are kept, so margins equal the library's bit for bit. Immutable and safe for any number of threads;
/// a prediction allocates its two small arrays, one row of keys and one block of slots.
public final class TreeModel implements Model {
    /// Trees between two looks at the deadline: some 0.8 µs of work.
    private static final int BLOCK = 128;

    private final Ensemble ensemble;
    private final Forest forest;
    private final int[] groups;
    private final double[] start;
    private final float[] floats;
    private final double[] doubles;
    private final boolean linear;
    private final Optional<Explainer> explainer;

    private TreeModel(Ensemble ensemble, Forest forest, Optional<Explainer> explainer) {
        this.ensemble = ensemble;
        this.explainer = explainer;
        this.forest = forest;
        groups = ensemble.groups().stream().mapToInt(Integer::intValue).toArray();
        start = ensemble.start().stream().mapToDouble(Double::doubleValue).toArray();
        linear = ensemble.linear();
        boolean narrow = ensemble.precision() == Precision.FLOAT;
        floats = new float[narrow ? forest.slots() : 0];
        doubles = new double[narrow ? 0 : forest.slots()];
        for (int slot = 0; slot < forest.slots(); slot++) {
            if (forest.tree(slot) >= 0) {
                double value = ensemble.trees().get(forest.tree(slot)).value(forest.node(slot));
                if (narrow) {
                    floats[slot] = (float) value;
                } else {
                    doubles[slot] = value;
                }
            }
        }
    }

    /// The model of this ensemble, by the fast kernels where they fit it.
    ///
    /// @param explainer splits its answers; empty where nothing can
    public static TreeModel of(Ensemble ensemble, Optional<Explainer> explainer) {
        return new TreeModel(ensemble, Forest.of(ensemble.trees()), explainer);
    }

    static TreeModel of(Ensemble ensemble, Forest forest) {
        return new TreeModel(ensemble, forest, Optional.empty());
    }

    /// What the file said.
    public Ensemble ensemble() {
        return ensemble;
    }

    @Override
    public List<String> inputNames() {
        return ensemble.inputNames();
    }

    @Override
    public List<List<String>> categories() {
        return ensemble.categories();
    }

    @Override
    public int outputs() {
        return ensemble.link().outputs(start.length);
    }

    @Override
    public int margins() {
        return start.length;
    }

    @Override
    public Precision precision() {
        return ensemble.precision();
    }

    @Override
    public int trees() {
        return groups.length;
    }

    @Override
    public Optional<Explainer> explainer() {
        return explainer;
    }

    @Override
    public Prediction predict(double[] vector, Deadline deadline) {
        check(vector);
        double[] margins = switch (ensemble.precision()) {
            case FLOAT -> floatMargins(forest.start(vector), deadline);
            case DOUBLE -> doubleMargins(forest.start(vector), vector, deadline);
        };
        return new Prediction(margins, ensemble.link().outputs(margins));
    }

    /// The number of the leaf the row ends in, for each tree.
    ///
    /// @throws IllegalArgumentException when the vector has another length than there are input names
    public int[] leaves(double[] vector) {
        check(vector);
        int[] leaves = new int[groups.length];
        forest.start(vector).slots(0, groups.length, leaves);
        for (int t = 0; t < leaves.length; t++) {
            leaves[t] = ensemble.trees().get(t).leaf(forest.node(leaves[t]));
        }
        return leaves;
    }

    private void check(double[] vector) {
        if (vector.length != ensemble.inputNames().size()) {
            throw new IllegalArgumentException(
                    "the vector must have " + ensemble.inputNames().size() + " values: " + vector.length);
        }
    }

    private double[] floatMargins(Forest.Walk walk, Deadline deadline) {
        float[] sums = new float[start.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = (float) start[i];
        }
        int[] slots = new int[Math.min(BLOCK, groups.length)];
        for (int from = 0; from < groups.length; from += BLOCK) {
            int to = block(from, deadline);
            walk.slots(from, to, slots);
            if (sums.length == 1) {
                float sum = sums[0];
                for (int i = 0; i < to - from; i++) {
                    sum += floats[slots[i]];
                }
                sums[0] = sum;
            } else {
                for (int i = 0; i < to - from; i++) {
                    sums[groups[from + i]] += floats[slots[i]];
                }
            }
        }
        double[] margins = new double[sums.length];
        for (int i = 0; i < sums.length; i++) {
            margins[i] = ensemble.divisor() == 1 ? sums[i] : sums[i] / (float) ensemble.divisor();
        }
        return margins;
    }

    private double[] doubleMargins(Forest.Walk walk, double[] row, Deadline deadline) {
        double[] sums = start.clone();
        int[] slots = new int[Math.min(BLOCK, groups.length)];
        for (int from = 0; from < groups.length; from += BLOCK) {
            int to = block(from, deadline);
            walk.slots(from, to, slots);
            for (int i = 0; i < to - from; i++) {
                sums[groups[from + i]] += linear ? linearValue(from + i, slots[i], row) : doubles[slots[i]];
            }
        }
        if (ensemble.divisor() != 1) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] /= ensemble.divisor();
            }
        }
        return sums;
    }

    private double linearValue(int tree, int slot, double[] row) {
        Tree at = ensemble.trees().get(tree);
        return at.linear().isEmpty()
                ? doubles[slot]
                : at.linear().get(at.leaf(forest.node(slot))).value(row, doubles[slot]);
    }

    private int block(int from, Deadline deadline) {
        if (deadline.passed()) {
            throw DeadlinePassedException.after(from, groups.length);
        }
        return Math.min(from + BLOCK, groups.length);
    }
}
