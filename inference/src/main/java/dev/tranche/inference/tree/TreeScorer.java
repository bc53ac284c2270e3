package dev.tranche.inference.tree;

import dev.tranche.inference.Deadline;
import dev.tranche.inference.DeadlinePassedException;
import dev.tranche.inference.Lengths;
import dev.tranche.inference.Precision;
import dev.tranche.inference.Scorer;
import dev.tranche.inference.link.Link;

/// Scores by a [TreeModel], owned by one thread. A batch is worked through in blocks of rows, and a block in
/// blocks of trees: the rows' keys stay in the first-level cache while the trees pass by, and between two
/// blocks the deadline is asked, some 60 µs of work at most.
final class TreeScorer implements Scorer {
    /// Trees between two looks at the deadline; a multiple of [Forest#LANES].
    private static final int TREES = 128;

    private final TreeModel model;
    private final Forest.Desk desk;
    private final Link link;
    private final int width;
    private final int trees;
    private final int groups;
    private final int outputs;
    private final int capacity;
    private final int divisor;
    private final float[] floats;
    private final double[] doubles;
    private final int[] slots;
    private final double[] row;
    private double[] widened = {};

    TreeScorer(TreeModel model, int capacity) {
        this.model = model;
        this.capacity = capacity;
        desk = model.forest().desk(capacity);
        link = model.ensemble().link();
        width = model.inputNames().size();
        trees = model.trees();
        groups = model.margins();
        outputs = model.outputs();
        divisor = model.ensemble().divisor();
        boolean narrow = model.precision() == Precision.FLOAT;
        floats = new float[narrow ? capacity * groups : 0];
        doubles = new double[narrow ? 0 : capacity * groups];
        slots = new int[model.simple() ? 0 : Math.min(TREES, trees)];
        row = new double[model.simple() ? 0 : width];
    }

    @Override
    public void predict(double[] vector, Deadline deadline, double[] margins, double[] outputs) {
        model.check(vector);
        Lengths.check(model, 1, vector.length, margins, outputs);
        block(vector, 0, 0, 1, deadline, margins, outputs);
    }

    @Override
    public void predictRows(double[] vectors, int rows, Deadline deadline, double[] margins, double[] outputs) {
        Lengths.check(model, rows, vectors.length, margins, outputs);
        for (int first = 0; first < rows; first += capacity) {
            int count = Math.min(capacity, rows - first);
            block(vectors, first * width, first, count, deadline, margins, outputs);
        }
    }

    @Override
    public void predictRows(float[] vectors, int rows, Deadline deadline, double[] margins, double[] outputs) {
        Lengths.check(model, rows, vectors.length, margins, outputs);
        if (widened.length == 0) {
            widened = new double[capacity * width];
        }
        for (int first = 0; first < rows; first += capacity) {
            int count = Math.min(capacity, rows - first);
            for (int i = 0; i < count * width; i++) {
                widened[i] = vectors[first * width + i];
            }
            block(widened, 0, first, count, deadline, margins, outputs);
        }
    }

    /// Scores the rows that lie at `vectors[at]`; the first of them is row `first` of the answers.
    private void block(
            double[] vectors, int at, int first, int rows, Deadline deadline, double[] margins, double[] outputs) {
        desk.read(vectors, at, width, rows);
        switch (model.precision()) {
            case FLOAT -> {
                sumFloats(rows, deadline);
                for (int i = 0; i < rows * groups; i++) {
                    margins[first * groups + i] = divisor == 1 ? floats[i] : floats[i] / (float) divisor;
                }
            }
            case DOUBLE -> {
                sumDoubles(vectors, at, rows, deadline);
                for (int i = 0; i < rows * groups; i++) {
                    margins[first * groups + i] = divisor == 1 ? doubles[i] : doubles[i] / divisor;
                }
            }
        }
        for (int i = first; i < first + rows; i++) {
            link.apply(margins, i * groups, groups, outputs, i * this.outputs);
        }
    }

    private void sumFloats(int rows, Deadline deadline) {
        for (int i = 0; i < rows * groups; i++) {
            floats[i] = (float) model.start(i % groups);
        }
        for (int from = 0; from < trees; from += TREES) {
            int to = next(from, deadline);
            if (model.simple()) {
                desk.add(rows, from, to, model.floats(), floats);
            } else {
                for (int r = 0; r < rows; r++) {
                    desk.slots(r, from, to, slots);
                    for (int t = from; t < to; t++) {
                        floats[r * groups + model.group(t)] += model.floats()[slots[t - from]];
                    }
                }
            }
        }
    }

    private void sumDoubles(double[] vectors, int at, int rows, Deadline deadline) {
        for (int i = 0; i < rows * groups; i++) {
            doubles[i] = model.start(i % groups);
        }
        for (int from = 0; from < trees; from += TREES) {
            int to = next(from, deadline);
            if (model.simple()) {
                desk.add(rows, from, to, model.doubles(), doubles);
            } else {
                for (int r = 0; r < rows; r++) {
                    System.arraycopy(vectors, at + r * width, row, 0, width);
                    desk.slots(r, from, to, slots);
                    for (int t = from; t < to; t++) {
                        doubles[r * groups + model.group(t)] += model.value(t, slots[t - from], row);
                    }
                }
            }
        }
    }

    private int next(int from, Deadline deadline) {
        if (deadline.passed()) {
            throw DeadlinePassedException.after(from, trees);
        }
        return Math.min(from + TREES, trees);
    }
}
