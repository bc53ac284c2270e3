package dev.tranche.engine.feed;

/// What a source of market data hands to the one thread that works on its stream, in the order in which
/// it came.
public sealed interface Arrival {
    /// One message of the venue, as JSON text in UTF-8: a depth update, a best quote, a trade or a
    /// snapshot.
    ///
    /// @param json the message, never changed after it was handed over
    /// @param receivedNanos when it was received, nanoseconds since 1970, by the clock of whoever
    ///     received it: the recorder's for a recorded stream, ours for a venue
    /// @param arrivedNanos when it reached this process, by the monotonic clock
    @SuppressWarnings("ArrayRecordComponent") // messages are never compared
    record Message(byte[] json, long receivedNanos, long arrivedNanos) implements Arrival {}

    /// The first line of a recorded table, which names the columns of those that follow.
    record Header(String columns, long arrivedNanos) implements Arrival {}

    /// One line of a recorded table.
    ///
    /// @param line the line, never changed after it was handed over
    @SuppressWarnings("ArrayRecordComponent") // rows are never compared
    record Row(byte[] line, long arrivedNanos) implements Arrival {}

    /// Something may be missing from here on: a connection ended, messages were dropped. What was built
    /// from the messages before (the book, the indicators) starts over.
    ///
    /// @param reason one sentence
    record Broken(String reason, long arrivedNanos) implements Arrival {}

    /// A line or frame that is no message: it is counted as invalid, and nothing else follows from it.
    ///
    /// @param reason one sentence
    record Unreadable(String reason, long arrivedNanos) implements Arrival {}

    /// Nothing follows: the file has ended, or the source gave up.
    ///
    /// @param reason one sentence
    /// @param failed whether it should not have ended
    record Ended(String reason, boolean failed, long arrivedNanos) implements Arrival {}

    /// When it reached this process, by the monotonic clock.
    long arrivedNanos();
}
