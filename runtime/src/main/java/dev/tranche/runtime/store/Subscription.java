package dev.tranche.runtime.store;

/// A running delivery of control events; closing it ends it.
public interface Subscription extends AutoCloseable {
    /// Sequence number of the last event that was delivered.
    long delivered();

    /// Ends the delivery; when this returns no further call is made.
    @Override
    void close();
}
