package dev.tranche.market.statistics;

import java.util.Arrays;

/// How far estimates may stray together. Where many cells are looked at, some lies outside of its own 99.9
/// % interval; a simultaneous band is as wide as the *most* deviant of them all is, in 99.9 % of the
/// bootstrap replicates, in standard errors of its own (the maximum statistic: Westfall and Young,
/// Resampling-Based Multiple Testing, 1993; Romano and Wolf, Econometrica 73, 2005).
public final class SimultaneousBand {
    private final double critical;
    private final double[] errors;

    private SimultaneousBand(double critical, double[] errors) {
        this.critical = critical;
        this.errors = errors;
    }

    /// @param deviations by replicate and cell: the replicate's estimate less the estimate; at least 2
    ///     replicates. NaN where a replicate has no estimate of a cell
    /// @param level within 0..1, exclusive
    public static SimultaneousBand of(double[][] deviations, double level) {
        if (deviations.length < 2) {
            throw new IllegalArgumentException("a band must stand on at least 2 replicates: " + deviations.length);
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must be within 0..1: " + level);
        }
        int cells = deviations[0].length;
        double[] errors = MaximumTest.errors(deviations, cells);
        double[] highest = new double[deviations.length];
        for (int replicate = 0; replicate < deviations.length; replicate++) {
            for (int cell = 0; cell < cells; cell++) {
                double deviation = deviations[replicate][cell];
                if (errors[cell] > 0 && !Double.isNaN(deviation)) {
                    highest[replicate] = Math.max(highest[replicate], Math.abs(deviation) / errors[cell]);
                }
            }
        }
        Arrays.sort(highest);
        int rank = (int) Math.ceil(level * (highest.length + 1)) - 1;
        return new SimultaneousBand(highest[Math.clamp(rank, 0, highest.length - 1)], errors);
    }

    /// Standard errors to either side.
    public double critical() {
        return critical;
    }

    /// The standard error of one estimate.
    public double error(int cell) {
        return errors[cell];
    }

    /// The band of one cell around a centre.
    public Interval around(double centre, int cell) {
        return around(centre, cell, 0);
    }

    /// The band of one cell around a centre, its standard error being at least what theory says it must be:
    /// a cell that strays to an extreme seems more certain than it is.
    ///
    /// @param leastError at least 0
    public Interval around(double centre, int cell, double leastError) {
        double half = critical * Math.max(errors[cell], leastError);
        return new Interval(centre - half, centre + half);
    }
}
