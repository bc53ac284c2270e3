package dev.tranche.engine.trading.market;

/// Where market data comes from, beside the gateways that orders go through: for venues on paper, and for the
/// role that serves market data. It hands messages to the inbox it was made with.
public interface MarketSource extends AutoCloseable {
    /// Begins, and returns at once.
    void start();

    /// A whole book of a contract is wanted; it comes as a message where the source can ask for one. Never
    /// waits.
    void snapshot(int contract);

    /// Whether the time of its messages is the present.
    boolean live();

    /// Whether messages of a contract come now.
    boolean connected(int contract);

    /// What it does, in words for people.
    String state();

    /// Ends.
    @Override
    void close();
}
