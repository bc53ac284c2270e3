package dev.tranche.inference.link;

/// The links of LightGBM and of logistic models, in double arithmetic by `StrictMath`, so that a replay on
/// another machine gives the same bits.
public sealed interface DoubleLink extends Link {
    @Override
    default int outputs(int margins) {
        return margins;
    }

    /// The margin itself.
    record Identity() implements DoubleLink {
        @Override
        public void apply(double[] margins, int from, int count, double[] outputs, int at) {
            System.arraycopy(margins, from, outputs, at, count);
        }
    }

    /// `1 / (1 + e^-(scale · m))` for each margin; `scale` is LightGBM's `sigmoid`, above zero.
    record Sigmoid(double scale) implements DoubleLink {
        public Sigmoid {
            if (!(scale > 0)) {
                throw new IllegalArgumentException("sigmoid must be above 0: " + scale);
            }
        }

        @Override
        public void apply(double[] margins, int from, int count, double[] outputs, int at) {
            for (int i = 0; i < count; i++) {
                outputs[at + i] = 1 / (1 + StrictMath.exp(-scale * margins[from + i]));
            }
        }
    }

    /// `e^m` for each margin.
    record Exp() implements DoubleLink {
        @Override
        public void apply(double[] margins, int from, int count, double[] outputs, int at) {
            for (int i = 0; i < count; i++) {
                outputs[at + i] = StrictMath.exp(margins[from + i]);
            }
        }
    }

    /// `ln(1 + e^m)` for each margin.
    record Softplus() implements DoubleLink {
        @Override
        public void apply(double[] margins, int from, int count, double[] outputs, int at) {
            for (int i = 0; i < count; i++) {
                outputs[at + i] = StrictMath.log1p(StrictMath.exp(margins[from + i]));
            }
        }
    }

    /// `sign(m) · m²` for each margin: a regression on the square root of its target.
    record SignedSquare() implements DoubleLink {
        @Override
        public void apply(double[] margins, int from, int count, double[] outputs, int at) {
            for (int i = 0; i < count; i++) {
                double m = margins[from + i];
                outputs[at + i] = Math.copySign(m * m, m);
            }
        }
    }

    /// One probability per class, summing to one.
    record Softmax() implements DoubleLink {
        @Override
        public void apply(double[] margins, int from, int count, double[] outputs, int at) {
            double largest = margins[from + Link.largest(margins, from, count)];
            double sum = 0;
            for (int i = 0; i < count; i++) {
                outputs[at + i] = StrictMath.exp(margins[from + i] - largest);
                sum += outputs[at + i];
            }
            for (int i = 0; i < count; i++) {
                outputs[at + i] /= sum;
            }
        }
    }
}
