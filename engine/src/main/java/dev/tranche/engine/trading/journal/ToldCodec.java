package dev.tranche.engine.trading.journal;

import dev.tranche.market.Side;
import dev.tranche.market.account.Intent;
import dev.tranche.market.desk.DeskSink;
import dev.tranche.market.desk.Notice;
import dev.tranche.market.hedge.HedgePlan;
import dev.tranche.market.hedge.Urgency;
import dev.tranche.market.risk.BreakerState;
import dev.tranche.market.risk.Refusal;
import dev.tranche.market.spread.SpreadReason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// What a desk tells of itself, as bytes, for whoever reads the journal behind it: fills, hedges, refusals,
/// the breaker, regimes, where spreads come from, strategies, notices. Quotes and states of orders are not among them:
/// the
/// orders themselves are in the journal. `byte` kind, `byte` flags, `short` contract, `short` strategy, two
/// bytes of ordinals, then `long`s and a text; little-endian. One thread at a time.
@SuppressWarnings("EnumOrdinal") // the order of these enums is part of the journal's form
public final class ToldCodec {
    private static final int LONGEST = 4096;
    private static final int HEAD = 8;

    private static final byte REFUSED = 1;
    private static final byte FILLED = 2;
    private static final byte HEDGE = 3;
    private static final byte BREAKER = 4;
    private static final byte REGIME = 5;
    private static final byte SPREAD = 6;
    private static final byte NOTICE = 7;
    private static final byte STRATEGY = 8;

    private static final int SELL = 1;
    private static final int MAKER = 2;
    private static final Intent[] INTENTS = Intent.values();
    private static final Notice[] NOTICES = Notice.values();
    private static final Urgency[] URGENCIES = Urgency.values();
    private static final Refusal[] REFUSALS = Refusal.values();
    private static final BreakerState[] STATES = BreakerState.values();

    /// Takes what was encoded.
    @FunctionalInterface
    public interface Taker {
        /// @param payload from its position to its limit; valid during the call alone
        void told(long nowNanos, ByteBuffer payload);
    }

    private ToldCodec() {}

    /// A writer of what is told; nothing is allocated but for texts.
    public static DeskSink encoder(Taker taker) {
        return new Encoder(taker);
    }

    /// Tells again what was encoded.
    ///
    /// @param payload little-endian; read from its position on, which is not moved
    /// @throws IllegalArgumentException when it is none
    public static void decode(long now, ByteBuffer payload, Telling to) {
        int at = payload.position();
        int flags = payload.get(at + 1);
        int contract = payload.getShort(at + 2);
        int strategy = payload.getShort(at + 4);
        int first = payload.get(at + 6);
        int second = payload.get(at + 7);
        Side side = (flags & SELL) != 0 ? Side.SELL : Side.BUY;
        switch (payload.get(at)) {
            case REFUSED ->
                to.refused(
                        now,
                        strategy,
                        contract,
                        INTENTS[first],
                        side,
                        word(payload, 0),
                        word(payload, 1),
                        REFUSALS[second]);
            case FILLED ->
                to.filled(
                        now,
                        strategy,
                        contract,
                        word(payload, 0),
                        word(payload, 1),
                        side,
                        word(payload, 2),
                        word(payload, 3),
                        word(payload, 4),
                        (flags & MAKER) != 0,
                        INTENTS[first]);
            case HEDGE ->
                to.hedge(
                        now,
                        strategy,
                        contract,
                        URGENCIES[first],
                        (int) word(payload, 0),
                        Double.longBitsToDouble(word(payload, 1)),
                        Double.longBitsToDouble(word(payload, 2)),
                        Double.longBitsToDouble(word(payload, 3)));
            case BREAKER -> to.breaker(now, STATES[first], STATES[second], text(payload));
            case REGIME -> to.regime(now, strategy, contract, first, second, Double.longBitsToDouble(word(payload, 0)));
            case SPREAD -> to.spread(now, strategy, contract, first, Double.longBitsToDouble(word(payload, 0)));
            case NOTICE -> to.notice(now, NOTICES[first], contract, word(payload, 0), word(payload, 1));
            case STRATEGY -> to.strategy(now, strategy, text(payload));
            default -> throw new IllegalArgumentException("nothing of this kind is told: " + payload.get(at));
        }
    }

