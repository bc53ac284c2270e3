package dev.tranche.inference.link;

/// The inverse link of a model: what turns its margins into the outputs people read.
///
/// The float links repeat XGBoost's arithmetic (`src/objective/*` and `src/common/math.h`), the double links
/// LightGBM's (`src/objective/*.hpp`). Stateless and safe for any number of threads.
public sealed interface Link permits FloatLink, DoubleLink, OnnxLink {
    /// Writes the outputs of `count` margins from `margins[from]` to `outputs[at]` and behind it. The margins
    /// stay as they are; the two arrays are not the same one. Allocates nothing.
    void apply(double[] margins, int from, int count, double[] outputs, int at);

    /// The outputs of these margins, in a fresh array; the margins stay as they are.
    default double[] outputs(double[] margins) {
        double[] outputs = new double[outputs(margins.length)];
        apply(margins, 0, margins.length, outputs, 0);
        return outputs;
    }

    /// How many outputs this many margins have.
    int outputs(int margins);

    /// The position of the first largest of `count` margins, counted from `from`.
    static int largest(double[] margins, int from, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            if (margins[from + i] > margins[from + best]) {
                best = i;
            }
        }
        return best;
    }
}
