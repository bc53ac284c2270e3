package dev.tranche.market.statistics;

import java.util.List;

/// The test for superior predictive ability: P. R. Hansen, Journal of Business and Economic Statistics 23
/// (2005), 365-380. Like [RealityCheck], but each mean is divided by its standard error (eq. 1), and a
/// strategy so bad that it cannot be the best is recentred on 0 instead of its mean (eq. 3: below `-sqrt(2
/// log log T)` standard errors). The standard error is that of the bootstrap itself.
///
/// @param lower liberal: every strategy below 0 counts as hopeless
/// @param consistent the p to use
/// @param upper conservative: none counts as hopeless
public record SuperiorAbility(double lower, double consistent, double upper) {

    /// @param strategies returns over the benchmark, on the periods of `resampling`; at least one
    public static SuperiorAbility of(List<SparseSeries> strategies, Resampling resampling) {
        RealityCheck.checked(strategies, resampling);
        int many = strategies.size();
        int replicates = resampling.replicates();
        double[] means = strategies.stream().mapToDouble(SparseSeries::mean).toArray();
        float[][] deviations = new float[replicates][many];
        double[] squares = new double[many];
        resampling.forEach((replicate, counts) -> {
            for (int k = 0; k < many; k++) {
                double deviation = strategies.get(k).mean(counts) - means[k];
                deviations[replicate][k] = (float) deviation;
                squares[k] += deviation * deviation;
            }
        });
        double hopeless = -Math.sqrt(2 * Math.log(Math.log(Math.max(resampling.periods(), 3))));
        double statistic = 0;
        double[] errors = new double[many];
        double[][] shifts = new double[3][many];
        for (int k = 0; k < many; k++) {
            errors[k] = Math.sqrt(squares[k] / replicates);
            double ratio = errors[k] > 0 ? means[k] / errors[k] : 0;
            statistic = Math.max(statistic, ratio);
            shifts[0][k] = Math.min(ratio, 0);
            shifts[1][k] = ratio < hopeless ? ratio : 0;
        }
        int[] atLeast = new int[3];
        for (float[] row : deviations) {
            for (int way = 0; way < 3; way++) {
                double highest = 0;
                for (int k = 0; k < many; k++) {
                    if (errors[k] > 0) {
                        highest = Math.max(highest, row[k] / errors[k] + shifts[way][k]);
                    }
                }
                if (highest >= statistic) {
                    atLeast[way]++;
                }
            }
        }
        return new SuperiorAbility(
                (1.0 + atLeast[0]) / (1 + replicates),
                (1.0 + atLeast[1]) / (1 + replicates),
                (1.0 + atLeast[2]) / (1 + replicates));
    }
}
