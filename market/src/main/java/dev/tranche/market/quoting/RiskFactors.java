package dev.tranche.market.quoting;

/// What moves a book of options, and so how much of the risk of one contract a portfolio carries already.
///
/// Over a time `t` the underlying moves by `x` with variance `s^2 t`, volatility by `y` with variance `n^2
/// t`, correlated by `r`; a position is worth `delta x + gamma (x^2 - s^2 t) / 2 + vega y` more. Two
/// positions have then, with normal moves, the covariance
///
/// `c = d1 d2 s^2 t + v1 v2 n^2 t + (d1 v2 + v1 d2) r s n t + g1 g2 s^4 t^2 / 2`
///
/// (the third moments of `x` and `y` are 0, so that gamma meets neither delta nor vega). Who maximises the
/// mean of wealth less `aversion / 2` times its variance is indifferent to one more contract at a price that
/// is `aversion c` below its fair value, `c` between contract and portfolio, which for a future is the `q
/// gamma sigma^2 (T - t)` of Avellaneda and Stoikov. [#inventory] says the same as a number of contracts, `c
/// / Var(contract)`: the one of them that would carry the same risk as the portfolio, which any
/// [QuotingModel] takes. Options by their delta and vega: S. Stoikov and M. Saglam, "Option market making
/// under inventory risk", Review of Derivatives Research 12, 2009; by vega alone: B. Baldacci, P. Bergault,
/// O. Guéant, "Algorithmic market making for options", arXiv 1907.12433.
///
/// Units: `x` in basis points of the underlying, delta in coins, gamma in coins a basis point, `y` in points
/// of volatility, vega in basis points of a coin a point. One writer; allocates nothing.
public final class RiskFactors {
    private double variance;
    private double volVariance;
    private double both;
    private double seconds;

    private RiskFactors() {}

    /// Factors that do not move.
    public static RiskFactors still() {
        return new RiskFactors();
    }

    /// How much they move.
    ///
    /// @param volatility of the underlying in basis points for a root second, at least 0
    /// @param volatilityOfVolatility in points of volatility for a root second, at least 0
    /// @param correlation of the two, -1..1
    /// @param seconds that an inventory may have to be held, at least 0: only gamma's part depends on it
    /// @throws IllegalArgumentException when one is out of its range
    public void set(double volatility, double volatilityOfVolatility, double correlation, double seconds) {
        notNegative("volatility", volatility);
        notNegative("volatilityOfVolatility", volatilityOfVolatility);
        notNegative("seconds", seconds);
        if (!(Math.abs(correlation) <= 1)) {
            throw new IllegalArgumentException("correlation must be within -1..1: " + correlation);
        }
        this.variance = volatility * volatility;
        this.volVariance = volatilityOfVolatility * volatilityOfVolatility;
        this.both = correlation * volatility * volatilityOfVolatility;
        this.seconds = seconds;
    }

    /// Covariance a second of two positions.
    public double covariance(double delta1, double gamma1, double vega1, double delta2, double gamma2, double vega2) {
        return delta1 * delta2 * variance
                + vega1 * vega2 * volVariance
                + (delta1 * vega2 + vega1 * delta2) * both
                + 0.5 * gamma1 * gamma2 * variance * variance * seconds;
    }

    /// Volatility of one contract, in basis points of the underlying for a root second.
    public double volatility(double delta, double gamma, double vega) {
        return Math.sqrt(covariance(delta, gamma, vega, delta, gamma, vega));
    }

    /// How many of a contract would carry the risk that it shares with a portfolio, below 0 when it hedges;
    /// 0 when the contract has no risk.
    public double inventory(double delta, double gamma, double vega, double allDelta, double allGamma, double allVega) {
        double own = covariance(delta, gamma, vega, delta, gamma, vega);
        return own > 0 ? covariance(delta, gamma, vega, allDelta, allGamma, allVega) / own : 0;
    }

    private static void notNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be finite and at least 0: " + value);
        }
    }
}
