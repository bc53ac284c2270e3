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
        public double[] outputs(double[] margins) {
            return margins.clone();
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
        public double[] outputs(double[] margins) {
            return Link.each(margins, m -> 1 / (1 + StrictMath.exp(-scale * m)));
        }
    }

    /// `e^m` for each margin.
    record Exp() implements DoubleLink {
        @Override
        public double[] outputs(double[] margins) {
            return Link.each(margins, StrictMath::exp);
        }
    }

    /// `ln(1 + e^m)` for each margin.
    record Softplus() implements DoubleLink {
        @Override
        public double[] outputs(double[] margins) {
            return Link.each(margins, m -> StrictMath.log1p(StrictMath.exp(m)));
        }
    }

    /// `sign(m) · m²` for each margin: a regression on the square root of its target.
    record SignedSquare() implements DoubleLink {
        @Override
        public double[] outputs(double[] margins) {
            return Link.each(margins, m -> Math.copySign(m * m, m));
        }
    }

    /// One probability per class, summing to one.
    record Softmax() implements DoubleLink {
        @Override
        public double[] outputs(double[] margins) {
            double largest = margins[Link.largest(margins)];
            double[] outputs = Link.each(margins, m -> StrictMath.exp(m - largest));
            double sum = 0;
            for (double output : outputs) {
                sum += output;
            }
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] /= sum;
            }
            return outputs;
        }
    }
}
