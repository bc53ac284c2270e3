package dev.tranche.market.feed;

/// Is told each fault where it is found.
@FunctionalInterface
public interface FaultSink {
    /// @param eventMillis event time, epoch milliseconds; [MarketSink#UNKNOWN] when not known
    /// @param receivedNanos receive time, epoch nanoseconds; [MarketSink#UNKNOWN] when not known
    /// @param found and
    /// @param expected as the [Fault] says
    void fault(Fault fault, long eventMillis, long receivedNanos, long found, long expected);
}
