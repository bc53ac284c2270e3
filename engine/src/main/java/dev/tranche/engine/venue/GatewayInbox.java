package dev.tranche.engine.venue;

import dev.tranche.market.order.OrderReports;

/// Where gateways put what venues say. Called by their threads, several at once, and by the caller's own thread
/// where a command is refused at once: an implementation takes it and returns. What it makes a gateway's thread
/// wait for is waited for by the venue's socket. `nowNanos` of each is when it was heard, epoch nanoseconds.
public interface GatewayInbox extends OrderReports {
    /// A message of market data of one contract, as the venue sent it: for the decoder of its venue, and for
    /// the journal before that. A whole book that was asked for comes this way too.
    ///
    /// @param bytes never changed after this; the message lies in `[from, to)`
    void market(long nowNanos, int contract, byte[] bytes, int from, int to);

    /// Market data of a contract may be missing from here on: [dev.tranche.market.feed.Fault#LOST]. A whole
    /// book follows where the venue sends one by itself.
    void marketLost(long nowNanos, int contract);

    /// The venue's protection for market makers: triggered (it has taken our orders back and refuses new ones)
    /// or over.
    void protection(long nowNanos, int venue, boolean triggered);

    /// Something that people should know; no decision hangs on it. Never holds credentials.
    void notice(long nowNanos, int venue, String text);
}
