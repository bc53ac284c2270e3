package dev.tranche.engine.signal;

/// What followed a signal, measured when its horizon had passed.
///
/// @param signal id of the signal
/// @param horizonBars bars from the bar after the confirmation
/// @param closedMillis when the last bar of the horizon closed, epoch milliseconds
/// @param forwardReturn return in the direction of the signal before costs, as a share
public record Outcome(Signal of, long signal, int horizonBars, long closedMillis, double forwardReturn) {
    /// Whether the price went the way the signal said.
    public boolean hit() {
        return forwardReturn > 0;
    }
}
