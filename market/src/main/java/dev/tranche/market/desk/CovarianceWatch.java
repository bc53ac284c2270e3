package dev.tranche.market.desk;

import dev.tranche.market.volatility.LiveCovariance;
import java.util.List;

/// The covariance of the assets of a hedge by a dynamic conditional correlation, bar by bar of the desk's
/// time. A bar that misses a price, or that nothing was heard of, is left out. One writer.
final class CovarianceWatch {
    private static final double PER_CENT = 100;

    private final Assets assets;
    private final int[] places;
    private final LiveCovariance live;
    private final long barNanos;
    private final double scale;
    private final double[] last;
    private final double[] returns;
    private long bar = Long.MIN_VALUE;

    /// @throws IllegalArgumentException when an asset is not one of the desk's
    CovarianceWatch(Assets assets, StrategyTerms.Covariance terms) {
        List<String> unknown = terms.assets().stream()
                .filter(each -> !assets.names().contains(each))
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "covariance: assets must be of the desk's " + assets.names() + ": " + unknown);
        }
        this.assets = assets;
        this.places = terms.assets().stream().mapToInt(assets.names()::indexOf).toArray();
        this.live = LiveCovariance.of(terms.terms());
        this.barNanos = terms.bars().toNanos();
        this.scale = 1 / (PER_CENT * PER_CENT * StrategyTerms.seconds(terms.bars()));
        this.last = new double[places.length];
        this.returns = new double[places.length];
    }

    /// Time has come this far; to be called often, so that each bar ends at its first moment after.
    void time(long nowNanos) {
        long at = Math.floorDiv(nowNanos, barNanos);
        if (at == bar) {
            return;
        }
        boolean whole = at == bar + 1;
        for (int i = 0; i < places.length; i++) {
            double price = assets.price(places[i]);
            returns[i] = PER_CENT * Math.log(price / last[i]);
            last[i] = price;
            whole &= Math.abs(returns[i]) < PER_CENT;
        }
        bar = at;
        if (whole) {
            live.on(returns);
        }
    }

    /// Whether an asset is one of its series.
    boolean covers(int asset) {
        return series(asset) >= 0;
    }

    /// Covariance of the returns of two assets a second; both are covered.
    double covariance(int one, int other) {
        return live.covariance(series(one), series(other)) * scale;
    }

    private int series(int asset) {
        for (int i = 0; i < places.length; i++) {
            if (places[i] == asset) {
                return i;
            }
        }
        return -1;
    }

    void digest(Digest into) {
        into.add(live.hash(0)).add(bar);
        for (double each : last) {
            into.add(each);
        }
    }
}
