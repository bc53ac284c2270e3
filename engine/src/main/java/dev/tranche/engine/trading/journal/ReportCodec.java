package dev.tranche.engine.trading.journal;

import dev.tranche.market.Side;
import dev.tranche.market.order.OrderReports;
import dev.tranche.market.order.Rejection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// What venues say of orders, as bytes: in the inbox and in the journal they are the same. A record is `byte`
/// kind, `byte` flags (side, maker, reason), `short` contract or venue, then `long`s; little-endian. The time is
/// beside it. One thread at a time.
@SuppressWarnings("EnumOrdinal") // the order of these enums is part of the journal's form
public final class ReportCodec {
    /// Most bytes of a report.
    public static final int LONGEST = 4 + 6 * Long.BYTES;

    private static final byte ACCEPTED = 1;
    private static final byte REJECTED = 2;
    private static final byte AMENDED = 3;
    private static final byte AMEND_REFUSED = 4;
    private static final byte CANCEL_REFUSED = 5;
    private static final byte CANCELLED = 6;
    private static final byte FILLED = 7;
    private static final byte CORRECTED = 8;
    private static final byte FUNDING = 9;
    private static final byte SETTLED = 10;
    private static final byte CONNECTED = 11;
    private static final byte DISCONNECTED = 12;
    private static final byte TRUTH = 13;
    private static final byte OPEN_ORDER = 14;
    private static final byte POSITION = 15;
    private static final byte TRUTH_ENDS = 16;

    private static final int SELL = 1;
    private static final int MAKER = 2;
    private static final Rejection[] REJECTIONS = Rejection.values();

    /// Hands out what was encoded, for one report.
    @FunctionalInterface
    public interface Taker {
        /// @param payload the first `length` bytes; valid during the call alone
        void report(long nowNanos, byte[] payload, int length);
    }

    private ReportCodec() {}

    /// A writer: what it is told comes out as bytes, one report after the other, nothing allocated.
    public static OrderReports encoder(Taker taker) {
        return new Encoder(taker);
    }

    /// Says one encoded report.
    ///
    /// @param payload little-endian; read from its position on, which is not moved
    /// @throws IllegalArgumentException when it is none
    public static void decode(long now, ByteBuffer payload, OrderReports to) {
        int at = payload.position();
        byte kind = payload.get(at);
        int flags = payload.get(at + 1);
        int place = payload.getShort(at + 2);
        switch (kind) {
            case ACCEPTED -> to.accepted(now, word(payload, 0), place);
            case REJECTED -> to.rejected(now, word(payload, 0), place, REJECTIONS[flags]);
            case AMENDED -> to.amended(now, word(payload, 0), place, word(payload, 1), word(payload, 2));
            case AMEND_REFUSED -> to.amendRefused(now, word(payload, 0), place, REJECTIONS[flags]);
            case CANCEL_REFUSED -> to.cancelRefused(now, word(payload, 0), place, REJECTIONS[flags]);
            case CANCELLED -> to.cancelled(now, word(payload, 0), place, word(payload, 1));
            case FILLED ->
                to.filled(
                        now,
                        word(payload, 0),
                        place,
                        word(payload, 1),
                        side(flags),
                        word(payload, 2),
                        word(payload, 3),
                        word(payload, 4),
                        (flags & MAKER) != 0);
            case CORRECTED ->
                to.corrected(now, place, word(payload, 0), word(payload, 1), word(payload, 2), word(payload, 3));
            case FUNDING -> to.funding(now, place, word(payload, 0), word(payload, 1));
            case SETTLED -> to.settled(now, place, word(payload, 0));
            case CONNECTED -> to.connected(now, place);
            case DISCONNECTED -> to.disconnected(now, place);
            case TRUTH -> to.truth(now, place, word(payload, 0));
            case OPEN_ORDER ->
                to.openOrder(
                        now,
                        word(payload, 0),
                        place,
                        side(flags),
                        word(payload, 1),
                        word(payload, 2),
                        word(payload, 3));
            case POSITION -> to.position(now, place, word(payload, 0));
            case TRUTH_ENDS -> to.truthEnds(now, place);
            default -> throw new IllegalArgumentException("no report is of this kind: " + kind);
        }
    }

