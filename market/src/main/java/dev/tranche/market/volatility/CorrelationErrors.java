package dev.tranche.market.volatility;

import java.util.List;
import java.util.Optional;

/// How sure the dynamics of correlations are.
public sealed interface CorrelationErrors {
    /// Nearer than this to 0 or 1 nothing is told from it.
    double AT_BOUND = 1e-5;

    /// Standard errors.
    ///
    /// @param both counts everything that was estimated before: the volatilities and the mean correlation
    /// @param alone of the second step as if all before it were known and innovations were normal, from its
    ///     second derivatives: often too small, there to show what the rest costs
    /// @param lags over which products of innovations are let go together, see [#of]
    record Found(Pair both, Pair alone, int lags) implements CorrelationErrors {}

    /// Of `a` and `b`.
    record Pair(double a, double b) {}

    /// None, and why.
    record Refused(String reason) implements CorrelationErrors {}

    /// The errors of `a` and `b`, robust and of all steps together (R. Engle and K. Sheppard, "Theoretical
    /// and empirical properties of dynamic conditional correlation multivariate GARCH", NBER 8554, 2001; W.
    /// Newey and D. McFadden, Handbook of Econometrics 4, 1994, section 6).
    ///
    /// Every step is a set of moments that its estimate brings to nought: the gradients of each volatility,
    /// `z z^T - S`, and the gradient of the correlations by `a` and `b`. With `G` the mean of their
    /// derivatives by all numbers and `W` the long-run variance of the moments, the variance of the estimates
    /// is `G^-1 W G^-T / n`. `W` is that of Newey and West (Econometrica 55, 1987), since `z z^T - S` is
    /// correlated in time, over `1.2 n^(1/3)` lags. Derivatives are central differences of exact gradients,
    /// with steps of the cube root of a rounding.
    ///
    /// Refused where the correlations do not move or `a` or `b` is nought, since what is not there has no
    /// persistence to be sure of, and where a step is not at an inner maximum (a volatility at its bound).
    static CorrelationErrors of(DynamicCorrelation fit, double[][] returns) {
        double a = fit.terms().a();
        double b = fit.terms().b();
        if (a < AT_BOUND || b < AT_BOUND || a + b > 1 - AT_BOUND) {
            return new Refused("a or b lies at its bound: " + (float) a + ", " + (float) b);
        }
        List<VolatilityFit> volatilities = fit.volatilities();
        Optional<Refused> without = atBound(volatilities);
        if (without.isPresent()) {
            return without.get();
        }
        return new StepMoments(volatilities, returns, a, b).errors();
    }

    /// Why there are none when a volatility has no errors itself.
    static Optional<Refused> atBound(List<VolatilityFit> volatilities) {
        for (int i = 0; i < volatilities.size(); i++) {
            VolatilityFit each = volatilities.get(i);
            if (each.errors().hessian().stream().anyMatch(error -> !(error > 0))) {
                return Optional.of(new Refused("the volatility of series " + i + " has no errors of its own, as when a"
                        + " number lies at its bound: " + each.words()));
            }
        }
        return Optional.empty();
    }
}
