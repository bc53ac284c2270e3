package dev.tranche.market;

/// Which side of the market: of an order, or of the one who took liquidity in a trade.
public enum Side {
    BUY(1),
    SELL(-1);

    private final int sign;

    Side(int sign) {
        this.sign = sign;
    }

    /// +1 for a buy, -1 for a sell.
    public int sign() {
        return sign;
    }

    public Side other() {
        return this == BUY ? SELL : BUY;
    }
}
