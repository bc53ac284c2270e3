package dev.tranche.market.pricing;

/// Black's formula for a European option on a forward, undiscounted (F. Black, "The pricing of commodity
/// contracts", Journal of Financial Economics 3, 1976): what a margined option in the quote currency is
/// worth. A discounted price is this times the discount factor.
///
/// `forward` and `strike` are positive prices in one currency, `years` at least 0, `volatility` at least 0
/// per square root of a year. Pure functions.
public final class Black76 {
    private Black76() {}

    /// The price.
    ///
    /// @throws IllegalArgumentException when an argument is out of its range, NaN included
    public static double price(OptionType type, double forward, double strike, double years, double volatility) {
        checked(forward, strike, years, volatility);
        double deviation = volatility * Math.sqrt(years);
        // The side that is out of the money has no cancellation; parity gives the other.
        double x = -Math.abs(Math.log(forward / strike));
        return type.payoff(forward, strike) + Math.sqrt(forward * strike) * NormalisedBlack.price(x, deviation);
    }

    /// Price and greeks together. At expiry or without volatility they are those of the payoff, with a delta
    /// of one half of the sign exactly at the strike.
    ///
    /// @throws IllegalArgumentException when an argument is out of its range, NaN included
    public static Greeks greeks(OptionType type, double forward, double strike, double years, double volatility) {
        checked(forward, strike, years, volatility);
        double root = Math.sqrt(years);
        double deviation = volatility * root;
        if (deviation == 0) {
            double delta = forward == strike ? 0.5 * type.sign() : type.payoff(forward, strike) > 0 ? type.sign() : 0;
            return new Greeks(type.payoff(forward, strike), delta, 0, 0, 0, 0, 0);
        }
        double d1 = Math.log(forward / strike) / deviation + 0.5 * deviation;
        double d2 = d1 - deviation;
        double density = Normal.density(d1);
        double delta = type.sign() * Normal.below(type.sign() * d1);
        double price =
                type.sign() * (forward * Normal.below(type.sign() * d1) - strike * Normal.below(type.sign() * d2));
        double vega = forward * density * root;
        return new Greeks(
                Math.max(price, type.payoff(forward, strike)),
                delta,
                density / (forward * deviation),
                vega,
                -0.5 * forward * density * volatility / root,
                -density * d2 / volatility,
                vega * d1 * d2 / volatility);
    }

    /// As [#greeks], into an array and without allocation: price, delta, gamma, vega and theta.
    ///
    /// @param into at least 5 places
    /// @throws IllegalArgumentException when an argument is out of its range, NaN included
    public static void greeks(
            OptionType type, double forward, double strike, double years, double volatility, double[] into) {
        checked(forward, strike, years, volatility);
        double root = Math.sqrt(years);
        double deviation = volatility * root;
        double payoff = type.payoff(forward, strike);
        if (deviation == 0) {
            into[0] = payoff;
            into[1] = forward == strike ? 0.5 * type.sign() : payoff > 0 ? type.sign() : 0;
            into[2] = 0;
            into[3] = 0;
            into[4] = 0;
            return;
        }
        double d1 = Math.log(forward / strike) / deviation + 0.5 * deviation;
        double density = Normal.density(d1);
        double above = type.sign() * Normal.below(type.sign() * d1);
        double beyond = type.sign() * Normal.below(type.sign() * (d1 - deviation));
        into[0] = Math.max(forward * above - strike * beyond, payoff);
        into[1] = above;
        into[2] = density / (forward * deviation);
        into[3] = forward * density * root;
        into[4] = -0.5 * forward * density * volatility / root;
    }

    /// The volatility at which an option has `price`, right to about 1e-12 of itself as far as the price
    /// determines it: an option deep in the money says little of its volatility, and what it says is in its
    /// time value.
    ///
    /// @throws IllegalArgumentException when an argument other than the price is out of its range, or `years`
    ///     is 0
    public static ImpliedVolatility impliedVolatility(
            OptionType type, double forward, double strike, double years, double price) {
        checked(forward, strike, years, 0);
        if (years == 0) {
            throw new IllegalArgumentException("years must be above 0: " + years);
        }
        double intrinsic = type.payoff(forward, strike);
        double most = type == OptionType.CALL ? forward : strike;
        if (!(price > intrinsic && price < most)) {
            return new ImpliedVolatility.OutOfBounds(price, intrinsic, most);
        }
        double x = -Math.abs(Math.log(forward / strike));
        double unit = Math.sqrt(forward * strike);
        double normalised = (price - intrinsic) / unit;
        if (normalised >= Math.exp(0.5 * x) || normalised == 0) {
            return new ImpliedVolatility.OutOfBounds(price, intrinsic, most);
        }
        return new ImpliedVolatility.Found(NormalisedBlack.deviation(x, normalised) / Math.sqrt(years));
    }

    private static void checked(double forward, double strike, double years, double volatility) {
        positive("forward", forward);
        positive("strike", strike);
        notNegative("years", years);
        notNegative("volatility", volatility);
    }

    private static void positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be positive and finite: " + value);
        }
    }

    private static void notNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be finite and at least 0: " + value);
        }
    }
}
