package dev.tranche.market.statistics;

/// Whether the most striking of many estimates is more than the most striking of many accidents: the
/// largest excess in standard errors against the distribution of the largest deviation over the replicates
/// of a bootstrap (the maximum statistic: Westfall and Young, Resampling-Based Multiple Testing, 1993;
/// Romano and Wolf, Econometrica 73, 2005).
public final class MaximumTest {
    private MaximumTest() {}

    /// The chance of such a largest excess where no true one is above 0, at least 1 / (replicates + 1).
    ///
    /// @param excess of each estimate over what the null says, at least one
    /// @param deviations by replicate and estimate: the replicate's estimate less the estimate; NaN where
    ///     there is none
    public static double p(double[] excess, double[][] deviations) {
        if (excess.length == 0 || deviations.length == 0) {
            throw new IllegalArgumentException("a test must have at least one estimate and one replicate: "
                    + excess.length + " and " + deviations.length);
        }
        double[] errors = errors(deviations, excess.length);
        double found = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < excess.length; k++) {
            if (errors[k] > 0) {
                found = Math.max(found, excess[k] / errors[k]);
            }
        }
        int atLeast = 0;
        for (double[] row : deviations) {
            double highest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < excess.length; k++) {
                if (errors[k] > 0 && !Double.isNaN(row[k])) {
                    highest = Math.max(highest, row[k] / errors[k]);
                }
            }
            atLeast += highest >= found ? 1 : 0;
        }
        return (1.0 + atLeast) / (1.0 + deviations.length);
    }

    /// The standard error of each estimate: the root of its mean squared deviation, 0 where it never
    /// deviates.
    static double[] errors(double[][] deviations, int estimates) {
        double[] errors = new double[estimates];
        for (int k = 0; k < estimates; k++) {
            double squares = 0;
            int count = 0;
            for (double[] row : deviations) {
                if (!Double.isNaN(row[k])) {
                    squares += row[k] * row[k];
                    count++;
                }
            }
            errors[k] = count == 0 ? 0 : Math.sqrt(squares / count);
        }
        return errors;
    }
}
