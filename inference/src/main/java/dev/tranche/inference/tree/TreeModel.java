package dev.tranche.inference.tree;

import dev.tranche.inference.Deadline;
import dev.tranche.inference.Explainer;
import dev.tranche.inference.Model;
import dev.tranche.inference.Precision;
import dev.tranche.inference.Prediction;
import dev.tranche.inference.Scorer;
import java.util.List;
import java.util.Optional;

/// An ensemble of trees, compiled: finds the leaf of every tree and adds their values in the trainer's own
/// order.
///
/// XGBoost sums in float, starting from the base margin, in the order of the trees; LightGBM in double from
/// zero. Both orders are kept, so margins equal the library's bit for bit, in every [Layout]. Immutable and
/// safe for any number of threads; a prediction allocates the few arrays it needs, a [#scorer] keeps them.
public final class TreeModel implements Model {
    private final Ensemble ensemble;
    private final Forest forest;
    private final Layout layout;
    private final int[] groups;
    private final double[] start;
    private final float[] floats;
    private final double[] doubles;
    private final boolean linear;
    private final Optional<Explainer> explainer;
    private final String about;

    private TreeModel(Ensemble ensemble, Forest forest, Optional<Explainer> explainer, String about) {
        this.ensemble = ensemble;
        this.about = about;
        this.explainer = explainer;
        this.forest = forest;
        layout = Layout.of(forest);
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
        return of(ensemble, explainer, "");
    }

    /// The same, with a word about the file it was read from.
    ///
    /// @param about what [#about] answers
    public static TreeModel of(Ensemble ensemble, Optional<Explainer> explainer, String about) {
        return new TreeModel(ensemble, Forest.of(ensemble.trees()), explainer, about);
    }

    static TreeModel of(Ensemble ensemble, Forest forest) {
        return new TreeModel(ensemble, forest, Optional.empty(), "");
    }

    /// This model in another layout: the same bits at another speed, for whoever measures.
    ///
    /// @throws IllegalArgumentException when the layout does not fit the trees
    public TreeModel in(Layout other) {
        Forest built = other.build(ensemble.trees())
                .orElseThrow(() -> new IllegalArgumentException("the layout " + other + " does not fit these trees"));
        return new TreeModel(ensemble, built, explainer, about);
    }

    /// Whether a layout fits the trees.
    public boolean fits(Layout other) {
        return other.build(ensemble.trees()).isPresent();
    }

    /// How the trees lie in memory.
    public Layout layout() {
        return layout;
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
    public String about() {
        return about;
    }

    @Override
    public Optional<Explainer> explainer() {
        return explainer;
    }

    @Override
    public Prediction predict(double[] vector, Deadline deadline) {
        double[] margins = new double[margins()];
        double[] outputs = new double[outputs()];
        new TreeScorer(this, 1).predict(vector, deadline, margins, outputs);
        return new Prediction(margins, outputs);
    }

    @Override
    public Scorer scorer() {
        return new TreeScorer(this, forest.block());
    }

    /// The number of the leaf the row ends in, for each tree.
    ///
    /// @throws IllegalArgumentException when the vector has another length than there are input names
    public int[] leaves(double[] vector) {
        check(vector);
        int[] leaves = new int[groups.length];
        Forest.Desk desk = forest.desk(1);
        desk.read(vector, 0, vector.length, 1);
        desk.slots(0, 0, groups.length, leaves);
        for (int t = 0; t < leaves.length; t++) {
            leaves[t] = ensemble.trees().get(t).leaf(forest.node(leaves[t]));
        }
        return leaves;
    }

    void check(double[] vector) {
        if (vector.length != ensemble.inputNames().size()) {
            throw new IllegalArgumentException(
                    "the vector must have " + ensemble.inputNames().size() + " values: " + vector.length);
        }
    }

    Forest forest() {
        return forest;
    }

    /// The margin a tree adds to.
    int group(int tree) {
        return groups[tree];
    }

    /// A margin before the first tree.
    double start(int group) {
        return start[group];
    }

    /// Whether one sum takes the values of all trees as they are.
    boolean simple() {
        return start.length == 1 && !linear;
    }

    /// The values by slot, where sums are floats.
    float[] floats() {
        return floats;
    }

    /// The values by slot, where sums are doubles.
    double[] doubles() {
        return doubles;
    }

    /// What a tree adds for a row that ends in this slot.
    double value(int tree, int slot, double[] row) {
        Tree at = ensemble.trees().get(tree);
        return at.linear().isEmpty()
                ? doubles[slot]
                : at.linear().get(at.leaf(forest.node(slot))).value(row, doubles[slot]);
    }
}
