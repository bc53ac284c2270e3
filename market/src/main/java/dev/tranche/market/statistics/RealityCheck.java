package dev.tranche.market.statistics;

import java.util.List;

/// Whether the best of many strategies is better than nothing, when it was chosen because it was the best.
///
/// White's reality check: H. White, Econometrica 68 (2000), 1097-1126. Statistic `max_k sqrt(T) mean_k`,
/// its distribution under the null by a bootstrap of all strategies together, each recentred on its own
/// mean. A hopeless strategy in the list makes it blunt; [SuperiorAbility] mends that.
public final class RealityCheck {
    private RealityCheck() {}

    /// The chance of such a best mean where the true means are at most 0, at least 1 / (replicates + 1).
    ///
    /// @param strategies returns over the benchmark, on the periods of `resampling`; at least one
    public static double p(List<SparseSeries> strategies, Resampling resampling) {
        checked(strategies, resampling);
        double[] means = strategies.stream().mapToDouble(SparseSeries::mean).toArray();
        double best = Double.NEGATIVE_INFINITY;
        for (double mean : means) {
            best = Math.max(best, mean);
        }
        double found = best;
        int[] atLeast = {0};
        resampling.forEach((replicate, counts) -> {
            for (int k = 0; k < means.length; k++) {
                if (strategies.get(k).mean(counts) - means[k] >= found) {
                    atLeast[0]++;
                    return;
                }
            }
        });
        return (1.0 + atLeast[0]) / (1.0 + resampling.replicates());
    }

    static void checked(List<SparseSeries> strategies, Resampling resampling) {
        if (strategies.isEmpty()) {
            throw new IllegalArgumentException("a reality check must have at least one strategy: 0");
        }
        for (SparseSeries series : strategies) {
            if (series.periods() != resampling.periods()) {
                throw new IllegalArgumentException(
                        "every strategy must have " + resampling.periods() + " periods: " + series.periods());
            }
        }
    }
}
