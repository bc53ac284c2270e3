package dev.tranche.server.serving;

import dev.tranche.inference.Deadline;
import dev.tranche.inference.Model;
import dev.tranche.inference.Prediction;
import dev.tranche.inference.Scorer;
import java.util.Arrays;
import java.util.List;

/// What one call of a model said of several rows.
final class Predictions {
    private final int margins;
    private final int outputs;
    private final double[] allMargins;
    private final double[] allOutputs;

    private Predictions(Model model, int rows) {
        this.margins = model.margins();
        this.outputs = model.outputs();
        this.allMargins = new double[rows * margins];
        this.allOutputs = new double[rows * outputs];
    }

    /// Asks a model about vectors in one call.
    ///
    /// @throws dev.tranche.inference.DeadlinePassedException when the deadline passed first
    /// @throws dev.tranche.inference.RowRefusedException when the model refuses one of the rows
    static Predictions of(Resident.Body body, List<double[]> vectors, Deadline deadline) {
        Model model = body.first().model();
        int width = model.inputNames().size();
        double[] flat = new double[vectors.size() * width];
        for (int i = 0; i < vectors.size(); i++) {
            System.arraycopy(vectors.get(i), 0, flat, i * width, width);
        }
        Predictions predictions = new Predictions(model, vectors.size());
        Scorer scorer = body.scorer();
        scorer.predictRows(flat, vectors.size(), deadline, predictions.allMargins, predictions.allOutputs);
        body.put(scorer); // one that failed is not used again
        return predictions;
    }

    /// What it said of a row; the arrays are the caller's.
    Prediction at(int row) {
        return new Prediction(
                Arrays.copyOfRange(allMargins, row * margins, (row + 1) * margins),
                Arrays.copyOfRange(allOutputs, row * outputs, (row + 1) * outputs));
    }
}
