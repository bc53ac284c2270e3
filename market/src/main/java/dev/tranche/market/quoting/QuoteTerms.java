package dev.tranche.market.quoting;

/// How a contract is quoted.
///
/// @param model spread and shift
/// @param horizonSeconds that an inventory may have to be held, above 0
/// @param lots of one quote before the breaker's share, at least 1
/// @param levels on each side, 1..[#MOST_LEVELS]
/// @param levelGap basis points of the underlying between levels, above 0 when there are several
/// @param leastSpread basis points of the underlying between the best bid and ask, at least 0
/// @param mostSpread at least `leastSpread`
/// @param mostShift basis points that inventory may move the quotes, at least 0
/// @param positionLots long or short position from which on nothing is quoted that adds to it, at least 1;
///     multiplied by the breaker's share
public record QuoteTerms(
        QuotingModel model,
        double horizonSeconds,
        long lots,
        int levels,
        double levelGap,
        double leastSpread,
        double mostSpread,
        double mostShift,
        long positionLots) {
    /// The most levels on a side.
    public static final int MOST_LEVELS = 20;

    /// What seed 002's quoter moves for inventory at most.
    public static final double SEED_MOST_SHIFT = 50;

    public QuoteTerms {
        Positive.number("horizonSeconds", horizonSeconds);
        if (lots < 1 || positionLots < 1) {
            throw new IllegalArgumentException(
                    "lots and positionLots must be at least 1: " + lots + ", " + positionLots);
        }
        if (levels < 1 || levels > MOST_LEVELS) {
            throw new IllegalArgumentException("levels must be within 1.." + MOST_LEVELS + ": " + levels);
        }
        if (!(levelGap >= 0 && levelGap < Double.POSITIVE_INFINITY) || (levels > 1 && levelGap == 0)) {
            throw new IllegalArgumentException("levelGap must be above 0 for " + levels + " levels: " + levelGap);
        }
        if (!(leastSpread >= 0 && mostSpread >= leastSpread && mostSpread < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "leastSpread..mostSpread must be a range from 0 up: " + leastSpread + ".." + mostSpread);
        }
        if (!(mostShift >= 0)) {
            throw new IllegalArgumentException("mostShift must be at least 0: " + mostShift);
        }
    }
}
