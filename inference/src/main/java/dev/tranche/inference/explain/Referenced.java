package dev.tranche.inference.explain;

import dev.tranche.inference.Contributions;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.Explainer;
import java.util.List;

/// An additive model whose parts count from the mean of a background instead of the model's own reference:
/// the method of 12 CFR 1002.9(b)(2), comment 5, with the background as the group it names. For a sum of
/// terms this is the interventional Shapley value. Immutable and safe for any number of threads.
public final class Referenced implements Explainer {
    private final Explainer model;
    private final String name;
    private final double[][] mean;
    private final double[] base;

    private Referenced(Explainer model, String name, double[][] mean, double[] base) {
        this.model = model;
        this.name = name;
        this.mean = mean;
        this.base = base;
    }

    /// An explainer against a background.
    ///
    /// @param model one whose parts are each a function of its own input alone
    /// @throws dev.tranche.inference.RowRefusedException when the model refuses a row of the background
    public static Referenced of(Explainer model, Background background) {
        double[][] mean = new double[model.margins()][];
        double[] base = new double[mean.length];
        for (int margin = 0; margin < mean.length; margin++) {
            mean[margin] = mean(model, background, margin);
            base[margin] = model.base(margin);
            for (double part : mean[margin]) {
                base[margin] += model.direction() * part;
            }
        }
        return new Referenced(model, background.name(), mean, base);
    }

    private static double[] mean(Explainer model, Background background, int margin) {
        double[] mean = model.parts(background.row(0), margin, Deadline.NONE);
        for (int i = 1; i < background.size(); i++) {
            double[] parts = model.parts(background.row(i), margin, Deadline.NONE);
            for (int j = 0; j < mean.length; j++) {
                mean[j] += parts[j];
            }
        }
        for (int j = 0; j < mean.length; j++) {
            mean[j] /= background.size();
        }
        return mean;
    }

    @Override
    public Contributions.Method method() {
        return model.method();
    }

    @Override
    public String reference() {
        return "mean of " + name;
    }

    @Override
    public int margins() {
        return model.margins();
    }

    @Override
    public double base(int margin) {
        return base[margin];
    }

    @Override
    public int direction() {
        return model.direction();
    }

    @Override
    public List<Line> lines() {
        return model.lines();
    }

    @Override
    public double[] parts(double[] vector, int margin, Deadline deadline) {
        double[] parts = model.parts(vector, margin, deadline);
        for (int i = 0; i < parts.length; i++) {
            parts[i] -= mean[margin][i];
        }
        return parts;
    }

    @Override
    public List<String> codes(double[] vector) {
        return model.codes(vector);
    }
}
