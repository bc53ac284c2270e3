package dev.tranche.market.risk;

/// What the breaker looks at, at one moment. A number that could not be measured is NaN: it counts as a
/// critical violation of its limit, since what nobody knows may be the worst.
///
/// @param dailyLoss lost since the start of the day, as a share of the equity then; below 0 for a gain
/// @param drawdown fall of equity from its highest, as a share of that; 0..1
/// @param valueAtRisk95 of a day, as a share of equity
/// @param valueAtRisk99 of a day, as a share of equity
/// @param concentration the largest exposure to one base asset, net over its contracts, as a share of equity;
///     a single position counts like any other
public record RiskReading(
        double dailyLoss, double drawdown, double valueAtRisk95, double valueAtRisk99, double concentration) {
    /// Nothing at risk.
    public static final RiskReading NONE = new RiskReading(0, 0, 0, 0, 0);
}
