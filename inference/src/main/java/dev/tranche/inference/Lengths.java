package dev.tranche.inference;

/// The rules for the arrays that are handed to a [Scorer].
public final class Lengths {
    private Lengths() {}

    /// Checks the arrays for a batch.
    ///
    /// @throws IllegalArgumentException naming the array, its length and the length it needs
    public static void check(Model model, int rows, int values, double[] margins, double[] outputs) {
        if (rows < 0) {
            throw new IllegalArgumentException("rows must be at least 0: " + rows);
        }
        check("the vectors", rows, model.inputNames().size(), values);
        check("the margins", rows, model.margins(), margins.length);
        check("the outputs", rows, model.outputs(), outputs.length);
    }

    private static void check(String what, int rows, int width, int length) {
        if (length < (long) rows * width) {
            throw new IllegalArgumentException(
                    what + " of " + rows + " rows must have at least " + (long) rows * width + " values: " + length);
        }
    }
}
