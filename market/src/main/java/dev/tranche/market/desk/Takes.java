package dev.tranche.market.desk;

import dev.tranche.market.Side;

/// Prices of orders that take. Pure.
final class Takes {
    private Takes() {}

    /// The limit of an order that takes: the best price of the other side, or beyond it by a share.
    ///
    /// @param beyond 0.001 is ten basis points
    static long price(Market market, Side side, double beyond) {
        long best = side == Side.BUY ? market.askTicks() : market.bidTicks();
        long far = Math.round(best * beyond);
        return side == Side.BUY
                ? market.contract().up(best + far)
                : Math.max(market.contract().tick(), market.contract().down(best - far));
    }
}
