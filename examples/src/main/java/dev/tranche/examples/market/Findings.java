package dev.tranche.examples.market;

import dev.tranche.market.spread.SpreadFeature;
import dev.tranche.market.statistics.Pinball;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;

/// How a model does on rows it has not seen, beside two rules that know less: a constant, and a multiple of the
/// realised volatility, both fitted on the model's own training rows.
///
/// @param quantile learnt; NaN: a mean is learnt, and the loss is the squared error
/// @param constant the best constant of the training rows
/// @param factor the best multiple of [SpreadFeature#REALISED_BPS] of the training rows
record Findings(double quantile, double constant, double factor) {
    private static final int STEPS = 400;
    private static final double STEP = 0.02;

    /// One set of rows.
    ///
    /// @param rows how many
    /// @param model mean loss of the model
    /// @param constant mean loss of the constant
    /// @param volatility mean loss of the multiple of the volatility
    /// @param covered share of targets at most what the model said
    /// @param constantCovered the same of the constant
    /// @param mean of what the model said
    record Score(
            int rows,
            double model,
            double constant,
            double volatility,
            double covered,
            double constantCovered,
            double mean) {
        /// The model's loss against the constant's: below 1 it knows something.
        double ratio() {
            return model / constant;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "| %,d | %.4f | %.4f | %.4f | %.3f | %.1f %% | %.1f %% | %.2f |",
                    rows,
                    model,
                    constant,
                    volatility,
                    ratio(),
                    100 * covered,
                    100 * constantCovered,
                    mean);
        }
    }

    static Findings of(SpreadRows training, double quantile) {
        double[] targets = training.targets();
        double constant = Double.isNaN(quantile)
                ? Arrays.stream(targets).average().orElseThrow()
                : sorted(targets)[(int) Math.min(targets.length - 1.0, Math.ceil(quantile * targets.length) - 1)];
        double[] volatility = training.feature(SpreadFeature.REALISED_BPS);
        double factor = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= STEPS; i++) {
            double tried = i * STEP;
            double loss = loss(targets, scaled(volatility, tried), quantile);
            if (loss < least) {
                least = loss;
                factor = tried;
            }
        }
        return new Findings(quantile, constant, factor);
    }

    Score score(SpreadRows rows, double[] predicted) {
        double[] targets = rows.targets();
        double[] constants = new double[targets.length];
        Arrays.fill(constants, constant);
        double[] scaled = scaled(rows.feature(SpreadFeature.REALISED_BPS), factor);
        ToDoubleBiFunction<double[], double[]> of = (y, said) -> loss(y, said, quantile);
        return new Score(
                targets.length,
                of.applyAsDouble(targets, predicted),
                of.applyAsDouble(targets, constants),
                of.applyAsDouble(targets, scaled),
                Pinball.coverage(targets, predicted),
                Pinball.coverage(targets, constants),
                Arrays.stream(predicted).average().orElse(Double.NaN));
    }

    private static double loss(double[] y, double[] predicted, double quantile) {
        if (!Double.isNaN(quantile)) {
            return Pinball.mean(y, predicted, quantile);
        }
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += (y[i] - predicted[i]) * (y[i] - predicted[i]);
        }
        return sum / y.length;
    }

    private static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(value -> value * factor).toArray();
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
