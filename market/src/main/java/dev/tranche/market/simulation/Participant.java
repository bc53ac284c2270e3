package dev.tranche.market.simulation;

import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.order.OrderReports;

/// Who trades in a simulation: hears the market, the venues' reports and the time, and sends its orders to the
/// [SimulatedVenue].
public interface Participant extends OrderReports {
    /// Where it hears the market of a contract; the receive time of each event is when it is heard, on the
    /// simulation's clock.
    MarketSink market(int contract);

    /// It has become so late, epoch nanoseconds; said at the beginning and at the timer's every turn.
    void time(long nowNanos);
}
