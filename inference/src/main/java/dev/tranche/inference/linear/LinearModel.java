package dev.tranche.inference.linear;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Contributions;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.DeadlinePassedException;
import dev.tranche.inference.Explainer;
import dev.tranche.inference.Model;
import dev.tranche.inference.Precision;
import dev.tranche.inference.Prediction;
import dev.tranche.inference.link.Link;
import java.util.List;
import java.util.Optional;

/// XGBoost's linear booster: for each group `bias + base margin + Σ value · weight`, in float and in the
/// order of the features, a missing value adding nothing (`src/gbm/gblinear.cc`, `Pred`).
///
/// Immutable and safe for any number of threads.
public final class LinearModel implements Model, Explainer {
    private final List<String> inputNames;
    private final float[] weights;
    private final float[] start;
    private final Link link;

    private LinearModel(List<String> inputNames, float[] weights, float[] start, Link link) {
        this.inputNames = List.copyOf(inputNames);
        this.weights = weights;
        this.start = start;
        this.link = link;
    }

    /// A model of these weights.
    ///
    /// @param weights feature by feature one for each group, then one bias for each group
    /// @param start the base margin of each group
    /// @throws ArtifactException when there are not `(features + 1) · groups` weights
    public static LinearModel of(List<String> inputNames, List<Float> weights, List<Double> start, Link link) {
        int groups = start.size();
        if (weights.size() != (inputNames.size() + 1L) * groups) {
            throw ArtifactException.of(
                    "model_length",
                    "a linear booster of " + inputNames.size() + " features and " + groups + " groups must have "
                            + (inputNames.size() + 1L) * groups + " weights: " + weights.size());
        }
        float[] values = new float[weights.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = weights.get(i);
        }
        float[] begins = new float[groups];
        for (int group = 0; group < groups; group++) {
            begins[group] = values[inputNames.size() * groups + group] + (float) (double) start.get(group);
        }
        return new LinearModel(inputNames, values, begins, link);
    }

    @Override
    public List<String> inputNames() {
        return inputNames;
    }

    @Override
    public int outputs() {
        return link.outputs(start.length);
    }

    @Override
    public int margins() {
        return start.length;
    }

    @Override
    public Precision precision() {
        return Precision.FLOAT;
    }

    @Override
    public int trees() {
        return 0;
    }

    @Override
    public Prediction predict(double[] vector, Deadline deadline) {
        if (vector.length != inputNames.size()) {
            throw new IllegalArgumentException(
                    "the vector must have " + inputNames.size() + " values: " + vector.length);
        }
        if (deadline.passed()) {
            throw DeadlinePassedException.after(0, 0);
        }
        double[] margins = new double[start.length];
        for (int group = 0; group < margins.length; group++) {
            float sum = start[group];
            for (int i = 0; i < vector.length; i++) {
                if (!Double.isNaN(vector[i])) {
                    sum += (float) vector[i] * weights[i * margins.length + group];
                }
            }
            margins[group] = sum;
        }
        return new Prediction(margins, link.outputs(margins));
    }

    @Override
    public Optional<Explainer> explainer() {
        return Optional.of(this);
    }

    @Override
    public Contributions.Method method() {
        return Contributions.Method.POINTS_BELOW_REFERENCE;
    }

    @Override
    public String reference() {
        return "every input absent or 0, as the booster itself counts its contributions";
    }

    @Override
    public double base(int margin) {
        return start[margin];
    }

    @Override
    public double[] parts(double[] vector, int margin, Deadline deadline) {
        if (vector.length != inputNames.size()) {
            throw new IllegalArgumentException(
                    "the vector must have " + inputNames.size() + " values: " + vector.length);
        }
        double[] parts = new double[vector.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Double.isNaN(vector[i]) ? 0 : (float) vector[i] * weights[i * start.length + margin];
        }
        return parts;
    }
}
