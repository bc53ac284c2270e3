package dev.tranche.engine.venue;

/// How the connections to a venue stand, for people and metrics.
///
/// @param orders the connection that orders go through
/// @param market the connection that market data come through
/// @param reason one sentence about the worse of the two
public record Link(State orders, State market, String reason) {
    /// Of one connection.
    public enum State {
        /// Not begun, or ended for good.
        CLOSED,
        /// Lost; the next try comes after a wait.
        WAITING,
        CONNECTING,
        /// Connected; authenticating, arming, subscribing.
        PREPARING,
        READY
    }

    public boolean ready() {
        return orders == State.READY && market == State.READY;
    }
}
