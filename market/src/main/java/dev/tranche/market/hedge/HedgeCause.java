package dev.tranche.market.hedge;

/// What called for a hedge; several may hold at once.
public enum HedgeCause {
    /// The deviation reached the band of the time since the last hedge.
    BAND(0),
    /// The deviation alone is urgent.
    DEVIATION(1),
    /// The price fell since the last hedge.
    FALL(2),
    /// The price rose since the last hedge.
    RISE(3),
    /// Gamma is high, so that delta will not stay where it is.
    GAMMA(4);

    private final int bit;

    HedgeCause(int place) {
        this.bit = 1 << place;
    }

    /// Its bit in [HedgePlan#causes()].
    public int bit() {
        return bit;
    }
}
