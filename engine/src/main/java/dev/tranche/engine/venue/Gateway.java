package dev.tranche.engine.venue;

import dev.tranche.market.order.OrderSink;

/// One venue, as the engine's loop sees it: what the desk asks for goes in as [OrderSink] (contracts by their
/// place in the desk's list, those of this venue only), what the venue says comes out through the
/// [GatewayInbox] that the gateway was made with.
///
/// A command is encoded to the venue's bytes on the caller's thread, before it returns, and handed to a thread
/// of the gateway that writes them: it never waits for a socket. What cannot be sent (no connection, not
/// armed, too many waiting) is refused at once through the inbox: [dev.tranche.market.order.OrderReports#rejected]
/// then means that no byte left. What was sent and not answered is *not* refused: only the venue's truth says
/// what became of it.
///
/// Connections are made again by themselves, with growing waits, until [#close]. After each, in this order:
/// authenticate, arm cancel-on-disconnect and the protection, ask the venue whether they hold, subscribe to
/// our own orders and fills; only then [dev.tranche.market.order.OrderReports#connected]. Whoever hears it
/// should ask for the truth ([OrderSink#reconcile]).
///
/// Commands are for one thread at a time (the loop); the readings are for any.
public interface Gateway extends OrderSink, AutoCloseable {
    /// The place of this venue in [dev.tranche.market.contract.Contracts#venues].
    int venue();

    /// Begins to connect, and returns at once.
    void start();

    /// Arms cancel-on-disconnect and the protection for market makers again and asks the venue whether they
    /// hold. Done by itself after each connection and from time to time; the outcome is [#armed].
    void arm();

    /// What was last verified by asking the venue; nothing is armed while it cannot be heard.
    Armed armed();

    /// How the connections stand.
    Link link();

    /// The book of a contract is not valid: a whole one is asked for, and comes as a market message.
    void snapshot(int contract);

    /// The venue's protection for market makers was triggered ([GatewayInbox#protection]; quotes are refused here
    /// since) and somebody decided to quote again: it is reset, what protects us is verified anew, and only then
    /// [GatewayInbox#protection] says that it is over.
    void resetProtection();

    /// Ends the connections. The venue's cancel-on-disconnect takes back what still stands.
    @Override
    void close();
}
