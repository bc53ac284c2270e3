package dev.tranche.market.statistics;

/// The first four moments of a sample.
///
/// @param n values
/// @param deviation the standard deviation, with n - 1; NaN for a single value
/// @param skewness third standardised moment (scipy's `skew`, biased); NaN where nothing varies
/// @param kurtosis fourth standardised moment, 3 for a normal sample (scipy's `kurtosis(fisher=False)`,
///     biased); NaN where nothing varies
public record Shape(int n, double mean, double deviation, double skewness, double kurtosis) {
    /// Mean ÷ standard deviation, a period; NaN where nothing varies.
    public double sharpe() {
        return deviation > 0 ? mean / deviation : Double.NaN;
    }
}
