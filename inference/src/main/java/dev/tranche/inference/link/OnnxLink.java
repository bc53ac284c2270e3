package dev.tranche.inference.link;

import dev.tranche.inference.Precision;
import java.util.List;

/// What `ai.onnx.ml` makes of the sums of its trees, in the arithmetic of ONNX Runtime
/// (`onnxruntime/core/providers/cpu/ml/ml_common.h`): a post transform, which is always float, and for a
/// classifier of two classes that sums only one of them, the other class beside it.
///
/// @param transform the post transform
/// @param pair how a single sum becomes two classes
/// @param sums the arithmetic of the sums
/// @param answers the precision of the outputs
/// @param columns which columns are answered, in this order
public record OnnxLink(Transform transform, Pair pair, Precision sums, Precision answers, List<Integer> columns)
        implements Link {
    /// The post transforms.
    public enum Transform {
        /// The sum itself.
        NONE,
        /// `1 / (1 + e^-s)`, computed from `|s|`.
        LOGISTIC,
        /// One probability per column, summing to one.
        SOFTMAX,
        /// As softmax, but a sum of zero stays zero.
        SOFTMAX_ZERO,
        /// The probit of the sum by an approximation of the inverse error function.
        PROBIT
    }

    /// How a single sum `s` becomes two columns.
    public enum Pair {
        /// It does not: there are as many columns as sums.
        NONE,
        /// `1 - s` and `s`, untransformed: the weights are probabilities.
        COMPLEMENT,
        /// `f(-s)` and `f(s)`: the weights are log-odds.
        NEGATED
    }

    private static final float NEARLY_ZERO = 0.0000001f; // of SOFTMAX_ZERO
    private static final float WINITZKI = 0.147f;
    private static final float ROOT_2 = (float) Math.sqrt(2);

    public OnnxLink {
        columns = List.copyOf(columns);
    }

    @Override
    public void apply(double[] margins, int from, int count, double[] outputs, int at) {
        float largest = -Float.MAX_VALUE;
        float total = 0;
        if (transform == Transform.SOFTMAX || transform == Transform.SOFTMAX_ZERO) {
            for (int i = 0; i < count; i++) {
                largest = (float) margins[from + i] > largest ? (float) margins[from + i] : largest;
            }
            for (int i = 0; i < count; i++) {
                if (transform == Transform.SOFTMAX || !zero(margins[from + i])) {
                    total += FloatMath.exp((float) margins[from + i] - largest);
                }
            }
        }
        for (int i = 0; i < columns.size(); i++) {
            int column = columns.get(i);
            double value = pair == Pair.NONE
                    ? column(margins[from + column], largest, total)
                    : paired(margins[from], column == 1);
            outputs[at + i] = answers == Precision.FLOAT ? (float) value : value;
        }
    }

    @Override
    public int outputs(int margins) {
        return columns.size();
    }

    private double column(double sum, float largest, float total) {
        return switch (transform) {
            case NONE -> sum;
            case LOGISTIC -> logistic((float) sum);
            case PROBIT -> probit((float) sum);
            case SOFTMAX -> FloatMath.exp((float) sum - largest) / total;
            case SOFTMAX_ZERO -> {
                if (!zero(sum)) {
                    yield FloatMath.exp((float) sum - largest) / total;
                }
                float scale = FloatMath.exp(-largest);
                yield sums == Precision.FLOAT ? (float) sum * scale / total : sum * scale / total;
            }
        };
    }

    private double paired(double sum, boolean second) {
        if (pair == Pair.COMPLEMENT) {
            double first = sums == Precision.FLOAT ? 1f - (float) sum : 1 - sum;
            return second ? sum : first;
        }
        double signed = second ? sum : -sum;
        return transform == Transform.LOGISTIC ? logistic((float) signed) : signed;
    }

    private static boolean zero(double sum) {
        float value = (float) sum;
        return !(value > NEARLY_ZERO || value < -NEARLY_ZERO);
    }

    private static float logistic(float x) {
        float upper = 1 / (1 + FloatMath.exp(-Math.abs(x)));
        return x < 0 ? 1 - upper : upper;
    }

    /// S. Winitzki, *A handy approximation for the error function and its inverse*, 2008, equation 7.
    private static float probit(float p) {
        float x = 2 * p - 1;
        float log = FloatMath.log((1 - x) * (1 + x));
        float half = 2 / ((float) Math.PI * WINITZKI) + 0.5f * log;
        float rest = 1 / WINITZKI * log;
        float root = (float) Math.sqrt(-half + (float) Math.sqrt(half * half - rest));
        return ROOT_2 * ((x < 0 ? -1f : 1f) * root);
    }
}
