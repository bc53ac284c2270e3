package dev.tranche.market.desk;

/// Why a quote is where it is: what it was computed from. One object is used over and over; whoever wants to
/// keep a number copies it. Prices are in the contract's price currency.
public final class QuoteWhy {
    /// Set in [#bounds]: the price was moved to where it cannot take.
    public static final int POST_ONLY = 1;
    /// The narrowest spread acted.
    public static final int LEAST_SPREAD = 1 << 1;
    /// The widest spread acted.
    public static final int MOST_SPREAD = 1 << 2;
    /// A limit of the position took or cut a side.
    public static final int POSITION = 1 << 3;
    /// The price was moved so that no order of another strategy here is met.
    public static final int OWN_ORDER = 1 << 4;
    /// The spread is the heuristic's because the model did not answer.
    public static final int FALLBACK = 1 << 5;

    double fair;
    double reservation;
    double halfSpread;
    double skew;
    double sigma;
    double inventory;
    double spreadBps;
    double regime;
    double breaker;
    int bounds;

    QuoteWhy() {}

    /// What it is thought to be worth.
    public double fair() {
        return fair;
    }

    /// The middle of the quote: the fair value less what the inventory asks for.
    public double reservation() {
        return reservation;
    }

    /// From there to either side, before ticks.
    public double halfSpread() {
        return halfSpread;
    }

    /// Reservation less fair value.
    public double skew() {
        return skew;
    }

    /// Volatility of the price, per square root of a second.
    public double sigma() {
        return sigma;
    }

    /// What the strategy holds, in the contract's unit, gamma and vega counted with their weights.
    public double inventory() {
        return inventory;
    }

    /// Whole spread of the model or the heuristic, basis points of the fair value; NaN when none was asked.
    public double spreadBps() {
        return spreadBps;
    }

    /// What the regime multiplied the spread by.
    public double regime() {
        return regime;
    }

    /// What the breaker multiplied the spread by.
    public double breaker() {
        return breaker;
    }

    /// Which bounds acted, bits as above.
    public int bounds() {
        return bounds;
    }
}
