package dev.tranche.market.spread;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What a spread model may ask for, each by its place in [SpreadFeatures#vector()]. The first ten are the
/// seed's; `docs/concepts/spread-model.md` defines each. `n` samples back means at the n-th sample before the
/// one that is described; flows of a sample are those of the interval that it closes.
public enum SpreadFeature {
    /// Best ask less best bid, in basis points of the mid.
    CURRENT_SPREAD_BPS(0, 0, 10_000),
    /// Quantity at the best bid less that at the best ask, as a share of both: -1..1.
    CURRENT_IMBALANCE(1, -1, 1),
    /// Quantity traded in the last interval against its mean over 20; 1 where nothing was traded in 20.
    VOLUME_RATIO(2, 0, 20),
    /// Standard deviation of the last 5 moves of the mid, in basis points.
    VOLATILITY_5(3, 0, 1_000),
    /// Standard deviation of the last 20 moves of the mid, in basis points.
    VOLATILITY_20(4, 0, 1_000),
    /// Move of the mid over 5 samples, in basis points.
    PRICE_CHANGE_5(5, -1_000, 1_000),
    /// Move of the mid over 10 samples, in basis points.
    PRICE_CHANGE_10(6, -1_000, 1_000),
    /// Imbalance now less that 1 sample back.
    IMBALANCE_CHANGE(7, -2, 2),
    /// Share of the last 20 spreads below this one, ties by half: 0..1.
    SPREAD_PERCENTILE(8, 0, 1),
    /// Quantity bought by takers less sold, as a share of both, over 20 samples; 0 where none was.
    VOLUME_IMBALANCE(9, -1, 1),
    /// Microprice less mid, in basis points.
    MICROPRICE_BPS(10, -5_000, 5_000),
    /// As the imbalance, over five levels of the book.
    DEPTH_IMBALANCE(11, -1, 1),
    /// Order flow imbalance of the best level over 5 samples, in mean quantities at the best.
    FLOW_BEST_5(12, -1e6, 1e6),
    /// The same over 20 samples.
    FLOW_BEST_20(13, -1e6, 1e6),
    /// Order flow imbalance of five weighted levels over 5 samples, in mean quantities at the best.
    FLOW_FIVE_5(14, -1e6, 1e6),
    /// The same over 20 samples.
    FLOW_FIVE_20(15, -1e6, 1e6),
    /// Trades a second over 20 samples.
    TRADE_RATE(16, 0, 1e6),
    /// As the volume imbalance, over 5 samples.
    VOLUME_IMBALANCE_5(17, -1, 1),
    /// Changes of the mid a second over 20 samples.
    MOVE_RATE(18, 0, 1e6),
    /// Root of the mean squared move over up to 300 samples, in basis points for a second.
    REALISED_BPS(19, 0, 1_000),
    /// Length of a sample in milliseconds: a model says in its schema for which lengths it was made.
    SAMPLE_MILLIS(20, 10, 60_000);

    private static final List<String> NAMES =
            Arrays.stream(values()).map(SpreadFeature::toString).toList();

    private final int place;
    private final double least;
    private final double most;

    SpreadFeature(int place, double least, double most) {
        this.place = place;
        this.least = least;
        this.most = most;
    }

    /// Its place among the features, from 0.
    public int place() {
        return place;
    }

    /// The names in order.
    public static List<String> names() {
        return NAMES;
    }

    /// The least value that it can have, or that is believed.
    public double least() {
        return least;
    }

    /// The greatest value that it can have, or that is believed.
    public double most() {
        return most;
    }

    /// The name in a schema, such as `current_spread_bps`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
