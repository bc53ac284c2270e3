package dev.tranche.market.spread;

/// What a spread would have earned on a recording, by a stated and strict rule: after each sample a bid and an
/// ask rest half the spread below and above its mid, on the contract's tick, until the next sample; a side is
/// filled, once at most, when a trade of that interval goes through its price (a trade at the price fills
/// nothing: there is a queue); what is filled is valued at the mid a horizon after the interval.
///
/// Nothing is said of quantities, of latency or of inventory: for that there is the back-test. Immutable.
public final class SpreadTrial {
    private static final double BASIS_POINTS = 1e4;

    private final double[] earned;
    private final int[] fills;
    private final double captured;

    private SpreadTrial(double[] earned, int[] fills, double captured) {
        this.earned = earned;
        this.fills = fills;
        this.captured = captured;
    }

    /// @param spreads for each sample of the tape, basis points of its mid; NaN: nothing is quoted
    /// @param horizon in samples, at least 1
    /// @param tick of an order's price, in ticks of the tape, at least 1
    /// @param feeBps of a fill, basis points of its price; below 0 a rebate
    public static SpreadTrial of(SpreadTape tape, double[] spreads, int horizon, long tick, double feeBps) {
        if (spreads.length != tape.size() || horizon < 1 || tick < 1) {
            throw new IllegalArgumentException("there must be " + tape.size()
                    + " spreads, horizon and tick at least 1: " + spreads.length + ", " + horizon + ", " + tick);
        }
        double[] earned = new double[tape.size()];
        int[] fills = new int[tape.size()];
        double captured = 0;
        for (int sample = 0; sample < earned.length; sample++) {
            if (Double.isNaN(spreads[sample]) || !tape.whole(sample, horizon + 1)) {
                continue;
            }
            double mid = tape.mid(sample);
            double half = mid * spreads[sample] / 2 / BASIS_POINTS;
            long bid = (long) Math.floor((mid - half) / tick) * tick;
            long ask = (long) Math.ceil((mid + half) / tick) * tick;
            double after = tape.mid(sample + horizon + 1);
            if (through(tape, sample, bid, -1)) {
                earned[sample] += BASIS_POINTS * (after - bid) / mid - feeBps;
                captured += BASIS_POINTS * (mid - bid) / mid;
                fills[sample]++;
            }
            if (through(tape, sample, ask, 1)) {
                earned[sample] += BASIS_POINTS * (ask - after) / mid - feeBps;
                captured += BASIS_POINTS * (ask - mid) / mid;
                fills[sample]++;
            }
        }
        return new SpreadTrial(earned, fills, captured);
    }

    private static boolean through(SpreadTape tape, int sample, long price, int side) {
        int end = tape.tradesTo(sample);
        for (int trade = tape.tradesFrom(sample); trade < end; trade++) {
            if (side * (tape.tradeTicks(trade) - price) > 0) {
                return true;
            }
        }
        return false;
    }

    /// What the fills of each sample's quotes earned together, in basis points of one fill's value.
    public double[] earned() {
        return earned.clone();
    }

    /// Fills of each sample's quotes: 0, 1 or 2.
    public int[] fills() {
        return fills.clone();
    }

    /// All fills.
    public long count() {
        long sum = 0;
        for (int each : fills) {
            sum += each;
        }
        return sum;
    }

    /// What all fills earned, in basis points of one fill's value.
    public double total() {
        double sum = 0;
        for (double each : earned) {
            sum += each;
        }
        return sum;
    }

    /// Mean distance of the filled quotes from the mid that they were laid around, in basis points; NaN
    /// without fills.
    public double capturedMean() {
        return captured / count();
    }

    /// Mean of what a fill earned, in basis points; NaN without fills.
    public double earnedMean() {
        return total() / count();
    }
}
