package dev.tranche.inference.link;

import java.util.Arrays;

/// The inverse link of a model: what turns its margins into the outputs people read.
///
/// The float links repeat XGBoost's arithmetic (`src/objective/*` and `src/common/math.h`), the double links
/// LightGBM's (`src/objective/*.hpp`). Stateless and safe for any number of threads.
public sealed interface Link permits FloatLink, DoubleLink {
    /// The outputs of these margins, in a fresh array; the margins stay as they are.
    double[] outputs(double[] margins);

    /// How many outputs this many margins have.
    int outputs(int margins);

    /// Each margin through `f`.
    static double[] each(double[] margins, java.util.function.DoubleUnaryOperator f) {
        return Arrays.stream(margins).map(f).toArray();
    }

    /// The position of the first largest margin.
    static int largest(double[] margins) {
        int best = 0;
        for (int i = 1; i < margins.length; i++) {
            if (margins[i] > margins[best]) {
                best = i;
            }
        }
        return best;
    }
}