    private static long word(ByteBuffer payload, int number) {
        return payload.getLong(payload.position() + 4 + number * Long.BYTES);
    }

    private static Side side(int flags) {
        return (flags & SELL) != 0 ? Side.SELL : Side.BUY;
    }

    private static final class Encoder implements OrderReports {
        private final Taker taker;
        private final byte[] bytes = new byte[LONGEST];
        private final ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

        private Encoder(Taker taker) {
            this.taker = taker;
        }

        private ByteBuffer begin(byte kind, int flags, int place) {
            out.clear();
            return out.put(kind).put((byte) flags).putShort((short) place);
        }

        private void end(long now) {
            taker.report(now, bytes, out.position());
        }

        @Override
        public void accepted(long now, long orderId, int contract) {
            begin(ACCEPTED, 0, contract).putLong(orderId);
            end(now);
        }

        @Override
        public void rejected(long now, long orderId, int contract, Rejection why) {
            begin(REJECTED, why.ordinal(), contract).putLong(orderId);
            end(now);
        }

        @Override
        public void amended(long now, long orderId, int contract, long priceTicks, long quantityLots) {
            begin(AMENDED, 0, contract).putLong(orderId).putLong(priceTicks).putLong(quantityLots);
            end(now);
        }

        @Override
        public void amendRefused(long now, long orderId, int contract, Rejection why) {
            begin(AMEND_REFUSED, why.ordinal(), contract).putLong(orderId);
            end(now);
        }

        @Override
        public void cancelRefused(long now, long orderId, int contract, Rejection why) {
            begin(CANCEL_REFUSED, why.ordinal(), contract).putLong(orderId);
            end(now);
        }

        @Override
        public void cancelled(long now, long orderId, int contract, long filledLots) {
            begin(CANCELLED, 0, contract).putLong(orderId).putLong(filledLots);
            end(now);
        }

        @Override
        public void filled(
                long now,
                long orderId,
                int contract,
                long tradeId,
                Side side,
                long priceTicks,
                long quantityLots,
                long fee,
                boolean maker) {
            begin(FILLED, (side == Side.SELL ? SELL : 0) | (maker ? MAKER : 0), contract)
                    .putLong(orderId)
                    .putLong(tradeId)
                    .putLong(priceTicks)
                    .putLong(quantityLots)
                    .putLong(fee);
            end(now);
        }

        @Override
        public void corrected(long now, int contract, long tradeId, long priceTicks, long quantityLots, long fee) {
            begin(CORRECTED, 0, contract)
                    .putLong(tradeId)
                    .putLong(priceTicks)
                    .putLong(quantityLots)
                    .putLong(fee);
            end(now);
        }

        @Override
        public void funding(long now, int contract, long dueNanos, long paid) {
            begin(FUNDING, 0, contract).putLong(dueNanos).putLong(paid);
            end(now);
        }

        @Override
        public void settled(long now, int contract, long underlyingTicks) {
            begin(SETTLED, 0, contract).putLong(underlyingTicks);
            end(now);
        }

        @Override
        public void connected(long now, int venue) {
            begin(CONNECTED, 0, venue);
            end(now);
        }

        @Override
        public void disconnected(long now, int venue) {
            begin(DISCONNECTED, 0, venue);
            end(now);
        }

        @Override
        public void truth(long now, int venue, long asOfNanos) {
            begin(TRUTH, 0, venue).putLong(asOfNanos);
            end(now);
        }

        @Override
        public void openOrder(
                long now, long orderId, int contract, Side side, long priceTicks, long quantityLots, long filledLots) {
            begin(OPEN_ORDER, side == Side.SELL ? SELL : 0, contract)
                    .putLong(orderId)
                    .putLong(priceTicks)
                    .putLong(quantityLots)
                    .putLong(filledLots);
            end(now);
        }

        @Override
        public void position(long now, int contract, long lots) {
            begin(POSITION, 0, contract).putLong(lots);
            end(now);
        }

        @Override
        public void truthEnds(long now, int venue) {
            begin(TRUTH_ENDS, 0, venue);
            end(now);
        }
    }
}
