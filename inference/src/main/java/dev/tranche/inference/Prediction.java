package dev.tranche.inference;

/// What a model says of one row: the raw sums and what its link makes of them.
///
/// @param margins the raw sums before the link, one per class or target
/// @param outputs the values after the link: a probability, a value, or one probability per class
@SuppressWarnings("ArrayRecordComponent") // fresh arrays, which the caller owns
public record Prediction(double[] margins, double[] outputs) {
    /// The first output: the probability of a binary model, the value of a regression.
    public double score() {
        return outputs[0];
    }
}
