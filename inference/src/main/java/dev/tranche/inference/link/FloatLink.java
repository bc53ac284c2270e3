package dev.tranche.inference.link;

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
    SORTED;

    @Override
    public double[] outputs(double[] margins) {
        double[] outputs = this == LARGEST_CLASS ? new double[1] : margins.clone();
        switch (this) {
            case IDENTITY -> {}
            case SIGMOID -> {
                for (int i = 0; i < outputs.length; i++) {
                    outputs[i] = FloatMath.sigmoid((float) outputs[i]);
                }
            }
            case EXP -> {
                for (int i = 0; i < outputs.length; i++) {
                    outputs[i] = FloatMath.exp((float) outputs[i]);
                }
            }
            case SOFTMAX -> softmax(outputs);
            case LARGEST_CLASS -> outputs[0] = Link.largest(margins);
            case HINGE -> {
                for (int i = 0; i < outputs.length; i++) {
                    outputs[i] = outputs[i] > 0 ? 1 : 0;
                }
            }
            case SORTED -> java.util.Arrays.sort(outputs);
        }
        return outputs;
    }

    @Override
    public int outputs(int margins) {
        return this == LARGEST_CLASS ? 1 : margins;
    }

    private static void softmax(double[] values) {
        float largest = (float) values[Link.largest(values)];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = FloatMath.exp((float) values[i] - largest);
            sum += values[i];
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) values[i] / (float) sum;
        }
    }
}
