package dev.tranche.market.pricing;

/// The normal distribution, to about the precision of a double, fast enough for a quote.
///
/// The error function is W. J. Cody's rational Chebyshev approximation (Mathematics of Computation 23, 1969,
/// pp. 631-637), whose relative error is below 1e-16 in exact arithmetic. Its scaled form keeps the tails from
/// underflowing, which is what an implied volatility far from the money needs.
@SuppressWarnings("FloatingPointLiteralPrecision") // the digits are those of the papers
final class Normal {
    static final double SQRT_2 = Math.sqrt(2);
    static final double SQRT_2_PI = Math.sqrt(2 * Math.PI);
    private static final double ONE_OVER_SQRT_PI = 0.56418958354775628695;
    private static final double SMALL = 0.46875;

    private Normal() {}

    /// The density at `z`.
    static double density(double z) {
        return Math.exp(-0.5 * z * z) / SQRT_2_PI;
    }

    /// The probability of a value below `z`, precise relatively to itself in the lower tail too.
    static double below(double z) {
        return Math.abs(z) / SQRT_2 <= SMALL ? below(z, Double.NaN) : below(z, Math.exp(-0.5 * z * z));
    }

    /// As [#below(double)], for those who have `exp(-z^2 / 2)` already.
    static double below(double z, double bell) {
        double y = Math.abs(z) / SQRT_2;
        if (y <= SMALL) {
            return 0.5 + 0.5 * nearZero(z / SQRT_2);
        }
        double tail = 0.5 * bell * scaled(y);
        return z < 0 ? tail : 1 - tail;
    }

    /// Mills' ratio `below(z) / density(z)`, for any `z` of at most 37.
    static double mills(double z) {
        return Math.sqrt(Math.PI / 2) * scaledComplement(-z / SQRT_2);
    }

    /// `exp(x^2) erfc(x)`.
    static double scaledComplement(double x) {
        double y = Math.abs(x);
        if (y <= SMALL) {
            return Math.exp(x * x) * (1 - nearZero(x));
        }
        double value = scaled(y);
        return x < 0 ? 2 * Math.exp(x * x) - value : value;
    }

    /// erf for `|x| <= 0.46875`.
    private static double nearZero(double x) {
        double z = x * x;
        double up = 1.85777706184603153e-1 * z;
        double down = z;
        up = (up + 3.16112374387056560e0) * z;
        down = (down + 2.36012909523441209e1) * z;
        up = (up + 1.13864154151050156e2) * z;
        down = (down + 2.44024637934444173e2) * z;
        up = (up + 3.77485237685302021e2) * z;
        down = (down + 1.28261652607737228e3) * z;
        return x * (up + 3.20937758913846947e3) / (down + 2.84423683343917062e3);
    }

    /// `exp(y^2) erfc(y)` for `y > 0.46875`.
    private static double scaled(double y) {
        if (y <= 4) {
            double up = 2.15311535474403846e-8 * y;
            double down = y;
            up = (up + 5.64188496988670089e-1) * y;
            down = (down + 1.57449261107098347e1) * y;
            up = (up + 8.88314979438837594e0) * y;
            down = (down + 1.17693950891312499e2) * y;
            up = (up + 6.61191906371416295e1) * y;
            down = (down + 5.37181101862009858e2) * y;
            up = (up + 2.98635138197400131e2) * y;
            down = (down + 1.62138957456669019e3) * y;
            up = (up + 8.81952221241769090e2) * y;
            down = (down + 3.29079923573345963e3) * y;
            up = (up + 1.71204761263407058e3) * y;
            down = (down + 4.36261909014324716e3) * y;
            up = (up + 2.05107837782607147e3) * y;
            down = (down + 3.43936767414372164e3) * y;
            return (up + 1.23033935479799725e3) / (down + 1.23033935480374942e3);
        }
        double z = 1 / (y * y);
        double up = 1.63153871373020978e-2 * z;
        double down = z;
        up = (up + 3.05326634961232344e-1) * z;
        down = (down + 2.56852019228982242e0) * z;
        up = (up + 3.60344899949804439e-1) * z;
        down = (down + 1.87295284992346725e0) * z;
        up = (up + 1.25781726111229246e-1) * z;
        down = (down + 5.27905102951428412e-1) * z;
        up = (up + 1.60837851487422766e-2) * z;
        down = (down + 6.05183413124413191e-2) * z;
        double rest = z * (up + 6.58749161529837803e-4) / (down + 2.33520497626869185e-3);
        return (ONE_OVER_SQRT_PI - rest) / y;
    }
}
