package dev.tranche.inference.format;

import dev.tranche.inference.ArtifactException;
import java.util.List;
import java.util.Map;

/// What a model file says, whichever notation it is written in: [JsonDocument] and [UbjsonDocument] both read
/// into it.
///
/// Arrays of numbers, which are nearly all of a model, are kept as [Numbers] and never boxed.
sealed interface Document {
    /// The deepest nesting that is read; XGBoost's own files need 9.
    int DEEPEST = 64;

    /// The one `null`.
    Nothing NOTHING = new Nothing();

    /// The one array without values.
    Numbers EMPTY = Numbers.ofWhole();

    /// Named values.
    record Fields(Map<String, Document> values) implements Document {}

    /// A list that is not all numbers.
    record Items(List<Document> values) implements Document {}

    /// A text.
    record Text(String value) implements Document {}

    /// The value `null`.
    record Nothing() implements Document {}

    /// A single number, or a truth value as 0 or 1.
    record One(Numbers value) implements Document {}

    /// Numbers, all whole or all floats.
    final class Numbers implements Document {
        private final long[] whole;
        private final float[] reals;

        private Numbers(long[] whole, float[] reals) {
            this.whole = whole;
            this.reals = reals;
        }

        static Numbers ofWhole(long... values) {
            return new Numbers(values, new float[0]);
        }

        static Numbers ofReals(float... values) {
            return new Numbers(new long[0], values);
        }

        int size() {
            return Math.max(whole.length, reals.length);
        }

        boolean isReal() {
            return reals.length > 0;
        }

        long whole64(int i) {
            return whole[i];
        }

        /// The number at `i` as a float; a whole number is rounded once.
        float real(int i) {
            return reals.length > 0 ? reals[i] : whole[i];
        }

        /// The number at `i`, which must be whole and fit an int.
        int whole(int i) {
            if (reals.length > 0) {
                float real = reals[i];
                if (real != Math.rint(real) || Math.abs(real) > 1 << 24) {
                    throw ArtifactException.of("model_number", "a whole number is needed: " + real);
                }
                return (int) real;
            }
            if (whole[i] != (int) whole[i]) {
                throw ArtifactException.of(
                        "model_number", "a whole number within -2147483648..2147483647 is needed: " + whole[i]);
            }
            return (int) whole[i];
        }
    }
}
