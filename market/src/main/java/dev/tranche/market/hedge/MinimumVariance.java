package dev.tranche.market.hedge;

/// The hedge that leaves the least variance (L. Johnson, Review of Economic Studies 27, 1960; L. Ederington,
/// Journal of Finance 34, 1979): for each unit of what is held, `ratio` units of the other are sold.
///
/// @param ratio `cov(held, other) / var(other)`
/// @param reduction share of the variance that it takes away: the square of the correlation, exactly
public record MinimumVariance(double ratio, double reduction) {
    /// From a covariance matrix, such as that of a dynamic conditional correlation for the next period.
    ///
    /// @throws IllegalArgumentException when it is no covariance matrix of two things that move
    public static MinimumVariance of(double held, double other, double covariance) {
        if (!(held > 0 && other > 0 && covariance * covariance <= held * other * (1 + 1e-12))) {
            throw new IllegalArgumentException("variances must be positive and the covariance within them: " + held
                    + ", " + other + ", " + covariance);
        }
        return new MinimumVariance(covariance / other, covariance * covariance / (held * other));
    }

    /// From two series of returns of one length, each around its mean.
    ///
    /// @throws IllegalArgumentException when they differ in length, have fewer than two values, or one does
    ///     not move
    public static MinimumVariance of(double[] held, double[] other) {
        if (held.length != other.length || held.length < 2) {
            throw new IllegalArgumentException(
                    "a hedge needs two series of one length, at least 2: " + held.length + ", " + other.length);
        }
        double heldMean = 0;
        double otherMean = 0;
        for (int i = 0; i < held.length; i++) {
            heldMean += held[i] / held.length;
            otherMean += other[i] / held.length;
        }
        double hh = 0;
        double oo = 0;
        double ho = 0;
        for (int i = 0; i < held.length; i++) {
            double h = held[i] - heldMean;
            double o = other[i] - otherMean;
            hh += h * h / held.length;
            oo += o * o / held.length;
            ho += h * o / held.length;
        }
        return of(hh, oo, ho);
    }
}
