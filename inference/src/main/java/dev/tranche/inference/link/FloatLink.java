package dev.tranche.inference.link;

import java.util.Arrays;

/// The links of XGBoost, in its float arithmetic.
public enum FloatLink implements Link {
    /// The margin itself.
    IDENTITY,
    /// `1 / (1 + e^-m)` for each margin.
    SIGMOID,
    /// `e^m` for each margin.
    EXP,
    /// One probability per class, summing to one.
    SOFTMAX,
    /// The number of the class with the largest margin: one output.
    LARGEST_CLASS,
    /// 1 above zero, else 0.
    HINGE,
    /// The margins in rising order: quantiles that do not cross (XGBoost 3.4 and later).
    SORTED,
    /// The first margin, then each as far above the one before as its softplus says: expectiles that do not
    /// cross (`ExpectileRegression::PredTransform`).
    RISING;

    private static final float LEAST_GAP = 1e-6f; // kRtEps, include/xgboost/base.h

    @Override
    public void apply(double[] margins, int from, int count, double[] outputs, int at) {
        switch (this) {
            case IDENTITY -> System.arraycopy(margins, from, outputs, at, count);
            case SIGMOID -> {
                for (int i = 0; i < count; i++) {
                    outputs[at + i] = FloatMath.sigmoid((float) margins[from + i]);
                }
            }
            case EXP -> {
                for (int i = 0; i < count; i++) {
                    outputs[at + i] = FloatMath.exp((float) margins[from + i]);
                }
            }
            case SOFTMAX -> softmax(margins, from, count, outputs, at);
            case LARGEST_CLASS -> outputs[at] = Link.largest(margins, from, count);
            case HINGE -> {
                for (int i = 0; i < count; i++) {
                    outputs[at + i] = margins[from + i] > 0 ? 1 : 0;
                }
            }
            case SORTED -> {
                System.arraycopy(margins, from, outputs, at, count);
                Arrays.sort(outputs, at, at + count);
            }
            case RISING -> {
                float sum = (float) margins[from];
                outputs[at] = sum;
                for (int i = 1; i < count; i++) {
                    sum += LEAST_GAP + FloatMath.softplus((float) margins[from + i]);
                    outputs[at + i] = sum;
                }
            }
        }
    }

    @Override
    public int outputs(int margins) {
        return this == LARGEST_CLASS ? 1 : margins;
    }

    private static void softmax(double[] margins, int from, int count, double[] outputs, int at) {
        float largest = (float) margins[from + Link.largest(margins, from, count)];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            outputs[at + i] = FloatMath.exp((float) margins[from + i] - largest);
            sum += outputs[at + i];
        }
        for (int i = 0; i < count; i++) {
            outputs[at + i] = (float) outputs[at + i] / (float) sum;
        }
    }
}
