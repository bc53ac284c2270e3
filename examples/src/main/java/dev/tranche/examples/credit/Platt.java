package dev.tranche.examples.credit;

import java.util.List;

/// Platt's calibration (1999): probability = 1 ÷ (1 + e^−(slope · margin + intercept)), fitted by Newton's
/// method on rows that the model was not trained on, with Platt's softened targets.
///
/// @param slope 1 for a model that is calibrated already
/// @param intercept 0 for a model that is calibrated already
record Platt(double slope, double intercept) {

    static Platt fit(double[] margins, List<Applicant> rows) {
        long bads = rows.stream().filter(Applicant::bad).count();
        double high = (bads + 1.0) / (bads + 2.0);
        double low = 1.0 / (rows.size() - bads + 2.0);
        double[][] inputs = new double[margins.length][];
        double[] targets = new double[margins.length];
        for (int i = 0; i < margins.length; i++) {
            inputs[i] = new double[] {margins[i]};
            targets[i] = rows.get(i).bad() ? high : low;
        }
        Logistic fitted = Logistic.fit(inputs, targets, 0);
        return new Platt(fitted.weights()[0], fitted.intercept());
    }

    double[] probabilities(double[] margins) {
        return java.util.Arrays.stream(margins).map(this::probability).toArray();
    }

    double probability(double margin) {
        return 1 / (1 + StrictMath.exp(-(slope * margin + intercept)));
    }
}
