package dev.tranche.market.statistics;

import java.util.Arrays;

/// A number in each of equally long periods, most of them 0: the returns of a strategy that trades now and
/// then.
public final class SparseSeries {
    private final int periods;
    private final int[] at;
    private final double[] value;

    private SparseSeries(int periods, int[] at, double[] value) {
        this.periods = periods;
        this.at = at;
        this.value = value;
    }

    /// Sums by period.
    ///
    /// @param periods at least 1
    /// @param at periods from 0, ascending, repeated where a period holds several values
    /// @param value as many
    public static SparseSeries of(int periods, int[] at, double[] value) {
        if (periods < 1 || at.length != value.length) {
            throw new IllegalArgumentException("a series must have at least 1 period and a value for each place: "
                    + periods + " periods, " + at.length + " places, " + value.length + " values");
        }
        int[] places = new int[at.length];
        double[] sums = new double[at.length];
        int count = 0;
        for (int i = 0; i < at.length; i++) {
            if (at[i] < 0 || at[i] >= periods || (i > 0 && at[i] < at[i - 1])) {
                throw new IllegalArgumentException(
                        "places must ascend within 0.." + (periods - 1) + ": " + at[i] + " at " + i);
            }
            if (count > 0 && places[count - 1] == at[i]) {
                sums[count - 1] += value[i];
            } else {
                places[count] = at[i];
                sums[count] = value[i];
                count++;
            }
        }
        return new SparseSeries(periods, Arrays.copyOf(places, count), Arrays.copyOf(sums, count));
    }

    /// From a number for each period.
    public static SparseSeries of(double[] values) {
        int[] at = new int[values.length];
        Arrays.setAll(at, i -> i);
        return of(values.length, at, values);
    }

    public int periods() {
        return periods;
    }

    public double mean() {
        double sum = 0;
        for (double v : value) {
            sum += v;
        }
        return sum / periods;
    }

    /// The mean over the periods as often as each was drawn.
    double mean(int[] counts) {
        double sum = 0;
        for (int i = 0; i < at.length; i++) {
            sum += counts[at[i]] * value[i];
        }
        return sum / periods;
    }

    /// Mean, deviation, skewness and kurtosis over all periods, the empty ones too.
    public Shape shape() {
        double mean = mean();
        double empty = (double) periods - at.length;
        double two = empty * mean * mean;
        double three = -empty * mean * mean * mean;
        double four = empty * mean * mean * mean * mean;
        for (double v : value) {
            double d = v - mean;
            two += d * d;
            three += d * d * d;
            four += d * d * d * d;
        }
        double variance = two / periods;
        double skew = variance == 0 ? Double.NaN : three / periods / Math.pow(variance, 1.5);
        double kurtosis = variance == 0 ? Double.NaN : four / periods / (variance * variance);
        double deviation = periods < 2 ? Double.NaN : Math.sqrt(two / (periods - 1));
        return new Shape(periods, mean, deviation, skew, kurtosis);
    }
}
