package dev.tranche.bench.inference;

import dev.tranche.inference.Deadline;
import dev.tranche.inference.Model;
import dev.tranche.inference.Scorer;
import dev.tranche.inference.tree.Layout;
import dev.tranche.inference.tree.TreeModel;
import java.util.Arrays;
import java.util.Locale;

/// Our own engine: a scorer that allocates nothing, or the plain `predict` of a server.
final class Tranche implements Contender {
    private static final int WIDTH = CreditTable.FEATURES;

    private final String name;
    private final Model model;
    private final boolean plain;
    private final Scorer scorer;
    private final Slices<double[]> slices;
    private final double[][] rows;
    private double[] outputs = new double[1];

    private Tranche(String name, Model model, boolean plain, float[] table) {
        this.name = name;
        this.model = model;
        this.plain = plain;
        scorer = model.scorer();
        slices = new Slices<>(table, Slices::wide);
        rows = new double[table.length / WIDTH][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Slices.wide(Arrays.copyOfRange(table, row * WIDTH, (row + 1) * WIDTH));
        }
    }

    /// The layout the engine chose.
    static Contender chosen(TreeModel model, float[] table) {
        return new Tranche("tranche (" + word(model.layout()) + ", chosen)", model, false, table);
    }

    /// Another layout.
    static Contender in(TreeModel model, Layout layout, float[] table) {
        return new Tranche("tranche (" + word(layout) + ")", model.in(layout), false, table);
    }

    /// `Model.predict`, which allocates its answer.
    static Contender predict(TreeModel model, float[] table) {
        return new Tranche("tranche predict()", model, true, table);
    }

    private static String word(Layout layout) {
        return layout.name().toLowerCase(Locale.ROOT) + (layout.quantised() ? ", quantised" : ", plain");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean batches() {
        return !plain;
    }

    @Override
    public void score(int first, int count, double[] margins) {
        if (plain) {
            margins[0] = model.predict(rows[first], Deadline.NONE).margins()[0];
        } else if (count == 1) {
            scorer.predict(rows[first], Deadline.NONE, margins, outputs);
        } else {
            if (outputs.length < count) {
                outputs = new double[count];
            }
            scorer.predictRows(slices.of(first, count), count, Deadline.NONE, margins, outputs);
        }
    }
}
