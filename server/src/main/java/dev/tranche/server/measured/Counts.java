package dev.tranche.server.measured;

import dev.tranche.runtime.metrics.LatencySnapshot;

/// What an engine counted in some interval; counts of disjoint intervals, entities and nodes add up. The
/// histograms are kept as text, which is short, because few of their buckets count anything.
///
/// @param events market events taken in
/// @param errors of these, those whose handling failed
/// @param invalid events left out because the feed was wrong
/// @param closedAll signals given; the others by side
/// @param quotes quotes sent, moved or pulled by a market maker
/// @param fills executions of its orders
/// @param refusals orders that its own checks refused
/// @param event histogram of the time from an event's arrival to the updated indicators
/// @param detection of the detector's own time
/// @param pipeline of the time from what completed a signal to the signal handed out
/// @param quote of the time from the receipt of market data to the order handed over
record Counts(
        long events,
        long errors,
        long invalid,
        long closedAll,
        long closedBull,
        long closedBear,
        long closedConflict,
        long quotes,
        long fills,
        long refusals,
        String event,
        String detection,
        String pipeline,
        String quote) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "", "", "", "");

    Counts plus(Counts other) {
        return new Counts(
                events + other.events,
                errors + other.errors,
                invalid + other.invalid,
                closedAll + other.closedAll,
                closedBull + other.closedBull,
                closedBear + other.closedBear,
                closedConflict + other.closedConflict,
                quotes + other.quotes,
                fills + other.fills,
                refusals + other.refusals,
                merged(event, other.event),
                merged(detection, other.detection),
                merged(pipeline, other.pipeline),
                merged(quote, other.quote));
    }

    /// What an engine is timed by as a whole: the time to a signal, or to an order.
    String answer() {
        return merged(pipeline, quote);
    }

    /// Distance of all signals from the sum of the sides.
    long unclosed() {
        return Math.abs(closedAll - sides());
    }

    /// The larger of all signals and the sum of the sides.
    long signals() {
        return Math.max(closedAll, sides());
    }

    private long sides() {
        return closedBull + closedBear + closedConflict;
    }

    private static String merged(String one, String other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return LatencySnapshot.parse(one).merge(LatencySnapshot.parse(other)).text();
    }
}
