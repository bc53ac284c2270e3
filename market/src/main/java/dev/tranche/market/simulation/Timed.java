package dev.tranche.market.simulation;

import dev.tranche.market.feed.MarketSink;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// A tape with the two orders of its events: as they happened at the venue, and as we hear them.
///
/// At the venue by event time; within a millisecond trades before what they changed, else as recorded. The
/// events of one stream never change places: a time before its forerunner's is that one's. An event without
/// a time happened when the shortest way before its receipt says.
final class Timed {
    private static final long NANOS_A_MILLI = 1_000_000;
    private static final int STREAMS = 3;

    final Tape tape;
    /// Events in the order of the venue, and when.
    final int[] venueOrder;

    final long[] venueAt;
    /// Events in the order in which we hear them, and when.
    final int[] heardOrder;

    final long[] heardAt;

    private Timed(Tape tape, int[] venueOrder, long[] venueAt, int[] heardOrder, long[] heardAt) {
        this.tape = tape;
        this.venueOrder = venueOrder;
        this.venueAt = venueAt;
        this.heardOrder = heardOrder;
        this.heardAt = heardAt;
    }

    static Timed of(Tape tape, FeedDelay delay, RandomGenerator chance) {
        long[] happened = happened(tape);
        int[] order = IntStream.range(0, tape.size())
                .boxed()
                .sorted((a, b) -> happened[a] != happened[b]
                        ? Long.compare(happened[a], happened[b])
                        : rank(tape.kind(a)) != rank(tape.kind(b))
                                ? Integer.compare(rank(tape.kind(a)), rank(tape.kind(b)))
                                : Integer.compare(a, b))
                .mapToInt(Integer::intValue)
                .toArray();
        long[] at = new long[order.length];
        for (int i = 0; i < at.length; i++) {
            at[i] = happened[order[i]];
        }
        int[] heard = switch (delay) {
            case FeedDelay.Recorded ignored -> IntStream.range(0, tape.size()).toArray();
            case FeedDelay.Modelled ignored -> order;
        };
        return new Timed(tape, order, at, heard, heard(tape, delay, happened, heard, chance));
    }

    private static long[] happened(Tape tape) {
        long offset = tape.leastDifference();
        long[] at = new long[tape.size()];
        long[] last = new long[STREAMS];
        for (int event = 0; event < at.length; event++) {
            long millis = tape.eventMillis(event);
            long received = tape.receivedNanos(event);
            if (millis == MarketSink.UNKNOWN && (received == MarketSink.UNKNOWN || offset == Long.MAX_VALUE)) {
                throw new IllegalArgumentException("event " + event + " has no time and none can be made out");
            }
            int stream = stream(tape.kind(event));
            long told = tape.kind(event) == Tape.PRINT ? millis + 1 : millis;
            last[stream] =
                    Math.max(last[stream], millis == MarketSink.UNKNOWN ? received - offset : told * NANOS_A_MILLI);
            at[event] = last[stream];
        }
        return at;
    }

    private static long[] heard(Tape tape, FeedDelay delay, long[] happened, int[] order, RandomGenerator chance) {
        long offset = tape.leastDifference();
        long[] at = new long[order.length];
        long last = Long.MIN_VALUE;
        for (int i = 0; i < at.length; i++) {
            int event = order[i];
            long received = tape.receivedNanos(event);
            long due = switch (delay) {
                case FeedDelay.Recorded(long least) ->
                    received == MarketSink.UNKNOWN || offset == Long.MAX_VALUE
                            ? happened[event] + least
                            : received - offset + least;
                case FeedDelay.Modelled(Latency latency) -> happened[event] + latency.draw(chance);
            };
            last = Math.max(last, Math.max(due, happened[event]));
            at[i] = last;
        }
        return at;
    }

    private static int stream(int kind) {
        return switch (kind) {
            case Tape.TRADE, Tape.NO_TRADE, Tape.PRINT -> 0;
            case Tape.TOP -> 1;
            default -> 2;
        };
    }

    private static int rank(int kind) {
        return switch (kind) {
            case Tape.BAR -> 0;
            case Tape.TRADE, Tape.NO_TRADE, Tape.PRINT -> 1;
            default -> 2;
        };
    }
}
