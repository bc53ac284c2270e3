package dev.tranche.market.desk;

/// Why a strategy has no quote in a contract.
public enum Pulled {
    /// Nothing was heard of the contract, or its book is invalid until a snapshot.
    BOOK,
    /// The last market data is older than the strategy allows.
    STALE,
    /// There is no fair value: a side of the book is empty, or an option without forward, smile or time.
    NO_FAIR_VALUE,
    /// The capital is in a coin whose price is not known yet.
    NO_INDEX,
    /// The volatility is not known yet.
    WARMING_UP,
    /// The breaker does not allow market making.
    BREAKER,
    /// The venue cannot be heard, or its truth is still awaited.
    VENUE,
    /// The venue's position is not ours, and no fill on its way could make it so, or none did by the next look.
    UNRECONCILED,
    /// The venue's own protection is triggered, the market is closed, or it asks for fewer requests.
    REFUSED,
    /// Stopped by hand, or another version takes its place.
    STOPPED,
    /// Neither side is left: limits or the quoter allow no size.
    NO_SIZE,
    /// The contract expired.
    EXPIRED
}
