package dev.tranche.market.quoting;

/// How far to quote from the fair price, and how an inventory moves both quotes. Pure functions.
///
/// Any unit of price will do as long as all are in it; a [Quoter] counts prices in basis points of the
/// underlying. Inventory and size are quantities of the base; times are seconds. So `volatility` is price
/// units for a root second, a decay `k` is one over a price unit, and `gamma` one over a price unit and a
/// quantity.
public sealed interface QuotingModel permits AvellanedaStoikov, Glft {
    /// Half of the spread around the reservation price, above 0.
    ///
    /// @param volatility at least 0
    /// @param seconds that an inventory may have to be held, at least 0
    double half(double volatility, double seconds);

    /// How far below the fair price the reservation price lies for one unit of inventory, at least 0.
    ///
    /// @param volatility at least 0
    /// @param seconds that an inventory may have to be held, at least 0
    double shift(double volatility, double seconds);
}
