package dev.tranche.market.statistics;

/// The first four moments of a sample.
///
/// @param n values
/// @param deviation the standard deviation, with n - 1; NaN for a single value
/// @param skewness third standardised moment (scipy's `skew`, biased); NaN where nothing varies
/// @param kurtosis fourth standardised moment, 3 for a normal sample (scipy's `kurtosis(fisher=False)`,
///     biased); NaN where nothing varies
public record Shape(int n, double mean, double deviation, double skewness, double kurtosis) {
    /// Of the first so many values.
    ///
    /// @param count at least 1
    public static Shape of(double[] values, int count) {
        if (count < 1 || count > values.length) {
            throw new IllegalArgumentException("count must be within 1.." + values.length + ": " + count);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += values[i];
        }
        double mean = sum / count;
        double two = 0;
        double three = 0;
        double four = 0;
        for (int i = 0; i < count; i++) {
            double off = values[i] - mean;
            two += off * off;
            three += off * off * off;
            four += off * off * off * off;
        }
        double variance = two / count;
        return new Shape(
                count,
                mean,
                count < 2 ? Double.NaN : Math.sqrt(two / (count - 1)),
                variance == 0 ? Double.NaN : three / count / (variance * Math.sqrt(variance)),
                variance == 0 ? Double.NaN : four / count / (variance * variance));
    }

    /// Mean ÷ standard deviation, a period; NaN where nothing varies.
    public double sharpe() {
        return deviation > 0 ? mean / deviation : Double.NaN;
    }
}
