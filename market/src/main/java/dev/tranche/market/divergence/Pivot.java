package dev.tranche.market.divergence;

/// A swing high or low of the price, and where the line of flow turned beside it.
///
/// @param bar number of the bar, counted from the first the detector was given, which is 0
/// @param millis when that bar closed, epoch milliseconds
/// @param price the bar's high or low
/// @param lag bars from the price's pivot to the line's: negative when the line turned first; 0 for a
///     conflict
/// @param flow the line there: the sum of the source's z-scores since the last reset; NaN for a conflict
public record Pivot(long bar, long millis, double price, int lag, double flow) {}
