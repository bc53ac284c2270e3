package dev.tranche.market.account;

/// Capital paid in, by currency: what it was worth when it came, which profit is counted from, and what it is
/// worth now. What came before its currency had a price is valued at the first. One writer.
final class Deposits {
    private static final double PARTS = 1e8;

    private final long[] amounts;
    private final long[] unpriced;
    private double paid;

    Deposits(int currencies) {
        this.amounts = new long[currencies];
        this.unpriced = new long[currencies];
    }

    /// @param amount in 1e-8 of the currency, below 0 when paid out
    /// @param usd the currency's price now; NaN while unknown
    void add(int currency, long amount, double usd) {
        amounts[currency] = Math.addExact(amounts[currency], amount);
        if (Double.isNaN(usd)) {
            unpriced[currency] = Math.addExact(unpriced[currency], amount);
        } else {
            paid += amount / PARTS * usd;
        }
    }

    /// A currency has this price from now on.
    void index(int currency, double usd) {
        if (unpriced[currency] != 0 && !Double.isNaN(usd)) {
            paid += unpriced[currency] / PARTS * usd;
            unpriced[currency] = 0;
        }
    }

    /// In USD of the time when it was paid in; NaN while a price was never known.
    double paid() {
        for (long each : unpriced) {
            if (each != 0) {
                return Double.NaN;
            }
        }
        return paid;
    }

    /// In USD of now; NaN while a price is not known.
    double worth(double[] usd) {
        double sum = 0;
        for (int i = 0; i < amounts.length; i++) {
            sum += amounts[i] == 0 ? 0 : amounts[i] / PARTS * usd[i];
        }
        return sum;
    }

    long hash() {
        long hash = Double.doubleToLongBits(paid);
        for (int i = 0; i < amounts.length; i++) {
            hash = 31 * (31 * hash + amounts[i]) + unpriced[i];
        }
        return hash;
    }
}
