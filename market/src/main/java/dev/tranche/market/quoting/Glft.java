package dev.tranche.market.quoting;

/// The stationary quotes of O. Guéant, C.-A. Lehalle and J. Fernandez-Tapia ("Dealing with the inventory
/// risk", Mathematics and Financial Economics 7, 2013) in the closed form of O. Guéant, "Optimal market
/// making", arXiv 1605.01862 (4.6) and (4.7): half spread `c1 + (size / 2) sigma c2`, shift `sigma c2`, with
/// `c1 = ln(1 + xi size / k) / (xi size)` and `c2 = sqrt(gamma / (2 a size k) (1 + xi size / k)^(k / (xi
/// size) + 1))`; in the limit of `xi = 0`, `c1 = 1 / k` and the power is `e`. Far from the end of trading
/// they do not depend on the time, so `seconds` does nothing here.
///
/// @param gamma aversion to the risk of an inventory, above 0
/// @param xi aversion to the risk of not being filled: `gamma` for an exponential utility, 0 for a penalty
///     on inventory alone
/// @param a fills a second at no distance, above 0
/// @param k how fast fills become rarer with the distance, `a exp(-k distance)`, above 0
/// @param size quantity of one order, above 0
public record Glft(double gamma, double xi, double a, double k, double size) implements QuotingModel {
    public Glft {
        Positive.number("gamma", gamma);
        Positive.number("a", a);
        Positive.number("k", k);
        Positive.number("size", size);
        if (!(xi >= 0 && xi < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("xi must be at least 0 and finite: " + xi);
        }
    }

    /// With an exponential utility.
    public static Glft of(double gamma, double a, double k, double size) {
        return new Glft(gamma, gamma, a, k, size);
    }

    @Override
    public double half(double volatility, double seconds) {
        return first() + 0.5 * size * volatility * second();
    }

    @Override
    public double shift(double volatility, double seconds) {
        return volatility * second();
    }

    private double first() {
        double aversion = xi * size;
        return aversion == 0 ? 1 / k : Math.log1p(aversion / k) / aversion;
    }

    private double second() {
        double aversion = xi * size;
        // (1 + x)^(1 / x + 1) by its logarithm, which keeps its digits when x is small.
        double power = aversion == 0 ? Math.E : Math.exp(Math.log1p(aversion / k) * (k / aversion + 1));
        return Math.sqrt(gamma / (2 * a * size * k) * power);
    }
}
