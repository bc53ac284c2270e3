package dev.tranche.engine.feed;

/// Where a stream's market data comes from. It runs on a thread of its own and hands what it gets to an
/// `Inbox`.
public interface Source extends AutoCloseable {
    /// Reads until the end, until it is closed or until the thread is interrupted; the last thing it
    /// hands over is an `Arrival.Ended`.
    void run(Inbox inbox) throws InterruptedException;

    /// Asks for a fresh snapshot, because the book built so far is not valid any more. A recorded stream
    /// has only the snapshots that were recorded and does nothing. Never blocks.
    void resynchronise(String reason);

    /// Whether arrivals come when they happen. Where they do not (a file played as fast as can be), they
    /// wait by intent, and latencies count from the moment at which the worker takes them.
    boolean inTime();

    /// Whether its time is the present.
    boolean live();

    /// Where it reads from, in words for people: a file, a venue.
    String place();

    /// What it does now, in words for people: `connected`, `waiting 2 s to connect again: …`.
    String state();

    /// Ends `run`.
    @Override
    void close();
}
