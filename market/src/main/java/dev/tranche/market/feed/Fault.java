package dev.tranche.market.feed;

import java.util.Locale;

/// What can be wrong with what a venue, a network or a recorder says. Each carries two numbers, `found` and
/// `expected`, whose meaning stands beside its name, so that a fault costs no allocation where it is found.
///
/// The [Consequence] is fixed by the kind (decision 0062): a wrong event is dropped where the rest of the
/// stream is still whole; where something is missing, everything that was accumulated over it starts anew.
public enum Fault {
    /// Bytes that are no message; found is the offset of the byte in the line.
    MALFORMED(Consequence.DROP, "the message is malformed at byte %d"),
    /// The line ends inside the message; found is its length in bytes.
    TRUNCATED(Consequence.DROP, "the message ends after %d bytes"),
    /// A message without a field that its kind needs; found is how many fields were read.
    MISSING_FIELD(Consequence.DROP, "the message lacks a field, it has %d"),
    /// Not the instrument that this stream is read for.
    WRONG_SYMBOL(Consequence.DROP, "the message is of another symbol"),
    /// A price that is no number, not above zero, too large, or off the instrument's grid; found is ticks
    /// where known.
    BAD_PRICE(Consequence.DROP, "the price is no positive number on the grid: %d"),
    /// A quantity that is no number, negative (a trade: not above zero), too large, or off the grid; found is
    /// lots.
    BAD_QUANTITY(Consequence.DROP, "the quantity is no number in range on the grid: %d"),
    /// A time that is no number of milliseconds between the years 2001 and 2100.
    BAD_TIME(Consequence.DROP, "the time is no number of milliseconds of this century: %d"),
    /// An id that is no number, or a first update after the last; ids.
    BAD_ID(Consequence.DROP, "the id is no number, or the first update %d is after the last %d"),
    /// A side or a flag that is neither of its two values.
    BAD_SIDE(Consequence.DROP, "the side is neither of the two: %d"),
    /// A signed quantity whose size is not the quantity; found and expected in lots.
    SIGN_MISMATCH(Consequence.DROP, "the signed quantity is %d lots, the quantity %d"),
    /// Seen before: a trade id or a depth update not above the last.
    DUPLICATE(Consequence.DROP, "%d was seen before, the last was %d"),
    /// A trade without an id that repeats the one before it to the last digit: one written twice, or two
    /// alike, which nobody can tell apart; milliseconds.
    REPEAT(Consequence.DROP, "a trade without an id repeats the one before it, at %d"),
    /// An event time before that of the event before it, in one stream; milliseconds.
    OUT_OF_ORDER(Consequence.NOTE, "event time %d lies before %d"),
    /// Trade ids that are missing; found is the id, expected the one due.
    GAP(Consequence.RESET, "trade id %d where %d was due"),
    /// A depth update that does not continue the one before; found and expected are update ids.
    SEQUENCE_BREAK(Consequence.RESET, "depth update continues %d, the book stands at %d"),
    /// Ids or times that begin again far below the last: the venue or the recorder was restarted.
    RESTART(Consequence.RESET, "begun again at %d after %d"),
    /// Best bid at or above best ask; ticks.
    CROSSED_BOOK(Consequence.RESET, "best bid %d ticks, best ask %d"),
    /// A snapshot older than the first update that is still there; update ids.
    OLD_SNAPSHOT(Consequence.RESET, "the snapshot ends at %d, the updates begin at %d"),
    /// Nothing was heard for longer than the limit; milliseconds.
    SILENCE(Consequence.RESET, "nothing for %d ms, the limit is %d"),
    /// Whoever receives says that messages are missing: a connection ended, or its queue overflowed. Found is
    /// how many, -1 when nobody knows.
    LOST(Consequence.RESET, "messages are missing: %d"),
    /// The receiver's clock is behind the venue's: received before it happened. Milliseconds; told once for a
    /// stretch.
    CLOCK_BEHIND(Consequence.NOTE, "received %d ms after it happened, at least %d is possible"),
    /// The receiver's clock, less the event time, jumped; milliseconds.
    CLOCK_JUMP(Consequence.NOTE, "received %d ms after it happened, lately it was %d"),
    /// A running total in a recording that its own quantities do not add up to; lots.
    TOTAL_BREAK(Consequence.NOTE, "the recorded total is %d lots, its quantities make %d"),
    /// A trade of a bar that is already closed; milliseconds.
    LATE(Consequence.DROP, "event time %d lies before the open bar's start %d");

    /// What follows from a fault.
    public enum Consequence {
        /// Told and counted; the event is used.
        NOTE,
        /// Told and counted; the event is not used, what was accumulated stands.
        DROP,
        /// Told and counted; indicators warm up again, and an open bar is left out.
        RESET
    }

    private final Consequence consequence;
    private final String text;

    Fault(Consequence consequence, String text) {
        this.consequence = consequence;
        this.text = text;
    }

    /// What follows from it, by decision 0062.
    public Consequence consequence() {
        return consequence;
    }

    /// One line for people.
    public String describe(long found, long expected) {
        return String.format(Locale.ROOT, text, found, expected);
    }
}
