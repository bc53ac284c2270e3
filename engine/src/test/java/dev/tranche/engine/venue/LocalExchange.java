package dev.tranche.engine.venue;

import dev.tranche.market.Side;
import java.util.List;

/// What a test does with a local exchange, whichever protocol it speaks, and that exchange's own truth.
public interface LocalExchange extends AutoCloseable {
    /// Somebody else's limit order.
    void others(String symbol, Side side, long ticks, long lots);

    /// Somebody else's order that is filled now or not at all.
    void take(String symbol, Side side, long ticks, long lots);

    List<Matcher.Order> open(String account);

    List<Matcher.Fill> fills(String account);

    /// In lots, below 0 when short.
    long position(String account, String symbol);

    /// Price and lots of each level, the best first.
    List<long[]> levels(String symbol, Side side);

    Mischief mischief();

    /// The connections that carry orders and what is said of them.
    List<Loopback.Channel> ofOrders();

    /// The connections that carry market data.
    List<Loopback.Channel> ofMarket();

    /// The next so many order requests are too many.
    void limit(int requests);

    /// The next so many order requests are carried out, and answered as if nobody knew.
    void fail(int requests);

    /// Begins with other numbers, as after a restart.
    void renumber(long by);

    @Override
    void close() throws java.io.IOException;
}
