package dev.tranche.engine.trading.replay;

import dev.tranche.engine.trading.journal.Entry;
import dev.tranche.engine.trading.journal.OrderCodec;
import dev.tranche.engine.trading.journal.ToldCodec;
import dev.tranche.market.desk.DeskSink;
import dev.tranche.market.order.OrderSink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;

/// What a desk asked for and told in a replay, waiting to be found in the journal. One thread at a time.
public final class Comparison {
    /// What the desk said upon an input.
    ///
    /// @param order whether it is an order, else what it told
    @SuppressWarnings("ArrayRecordComponent") // compared by what they hold
    public record Said(boolean order, byte[] payload) {
        /// In words for people.
        public String words() {
            return order
                    ? OrderCodec.words(ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN))
                    : "tells " + HexFormat.of().formatHex(payload);
        }
    }

    private final Deque<Said> said = new ArrayDeque<>();
    private final OrderSink orders = OrderCodec.encoder(payload -> say(true, payload));
    private final DeskSink told = ToldCodec.encoder((_, payload) -> say(false, payload));

    Comparison() {}

    private void say(boolean order, ByteBuffer payload) {
        byte[] copy = new byte[payload.remaining()];
        payload.get(payload.position(), copy);
        said.add(new Said(order, copy));
    }

    OrderSink orders() {
        return orders;
    }

    DeskSink told() {
        return told;
    }

    /// What was said and not found yet, oldest first.
    Deque<Said> left() {
        return said;
    }

    /// Holds a record against what was said next; the difference in words, or empty.
    Optional<String> found(Entry entry, ByteBuffer payload) {
        boolean order = entry != Entry.TOLD;
        byte[] recorded = new byte[payload.remaining()];
        payload.get(payload.position(), recorded);
        Said next = said.poll();
        Said record = new Said(order, recorded);
        if (next == null) {
            return Optional.of("the journal has \"" + record.words() + "\", the replay nothing");
        }
        return next.order() == order && Arrays.equals(next.payload(), recorded)
                ? Optional.empty()
                : Optional.of("the journal has \"" + record.words() + "\", the replay \"" + next.words() + "\"");
    }
}
