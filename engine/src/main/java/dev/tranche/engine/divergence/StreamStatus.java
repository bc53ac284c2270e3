package dev.tranche.engine.divergence;

import dev.tranche.engine.signal.Tally;
import dev.tranche.market.feed.BookState;
import dev.tranche.market.feed.Fault;
import java.util.List;
import java.util.Map;

/// How one stream does.
///
/// @param symbol what it is of
/// @param place where it comes from
/// @param state what its source does, in words
/// @param condition whether it has something to work on
/// @param queue messages that wait
/// @param dropped messages that found no room
/// @param counts market events; sides are counted by version
/// @param faults by kind, those that were seen
/// @param book state of the book
/// @param eventMillis time of the newest event, epoch milliseconds; -1 before the first
/// @param clockBehindMillis how far the receiver's clock stood behind the venue's at most
/// @param bars bars that closed
/// @param tracks versions at work
public record StreamStatus(
        String symbol,
        String place,
        String state,
        Condition condition,
        int queue,
        long dropped,
        Tally.Counts counts,
        Map<Fault, Long> faults,
        BookState book,
        long eventMillis,
        long clockBehindMillis,
        long bars,
        List<TrackStatus> tracks) {
    /// Whether a stream has something to work on, and why not.
    public enum Condition {
        /// Events come, and the book is valid where there is one.
        UP,
        /// Nothing came yet.
        WAITING,
        /// Nothing came for longer than it may.
        SILENT,
        /// Events come, and the book is not valid.
        BOOK_INVALID,
        /// The recording has ended.
        ENDED,
        /// It ended and should not have.
        FAILED
    }

    public StreamStatus {
        faults = Map.copyOf(faults);
        tracks = List.copyOf(tracks);
    }

    /// Whether signals can come.
    public boolean up() {
        return condition == Condition.UP;
    }
}
