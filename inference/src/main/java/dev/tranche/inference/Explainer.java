package dev.tranche.inference;

import java.util.List;

/// Splits one answer of a model into parts by input. Immutable and safe for any number of threads.
public interface Explainer {
    /// How the parts are computed; recorded with every decision because the method changes the reasons.
    Contributions.Method method();

    /// The parts for one vector, one per input in the vector's order, signed so that a positive part moves the answer
    /// towards the positive label (a bad loan, where `label.positive` is `bad`).
    double[] parts(double[] vector);

    /// The reason codes that the model file itself gives for this answer, most important first; empty when it names
    /// none.
    default List<String> codes(double[] vector) {
        return List.of();
    }
}
