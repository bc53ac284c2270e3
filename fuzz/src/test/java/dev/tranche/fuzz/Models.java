package dev.tranche.fuzz;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.Model;
import dev.tranche.inference.RowRefusedException;
import dev.tranche.inference.format.ModelFile;
import dev.tranche.inference.format.Rounds;
import java.util.Arrays;

/// What the targets of model files share: the bytes are refused with a code, or they are a model that answers.
final class Models {
    private Models() {}

    static void read(String format, byte[] bytes) {
        Model model;
        try {
            model = ModelFile.read(format, bytes, Rounds.all());
        } catch (ArtifactException refused) {
            return;
        }
        double[] row = new double[model.inputNames().size()];
        for (double value : new double[] {0, Double.NaN, -1e300, 1}) {
            Arrays.fill(row, value);
            if (outputs(model, row) != model.outputs()) {
                throw new AssertionError("a model of " + model.outputs() + " outputs gave another number");
            }
        }
    }

    /// How many outputs an answer has; a row that the model declares to be refused is as good as an answer.
    private static int outputs(Model model, double[] row) {
        try {
            return model.predict(row, Deadline.NONE).outputs().length;
        } catch (RowRefusedException declared) {
            return model.outputs();
        }
    }
}
