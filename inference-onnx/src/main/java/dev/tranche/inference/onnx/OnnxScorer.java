package dev.tranche.inference.onnx;

import dev.tranche.inference.Deadline;
import dev.tranche.inference.Scorer;
import java.util.Arrays;

/// Scores many rows in one run: `[N, F]` into ONNX Runtime instead of N times `[1, F]`. Owned by one thread.
final class OnnxScorer implements Scorer {
    /// The rows of one run: enough to forget what a run costs, few enough to look at the deadline now and
    /// then.
    private static final int BLOCK = 4096;

    private final OnnxModel model;

    OnnxScorer(OnnxModel model) {
        this.model = model;
    }

    @Override
    public void predict(double[] vector, Deadline deadline, double[] margins, double[] outputs) {
        if (vector.length != model.inputNames().size()) {
            throw new IllegalArgumentException(
                    "the vector must have " + model.inputNames().size() + " values: " + vector.length);
        }
        predictRows(vector, 1, deadline, margins, outputs);
    }

    @Override
    public void predictRows(double[] vectors, int rows, Deadline deadline, double[] margins, double[] outputs) {
        check(vectors.length, rows, margins.length, outputs.length);
        int features = model.inputNames().size();
        int block = Math.min(BLOCK, model.mostRows());
        for (int from = 0; from < rows; from += block) {
            int count = Math.min(block, rows - from);
            double[] part = count == rows && vectors.length == rows * features
                    ? vectors
                    : Arrays.copyOfRange(vectors, from * features, (from + count) * features);
            model.answer(part, count, deadline, outputs, from * model.outputs());
        }
        System.arraycopy(outputs, 0, margins, 0, rows * model.outputs());
    }

    @Override
    public void predictRows(float[] vectors, int rows, Deadline deadline, double[] margins, double[] outputs) {
        double[] widened = new double[vectors.length];
        Arrays.setAll(widened, i -> vectors[i]);
        predictRows(widened, rows, deadline, margins, outputs);
    }

    private void check(int values, int rows, int margins, int outputs) {
        long features = model.inputNames().size();
        if (rows < 0 || values < rows * features) {
            throw new IllegalArgumentException(
                    rows + " rows need " + rows * features + " values and at least 0 rows: " + values);
        }
        long needed = (long) rows * model.outputs();
        if (margins < needed || outputs < needed) {
            throw new IllegalArgumentException(
                    rows + " rows need arrays of " + needed + " margins and outputs: " + margins + ", " + outputs);
        }
    }
}
