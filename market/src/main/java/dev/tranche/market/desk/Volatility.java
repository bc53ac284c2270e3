package dev.tranche.market.desk;

/// The volatility of a price, in basis points for a root second: the exponentially weighted mean of squared
/// log-returns over the time that each took, so that samples need not be evenly spaced. The weight of what was
/// is `2^(-time / half life)`. One writer.
final class Volatility {
    private static final double NANOS = 1e9;
    private static final double BASIS_POINTS = 1e4;
    private static final long NEVER = Long.MIN_VALUE;

    private final StrategyTerms.Volatility terms;
    private final long sample;
    private final double halfLife;
    private double last;
    private long lastAt = NEVER;
    private double mean;
    private double weight;
    private int count;

    Volatility(StrategyTerms.Volatility terms) {
        this.terms = terms;
        this.sample = terms.sample().toNanos();
        this.halfLife = StrategyTerms.seconds(terms.halfLife());
    }

    StrategyTerms.Volatility terms() {
        return terms;
    }

    /// A price, above 0; looked at once a sample.
    void on(long nowNanos, double price) {
        if (lastAt != NEVER && nowNanos - lastAt < sample) {
            return;
        }
        if (lastAt != NEVER) {
            double seconds = (nowNanos - lastAt) / NANOS;
            double move = BASIS_POINTS * Math.log(price / last);
            double kept = Math.exp(-seconds / halfLife * Math.log(2));
            // With weights that sum to one, so that the first returns count in full.
            weight = weight * kept + (1 - kept);
            mean += (1 - kept) / weight * (move * move / seconds - mean);
            count++;
        }
        last = price;
        lastAt = nowNanos;
    }

    /// The stream broke: no return is taken across the hole.
    void gap() {
        lastAt = NEVER;
    }

    boolean warm() {
        return count >= terms.warm();
    }

    /// NaN before the first return.
    double bpsForRootSecond() {
        return count == 0 ? Double.NaN : Math.sqrt(mean);
    }

    void digest(Digest into) {
        into.add(last).add(lastAt).add(mean).add(weight).add((long) count);
    }
}
