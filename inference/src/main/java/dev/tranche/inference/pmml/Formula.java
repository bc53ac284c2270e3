package dev.tranche.inference.pmml;

import java.util.List;

/// What a model element computes from the values of the fields. Immutable.
interface Formula {
    /// The classes whose probabilities are answered, in their order; empty for a regression.
    List<String> classes();

    /// The length of the margins.
    int margins();

    /// The answer, or [Answer#MISSING].
    Answer of(double[] values);

    /// The margin of one class alone: log-odds where the link is logistic, else its probability.
    default double margin(Answer answer, int place) {
        return answer.outputs()[place];
    }

    /// An answer.
    ///
    /// @param margins the sums before the normalisation; the outputs where there is none
    /// @param outputs the predicted value, or one probability per class
    @SuppressWarnings("ArrayRecordComponent") // fresh arrays
    record Answer(double[] margins, double[] outputs) {
        /// The model gives no answer for such a row.
        static final Answer MISSING = new Answer(new double[0], new double[0]);

        static Answer value(double value) {
            return Double.isNaN(value) ? MISSING : new Answer(new double[] {value}, new double[] {value});
        }

        boolean isMissing() {
            return outputs.length == 0;
        }
    }
}
