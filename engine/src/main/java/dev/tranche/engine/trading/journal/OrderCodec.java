package dev.tranche.engine.trading.journal;

import dev.tranche.market.Side;
import dev.tranche.market.order.OrderSink;
import dev.tranche.market.order.TimeInForce;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// What a desk asks of venues, as bytes: `byte` kind, `byte` flags (side, time in force, reduce-only), `short`
/// contract or venue, then `long`s; little-endian. One thread at a time.
@SuppressWarnings("EnumOrdinal") // the order of these enums is part of the journal's form
public final class OrderCodec {
    /// Most bytes of an order.
    public static final int LONGEST = 4 + 3 * Long.BYTES;

    private static final byte PLACE = 1;
    private static final byte AMEND = 2;
    private static final byte CANCEL = 3;
    private static final byte CANCEL_ALL = 4;
    private static final byte RECONCILE = 5;

    private static final int SELL = 1;
    private static final int REDUCE = 2;
    private static final int FORCE_SHIFT = 2;
    private static final TimeInForce[] FORCES = TimeInForce.values();

    /// Takes what was encoded, for one order.
    @FunctionalInterface
    public interface Taker {
        /// @param payload from its position to its limit; valid during the call alone
        void order(ByteBuffer payload);
    }

    private OrderCodec() {}

    /// A writer: what it is asked for comes out as bytes, nothing allocated.
    public static OrderSink encoder(Taker taker) {
        return new Encoder(taker);
    }

    /// Asks for what was encoded.
    ///
    /// @param payload little-endian; read from its position on, which is not moved
    /// @throws IllegalArgumentException when it is none
    public static void decode(ByteBuffer payload, OrderSink to) {
        int at = payload.position();
        int flags = payload.get(at + 1);
        int place = payload.getShort(at + 2);
        switch (payload.get(at)) {
            case PLACE ->
                to.place(
                        word(payload, 0),
                        place,
                        (flags & SELL) != 0 ? Side.SELL : Side.BUY,
                        word(payload, 1),
                        word(payload, 2),
                        FORCES[flags >> FORCE_SHIFT],
                        (flags & REDUCE) != 0);
            case AMEND -> to.amend(word(payload, 0), place, word(payload, 1), word(payload, 2));
            case CANCEL -> to.cancel(word(payload, 0), place);
            case CANCEL_ALL -> to.cancelAll(place);
            case RECONCILE -> to.reconcile(place, word(payload, 0));
            default -> throw new IllegalArgumentException("no order is of this kind: " + payload.get(at));
        }
    }

    private static long word(ByteBuffer payload, int number) {
        return payload.getLong(payload.position() + 4 + number * Long.BYTES);
    }

    /// What was encoded, in words for people: `place 12 on 0: BUY 5 lots at 60123 ticks, POST_ONLY`.
    public static String words(ByteBuffer payload) {
        StringBuilder words = new StringBuilder(64);
        decode(payload, new Words(words));
        return words.toString();
    }

    private record Words(StringBuilder words) implements OrderSink {
        @Override
        public void place(
                long orderId,
                int contract,
                Side side,
                long priceTicks,
                long quantityLots,
                TimeInForce force,
                boolean reduceOnly) {
            words.append("place ")
                    .append(orderId)
                    .append(" on ")
                    .append(contract)
                    .append(": ");
            words.append(side)
                    .append(' ')
                    .append(quantityLots)
                    .append(" lots at ")
                    .append(priceTicks);
            words.append(" ticks, ").append(force).append(reduceOnly ? ", reduce only" : "");
        }

        @Override
        public void amend(long orderId, int contract, long priceTicks, long quantityLots) {
            words.append("amend ")
                    .append(orderId)
                    .append(" on ")
                    .append(contract)
                    .append(": ");
            words.append(quantityLots).append(" lots at ").append(priceTicks).append(" ticks");
        }

        @Override
        public void cancel(long orderId, int contract) {
            words.append("cancel ").append(orderId).append(" on ").append(contract);
        }

        @Override
        public void cancelAll(int contract) {
            words.append("cancel all on ").append(contract);
        }

        @Override
        public void reconcile(int venue, long sinceNanos) {
            words.append("reconcile venue ").append(venue).append(" since ").append(sinceNanos);
        }
    }

    private static final class Encoder implements OrderSink {
        private final Taker taker;
        private final ByteBuffer out = ByteBuffer.allocate(LONGEST).order(ByteOrder.LITTLE_ENDIAN);

        private Encoder(Taker taker) {
            this.taker = taker;
        }

        private ByteBuffer begin(byte kind, int flags, int place) {
            out.clear();
            return out.put(kind).put((byte) flags).putShort((short) place);
        }

        private void end() {
            out.flip();
            taker.order(out);
        }

        @Override
        public void place(
                long orderId,
                int contract,
                Side side,
                long priceTicks,
                long quantityLots,
                TimeInForce force,
                boolean reduceOnly) {
            int flags = (side == Side.SELL ? SELL : 0) | (reduceOnly ? REDUCE : 0) | force.ordinal() << FORCE_SHIFT;
            begin(PLACE, flags, contract).putLong(orderId).putLong(priceTicks).putLong(quantityLots);
            end();
        }

        @Override
        public void amend(long orderId, int contract, long priceTicks, long quantityLots) {
            begin(AMEND, 0, contract).putLong(orderId).putLong(priceTicks).putLong(quantityLots);
            end();
        }

        @Override
        public void cancel(long orderId, int contract) {
            begin(CANCEL, 0, contract).putLong(orderId);
            end();
        }

        @Override
        public void cancelAll(int contract) {
            begin(CANCEL_ALL, 0, contract);
            end();
        }

        @Override
        public void reconcile(int venue, long sinceNanos) {
            begin(RECONCILE, 0, venue).putLong(sinceNanos);
            end();
        }
    }
}
