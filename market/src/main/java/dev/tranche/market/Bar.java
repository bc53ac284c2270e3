package dev.tranche.market;

/// One interval of trading.
///
/// @param openMillis start, epoch milliseconds, inclusive
/// @param closeMillis end, epoch milliseconds, exclusive; the bar is known from here on, not earlier
/// @param volume traded, in the base currency; at least 0
/// @param takerBuyVolume bought by takers, in the base currency, 0..volume; NaN when the source does not say
/// @param orderFlowImbalance sum of the order flow imbalance over the bar, in the base currency; NaN when
///     there is no book
public record Bar(
        long openMillis,
        long closeMillis,
        double open,
        double high,
        double low,
        double close,
        double volume,
        double takerBuyVolume,
        double orderFlowImbalance) {
    public Bar {
        if (closeMillis <= openMillis) {
            throw new IllegalArgumentException("closeMillis must lie after " + openMillis + ": " + closeMillis);
        }
        if (!(low > 0 && low <= open && low <= close && high >= open && high >= close && high < Double.MAX_VALUE)) {
            throw new IllegalArgumentException("prices must be positive with low <= open, close <= high: open " + open
                    + ", high " + high + ", low " + low + ", close " + close);
        }
        if (!(volume >= 0 && volume < Double.MAX_VALUE)) {
            throw new IllegalArgumentException("volume must be finite and at least 0: " + volume);
        }
        if (takerBuyVolume < 0 || takerBuyVolume > volume) {
            throw new IllegalArgumentException("takerBuyVolume must be within 0.." + volume + ": " + takerBuyVolume);
        }
    }

    /// What takers bought less what they sold; NaN when the source does not say.
    public double volumeDelta() {
        return 2 * takerBuyVolume - volume;
    }
}
