package dev.tranche.batch.market.backtest;

import dev.tranche.market.statistics.Resampling;

/// What was saved in the mean of paired runs, with its interval: blocks of neighbours are drawn, both runs of a pair
/// by the same draws.
///
/// @param with mean of the runs with a breaker; more is better
/// @param without mean of the others
/// @param low of the 95 % interval of the difference
/// @param high of it
/// @param lowest of the interval for as many comparisons as were made (Bonferroni)
/// @param highest of it
record Saving(double with, double without, double low, double high, double lowest, double highest) {
    private static final double LEVEL = 0.05;

    /// @param with one value for each pair, in the order of time; more is better
    /// @param without as many
    static Saving of(double[] with, double[] without, Finding.Draws draws) {
        double[] saved = new double[with.length];
        for (int i = 0; i < saved.length; i++) {
            saved[i] = with[i] - without[i];
        }
        double[] means = new double[draws.replicates()];
        Resampling.stationary(saved.length, Math.min(draws.block(), saved.length), draws.replicates(), draws.seed())
                .forEach((replicate, counts) -> {
                    double sum = 0;
                    for (int i = 0; i < counts.length; i++) {
                        sum += counts[i] * saved[i];
                    }
                    means[replicate] = sum / counts.length;
                });
        double widened = LEVEL / draws.comparisons();
        return new Saving(
                Days.mean(with),
                Days.mean(without),
                Finding.quantile(means, LEVEL / 2),
                Finding.quantile(means, 1 - LEVEL / 2),
                Finding.quantile(means, widened / 2),
                Finding.quantile(means, 1 - widened / 2));
    }

    double saved() {
        return with - without;
    }

    /// By the widened interval.
    String words() {
        if (lowest == 0 && highest == 0) {
            return "no difference in any window";
        }
        return lowest > 0 ? "saves" : highest < 0 ? "costs" : "not decided";
    }
}
