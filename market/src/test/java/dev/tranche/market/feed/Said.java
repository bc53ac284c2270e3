package dev.tranche.market.feed;

import dev.tranche.market.Listening;
import dev.tranche.market.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Writes down what is said, one text an event; a change of the book is one text with its levels.
final class Said extends Listening {
    private final List<String> events = new ArrayList<>();
    private StringJoiner open = new StringJoiner(" ");

    List<String> events() {
        return events;
    }

    @Override
    public void trade(
            long eventMillis,
            long receivedNanos,
            long tradeId,
            long priceTicks,
            long quantityLots,
            @Nullable Side aggressor) {
        events.add("trade at " + eventMillis + " heard " + receivedNanos + " id " + tradeId + ": " + quantityLots
                + " @ " + priceTicks + " " + aggressor);
    }

    @Override
    public void noTrade(long eventMillis, long receivedNanos, long tradeId) {
        events.add("no trade at " + eventMillis + " heard " + receivedNanos + " id " + tradeId);
    }

    @Override
    public void top(
            long eventMillis,
            long receivedNanos,
            long updateId,
            long bidTicks,
            long bidLots,
            long askTicks,
            long askLots) {
        events.add("top at " + eventMillis + " heard " + receivedNanos + " id " + updateId + ": " + bidLots + " @ "
                + bidTicks + " " + askLots + " @ " + askTicks);
    }

    @Override
    public void depth(long eventMillis, long receivedNanos, long firstId, long lastId, long previousId) {
        open = new StringJoiner(
                " ",
                "depth at " + eventMillis + " heard " + receivedNanos + " ids " + firstId + ".." + lastId + " after "
                        + previousId + ": ",
                "");
    }

    @Override
    public void snapshot(long eventMillis, long receivedNanos, long lastId) {
        open = new StringJoiner(
                " ", "snapshot at " + eventMillis + " heard " + receivedNanos + " id " + lastId + ": ", "");
    }

    @Override
    public void level(Side side, long priceTicks, long quantityLots) {
        open.add(side + " " + quantityLots + " @ " + priceTicks);
    }

    @Override
    public void end() {
        events.add(open.toString());
    }

    @Override
    public void fault(Fault fault, long eventMillis, long receivedNanos, long found, long expected) {
        super.fault(fault, eventMillis, receivedNanos, found, expected);
        events.add(fault + " at " + eventMillis + ": " + fault.describe(found, expected));
    }
}
