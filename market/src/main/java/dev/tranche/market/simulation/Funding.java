package dev.tranche.market.simulation;

/// When a perpetual exchanges funding, and at which rate: longs pay shorts `position × mark × rate` when the
/// rate is above 0. Immutable.
public final class Funding {
    /// Never.
    public static final Funding NONE = new Funding(new long[0], new double[0]);

    private static final double MOST = 0.05;

    private final long[] at;
    private final double[] rates;

    private Funding(long[] at, double[] rates) {
        this.at = at;
        this.rates = rates;
    }

    /// @param atNanos epoch nanoseconds, strictly ascending
    /// @param rates -0.05..0.05 of the notional, one for each time
    public static Funding of(long[] atNanos, double[] rates) {
        if (atNanos.length != rates.length) {
            throw new IllegalArgumentException(
                    "there must be one rate for each of " + atNanos.length + " times: " + rates.length);
        }
        for (int i = 0; i < rates.length; i++) {
            if (i > 0 && atNanos[i] <= atNanos[i - 1]) {
                throw new IllegalArgumentException("times must ascend after " + atNanos[i - 1] + ": " + atNanos[i]);
            }
            if (!(Math.abs(rates[i]) <= MOST)) {
                throw new IllegalArgumentException("a rate must be within -0.05..0.05: " + rates[i]);
            }
        }
        return new Funding(atNanos.clone(), rates.clone());
    }

    int size() {
        return at.length;
    }

    long at(int place) {
        return at[place];
    }

    double rate(int place) {
        return rates[place];
    }
}
