package dev.tranche.engine.signal;

/// What followed signals of about this score in the data of the calibration.
///
/// @param horizonBars bars from the bar after the confirmation
/// @param winRate share that went the way the signal said, 0..1
/// @param winRateLow lower end of its band
/// @param winRateHigh upper end of its band
/// @param expectedReturn mean return after costs in that direction, as a share (0.001 is 10 basis points)
/// @param n signals it was measured on
public record Forecast(
        int horizonBars, double winRate, double winRateLow, double winRateHigh, double expectedReturn, long n) {}
