package dev.tranche.market.pricing;

/// The smile of one expiry in Gatheral's stochastic volatility inspired form (J. Gatheral and A. Jacquier,
/// "Arbitrage-free SVI volatility surfaces", Quantitative Finance 14, 2014, equation 3.1): the total
/// variance, volatility squared times years, at log-moneyness `k = ln(K/F)` is `w(k) = a + b (rho (k - m) +
/// sqrt((k - m)^2 + sigma^2))`.
///
/// @param a level; `a + b sigma sqrt(1 - rho^2) >= 0`, so that no variance is negative
/// @param b slope of the wings, 0 or more; `b (1 + |rho|) <= 2`, the steepest that a wing may be (R. Lee,
///     2004)
/// @param rho skew, -1..1
/// @param m where the smile turns
/// @param sigma how round it is there, above 0
public record SviSmile(double a, double b, double rho, double m, double sigma) {
    private static final double STEEPEST = 2;
    private static final double ROUNDING = 1e-12;

    public SviSmile {
        if (!(b >= 0 && Math.abs(rho) <= 1 && sigma > 0 && Math.abs(a) < Double.MAX_VALUE && Math.abs(m) < 1e3)) {
            throw new IllegalArgumentException("a smile needs b >= 0, rho within -1..1, sigma > 0 and finite a and m: "
                    + show(a, b, rho, m, sigma));
        }
        if (a + b * sigma * Math.sqrt(1 - rho * rho) < -ROUNDING) {
            throw new IllegalArgumentException("a smile may have no negative variance: " + show(a, b, rho, m, sigma));
        }
        if (b * (1 + Math.abs(rho)) > STEEPEST + ROUNDING) {
            throw new IllegalArgumentException("b (1 + |rho|) must be at most 2: " + show(a, b, rho, m, sigma));
        }
    }

    /// Total variance at log-moneyness `k`.
    public double totalVariance(double k) {
        double y = k - m;
        return Math.max(0, a + b * (rho * y + Math.sqrt(y * y + sigma * sigma)));
    }

    /// Volatility at log-moneyness `k` when the expiry is `years` away, above 0.
    public double volatility(double k, double years) {
        return Math.sqrt(totalVariance(k) / years);
    }

    /// Durrleman's function: the density that the smile gives the price at expiry is this times something
    /// positive, so that no butterfly costs less than nothing exactly where it is not negative (Gatheral and
    /// Jacquier, equation 2.1).
    public double density(double k) {
        double y = k - m;
        double root = Math.sqrt(y * y + sigma * sigma);
        double w = a + b * (rho * y + root);
        double slope = b * (rho + y / root);
        double bend = b * sigma * sigma / (root * root * root);
        double lean = 1 - 0.5 * k * slope / w;
        return lean * lean - 0.25 * slope * slope * (1 / w + 0.25) + 0.5 * bend;
    }

    private static String show(double a, double b, double rho, double m, double sigma) {
        return "a " + a + ", b " + b + ", rho " + rho + ", m " + m + ", sigma " + sigma;
    }
}