    private static long word(ByteBuffer payload, int number) {
        return payload.getLong(payload.position() + HEAD + number * Long.BYTES);
    }

    private static String text(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining() - HEAD];
        payload.get(payload.position() + HEAD, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static final class Encoder implements DeskSink {
        private final Taker taker;
        private final ByteBuffer out = ByteBuffer.allocate(LONGEST).order(ByteOrder.LITTLE_ENDIAN);

        private Encoder(Taker taker) {
            this.taker = taker;
        }

        private ByteBuffer begin(byte kind, int flags, int contract, int strategy, int first, int second) {
            out.clear();
            out.put(kind).put((byte) flags).putShort((short) contract).putShort((short) strategy);
            return out.put((byte) first).put((byte) second);
        }

        private void end(long now) {
            out.flip();
            taker.told(now, out);
        }

        private void text(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.put(bytes, 0, Math.min(bytes.length, out.remaining()));
        }

        @Override
        public void refused(
                long now,
                int strategy,
                int contract,
                Intent intent,
                Side side,
                long priceTicks,
                long quantityLots,
                Refusal refusal) {
            begin(REFUSED, side == Side.SELL ? SELL : 0, contract, strategy, intent.ordinal(), refusal.ordinal())
                    .putLong(priceTicks)
                    .putLong(quantityLots);
            end(now);
        }

        @Override
        public void filled(
                long now,
                int strategy,
                int contract,
                long orderId,
                long tradeId,
                Side side,
                long priceTicks,
                long quantityLots,
                long fee,
                boolean maker,
                Intent intent) {
            int flags = (side == Side.SELL ? SELL : 0) | (maker ? MAKER : 0);
            begin(FILLED, flags, contract, strategy, intent.ordinal(), 0)
                    .putLong(orderId)
                    .putLong(tradeId)
                    .putLong(priceTicks)
                    .putLong(quantityLots)
                    .putLong(fee);
            end(now);
        }

        @Override
        public void hedge(long now, int strategy, int contract, int leg, HedgePlan plan) {
            begin(HEDGE, 0, contract, strategy, plan.urgency().ordinal(), 0)
                    .putLong(plan.causes())
                    .putLong(Double.doubleToRawLongBits(plan.coins(leg)))
                    .putLong(Double.doubleToRawLongBits(plan.deviation()))
                    .putLong(Double.doubleToRawLongBits(plan.cost()));
            end(now);
        }

        @Override
        public void breaker(long now, BreakerState before, BreakerState after, String why) {
            begin(BREAKER, 0, -1, -1, before.ordinal(), after.ordinal());
            text(why);
            end(now);
        }

        @Override
        public void regime(long now, int strategy, int contract, int before, int after, double probability) {
            begin(REGIME, 0, contract, strategy, before, after).putLong(Double.doubleToRawLongBits(probability));
            end(now);
        }

        @Override
        public void spread(long now, int strategy, int contract, SpreadReason reason, double basisPoints) {
            begin(SPREAD, 0, contract, strategy, reason.code(), 0).putLong(Double.doubleToRawLongBits(basisPoints));
            end(now);
        }

        @Override
        public void notice(long now, Notice notice, int contract, long found, long expected) {
            begin(NOTICE, 0, contract, -1, notice.ordinal(), 0).putLong(found).putLong(expected);
            end(now);
        }

        @Override
        public void strategy(long now, int place, String name) {
            begin(STRATEGY, 0, -1, place, 0, 0);
            text(name);
            end(now);
        }
    }
}
