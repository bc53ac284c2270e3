package dev.tranche.market.quoting;

/// The quotes of M. Avellaneda and S. Stoikov, "High-frequency trading in a limit order book", Quantitative
/// Finance 8, 2008: reservation price (3.17), `r = s - q gamma sigma^2 (T - t)`, and spread (3.18), `gamma
/// sigma^2 (T - t) + (2 / gamma) ln(1 + gamma / k)`. The paper trades one unit; orders of another size are
/// the same problem with `gamma size` in place of `gamma`, prices unchanged.
///
/// @param gamma aversion to risk, above 0
/// @param k how fast fills become rarer with the distance, `A exp(-k distance)`, above 0
/// @param size quantity of one order, above 0
public record AvellanedaStoikov(double gamma, double k, double size) implements QuotingModel {
    public AvellanedaStoikov {
        Positive.number("gamma", gamma);
        Positive.number("k", k);
        Positive.number("size", size);
    }

    @Override
    public double half(double volatility, double seconds) {
        double aversion = gamma * size;
        return 0.5 * aversion * volatility * volatility * seconds + Math.log1p(aversion / k) / aversion;
    }

    @Override
    public double shift(double volatility, double seconds) {
        return gamma * volatility * volatility * seconds;
    }
}
