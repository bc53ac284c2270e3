package dev.tranche.market.pricing;

/// Prices and greeks of a whole chain at once: Black's formula over arrays, without allocation.
///
/// The numbers are those of [Black76#greeks], to a few units in the last place. What it saves: one
/// exponential an option instead of three, since `F n(d1) = K n(d2)`, and the tail of the normal distribution
/// is its density times a rational function (Cody). What an option is does not change with the market: the
/// logarithm of its strike and the root of its time are kept. Measured by `tranche bench market`. One writer.
public final class ChainGreeks {
    private final int[] sign;
    private final double[] strike;
    private final double[] logStrike;
    private final double[] years;
    private final double[] root;
    private final double[] forward;
    private final double[] volatility;
    private final double[] price;
    private final double[] delta;
    private final double[] gamma;
    private final double[] vega;
    private final double[] theta;
    private final double[] vanna;
    private final double[] volga;

    private ChainGreeks(int size) {
        this.sign = new int[size];
        this.strike = new double[size];
        this.logStrike = new double[size];
        this.years = new double[size];
        this.root = new double[size];
        this.forward = new double[size];
        this.volatility = new double[size];
        this.price = new double[size];
        this.delta = new double[size];
        this.gamma = new double[size];
        this.vega = new double[size];
        this.theta = new double[size];
        this.vanna = new double[size];
        this.volga = new double[size];
    }

    /// A chain of so many options, none of which is set yet.
    ///
    /// @param size 1..1000000
    public static ChainGreeks of(int size) {
        if (size < 1 || size > 1_000_000) {
            throw new IllegalArgumentException("size must be within 1..1000000: " + size);
        }
        return new ChainGreeks(size);
    }

    /// Number of options.
    public int size() {
        return sign.length;
    }

    /// Says what an option is.
    ///
    /// @param strike positive
    /// @throws IllegalArgumentException when it is not
    public void option(int at, OptionType type, double strike) {
        if (!(strike > 0 && strike < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("strike must be positive and finite: " + strike);
        }
        this.sign[at] = type.sign();
        this.strike[at] = strike;
        this.logStrike[at] = Math.log(strike);
    }

    /// Says how long an option has still to go.
    ///
    /// @param years at least 0
    /// @throws IllegalArgumentException when they are not
    public void years(int at, double years) {
        if (!(years >= 0 && years < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("years must be finite and at least 0: " + years);
        }
        this.years[at] = years;
        this.root[at] = Math.sqrt(years);
    }

    /// Says what the market is for an option. Numbers out of their range make its price and greeks NaN.
    ///
    /// @param forward positive
    /// @param volatility per square root of a year, at least 0
    public void market(int at, double forward, double volatility) {
        this.forward[at] = forward;
        this.volatility[at] = volatility;
    }

    /// Computes all of them.
    public void compute() {
        for (int i = 0; i < sign.length; i++) {
            double f = forward[i];
            double k = strike[i];
            double v = volatility[i];
            double deviation = v * root[i];
            if (!(f > 0 && f < Double.POSITIVE_INFINITY && deviation > 0 && deviation < Double.POSITIVE_INFINITY)) {
                atRest(i);
                continue;
            }
            double d1 = (Math.log(f) - logStrike[i]) / deviation + 0.5 * deviation;
            double d2 = d1 - deviation;
            double bell = Math.exp(-0.5 * d1 * d1);
            double other = bell == 0 ? Math.exp(-0.5 * d2 * d2) : bell * f / k;
            int s = sign[i];
            double density = bell / Normal.SQRT_2_PI;
            double below = Normal.below(s * d1, bell);
            double paid = s * (f * below - k * Normal.below(s * d2, other));
            double least = Math.max(0, s * (f - k));
            double slope = f * density * root[i];
            price[i] = Math.max(paid, least);
            delta[i] = s * below;
            gamma[i] = density / (f * deviation);
            vega[i] = slope;
            theta[i] = -0.5 * f * density * v / root[i];
            vanna[i] = -density * d2 / v;
            volga[i] = slope * d1 * d2 / v;
        }
    }

    /// At expiry, without volatility, or without a market.
    private void atRest(int i) {
        boolean known = strike[i] > 0
                && forward[i] > 0
                && forward[i] < Double.POSITIVE_INFINITY
                && volatility[i] >= 0
                && volatility[i] < Double.POSITIVE_INFINITY;
        double payoff = Math.max(0, sign[i] * (forward[i] - strike[i]));
        double step = forward[i] == strike[i] ? 0.5 * sign[i] : payoff > 0 ? sign[i] : 0;
        double rest = known ? 0 : Double.NaN;
        price[i] = payoff + rest;
        delta[i] = step + rest;
        gamma[i] = rest;
        vega[i] = rest;
        theta[i] = rest;
        vanna[i] = rest;
        volga[i] = rest;
    }

    /// Worth in the quote currency, undiscounted.
    public double price(int at) {
        return price[at];
    }

    /// Worth in coin.
    public double coins(int at) {
        return price[at] / forward[at];
    }

    /// Change of the price for a change of the forward by one.
    public double delta(int at) {
        return delta[at];
    }

    /// Delta less the worth in coin: what a position in an option settled in coin moves with.
    public double netDelta(int at) {
        return delta[at] - coins(at);
    }

    /// Change of delta for a change of the forward by one.
    public double gamma(int at) {
        return gamma[at];
    }

    /// Change of the price for a change of the volatility by one (100 percentage points).
    public double vega(int at) {
        return vega[at];
    }

    /// Change of the price by the passage of a year.
    public double theta(int at) {
        return theta[at];
    }

    /// Change of delta for a change of the volatility by one.
    public double vanna(int at) {
        return vanna[at];
    }

    /// Change of vega for a change of the volatility by one.
    public double volga(int at) {
        return volga[at];
    }
}
