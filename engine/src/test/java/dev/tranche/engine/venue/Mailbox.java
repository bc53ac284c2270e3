package dev.tranche.engine.venue;

import dev.tranche.market.Side;
import dev.tranche.market.order.Rejection;
import java.util.Arrays;

/// The inbox of one loop: any number of threads put in, one takes out. What is put in costs a short lock and,
/// once it has grown to its size, no allocation; the taker holds the lock only to swap two halves.
///
/// Reports of orders are never dropped: the mailbox grows. Market data are: when more than `mostMarket`
/// messages wait, those of a contract are left out until there is room again, and the taker hears
/// [#marketLost] before the next. Times never go back: a report heard before the one in front of it gets the
/// time of that one.
public final class Mailbox implements GatewayInbox {
    private final int mostMarket;
    private final Runnable wake;
    private final Object lock = new Object();
    private Letters filling = new Letters();
    private Letters emptying = new Letters();
    private int taken;
    private int marketWaiting;
    private long lastNanos = Long.MIN_VALUE;
    private long dropped;
    private boolean[] losing = new boolean[16];

    private Mailbox(int mostMarket, Runnable wake) {
        this.mostMarket = mostMarket;
        this.wake = wake;
    }

    /// @param mostMarket most messages of market data that may wait, at least 1
    /// @param wake called after each letter put into an empty box, by whoever put it in; must not wait
    public static Mailbox of(int mostMarket, Runnable wake) {
        if (mostMarket < 1) {
            throw new IllegalArgumentException("messages that may wait must be at least 1: " + mostMarket);
        }
        return new Mailbox(mostMarket, wake);
    }

    /// Messages of market data left out so far.
    public long dropped() {
        synchronized (lock) {
            return dropped;
        }
    }

    /// Hands what waits to `to`, in order, at most `most` letters. For the loop's thread only.
    ///
    /// @return how many
    public int drain(GatewayInbox to, int most) {
        int done = 0;
        while (done < most) {
            if (taken == emptying.size) {
                emptying.clear();
                taken = 0;
                synchronized (lock) {
                    Letters full = filling;
                    filling = emptying;
                    emptying = full;
                    marketWaiting = 0;
                }
                if (emptying.size == 0) {
                    return done;
                }
            }
            deliver(emptying.letters[taken++], to);
            done++;
        }
        return done;
    }

    private static void deliver(Letter it, GatewayInbox to) {
        switch (it.kind) {
            case ACCEPTED -> to.accepted(it.now, it.id, it.place);
            case REJECTED -> to.rejected(it.now, it.id, it.place, it.why);
            case AMENDED -> to.amended(it.now, it.id, it.place, it.a, it.b);
            case AMEND_REFUSED -> to.amendRefused(it.now, it.id, it.place, it.why);
            case CANCEL_REFUSED -> to.cancelRefused(it.now, it.id, it.place, it.why);
            case CANCELLED -> to.cancelled(it.now, it.id, it.place, it.a);
            case FILLED -> to.filled(it.now, it.id, it.place, it.c, it.side, it.a, it.b, it.d, it.flag);
            case CORRECTED -> to.corrected(it.now, it.place, it.c, it.a, it.b, it.d);
            case FUNDING -> to.funding(it.now, it.place, it.a, it.b);
            case SETTLED -> to.settled(it.now, it.place, it.a);
            case CONNECTED -> to.connected(it.now, it.place);
            case DISCONNECTED -> to.disconnected(it.now, it.place);
            case TRUTH -> to.truth(it.now, it.place, it.a);
            case OPEN_ORDER -> to.openOrder(it.now, it.id, it.place, it.side, it.a, it.b, it.c);
            case POSITION -> to.position(it.now, it.place, it.a);
            case TRUTH_ENDS -> to.truthEnds(it.now, it.place);
            case MARKET -> to.market(it.now, it.place, it.bytes, (int) it.a, (int) it.b);
            case MARKET_LOST -> to.marketLost(it.now, it.place);
            case PROTECTION -> to.protection(it.now, it.place, it.flag);
            case NOTICE -> to.notice(it.now, it.place, it.text);
        }
        it.bytes = Letter.NONE;
        it.text = "";
    }

    @Override
    public void market(long nowNanos, int contract, byte[] bytes, int from, int to) {
        boolean first;
        synchronized (lock) {
            if (contract >= losing.length) {
                losing = Arrays.copyOf(losing, 2 * contract);
            }
            if (marketWaiting >= mostMarket) {
                losing[contract] = true;
                dropped++;
                return;
            }
            first = filling.size == 0;
            if (losing[contract]) {
                losing[contract] = false;
                letter(Letter.Kind.MARKET_LOST, nowNanos, 0, contract);
            }
            Letter it = letter(Letter.Kind.MARKET, nowNanos, 0, contract);
            it.bytes = bytes;
            it.a = from;
            it.b = to;
            marketWaiting++;
        }
        if (first) {
            wake.run();
        }
    }

    private Letter letter(Letter.Kind kind, long nowNanos, long id, int place) {
        lastNanos = Math.max(lastNanos, nowNanos);
        Letter it = filling.next();
        it.kind = kind;
        it.now = lastNanos;
        it.id = id;
        it.place = place;
        return it;
    }

    private void put(Letter.Kind kind, long nowNanos, long id, int place, long a, long b) {
        put(kind, nowNanos, id, place, a, b, 0, 0, Side.BUY, Rejection.OTHER, false, "");
    }

    private void refusal(Letter.Kind kind, long nowNanos, long id, int place, Rejection why) {
        put(kind, nowNanos, id, place, 0, 0, 0, 0, Side.BUY, why, false, "");
    }

    private void put(
            Letter.Kind kind,
            long nowNanos,
            long id,
            int place,
            long a,
            long b,
            long c,
            long d,
            Side side,
            Rejection why,
            boolean flag,
            String text) {
        boolean first;
        synchronized (lock) {
            first = filling.size == 0;
            Letter it = letter(kind, nowNanos, id, place);
            it.a = a;
            it.b = b;
            it.c = c;
            it.d = d;
            it.side = side;
            it.why = why;
            it.flag = flag;
            it.text = text;
        }
        if (first) {
            wake.run();
        }
    }

    @Override
    public void accepted(long nowNanos, long orderId, int contract) {
        put(Letter.Kind.ACCEPTED, nowNanos, orderId, contract, 0, 0);
    }

    @Override
    public void rejected(long nowNanos, long orderId, int contract, Rejection why) {
        refusal(Letter.Kind.REJECTED, nowNanos, orderId, contract, why);
    }

    @Override
    public void amended(long nowNanos, long orderId, int contract, long priceTicks, long quantityLots) {
        put(Letter.Kind.AMENDED, nowNanos, orderId, contract, priceTicks, quantityLots);
    }

    @Override
    public void amendRefused(long nowNanos, long orderId, int contract, Rejection why) {
        refusal(Letter.Kind.AMEND_REFUSED, nowNanos, orderId, contract, why);
    }

    @Override
    public void cancelRefused(long nowNanos, long orderId, int contract, Rejection why) {
        refusal(Letter.Kind.CANCEL_REFUSED, nowNanos, orderId, contract, why);
    }

    @Override
    public void cancelled(long nowNanos, long orderId, int contract, long filledLots) {
        put(Letter.Kind.CANCELLED, nowNanos, orderId, contract, filledLots, 0);
    }

    @Override
    public void filled(
            long nowNanos,
            long orderId,
            int contract,
            long tradeId,
            Side side,
            long priceTicks,
            long quantityLots,
            long fee,
            boolean maker) {
        put(
                Letter.Kind.FILLED,
                nowNanos,
                orderId,
                contract,
                priceTicks,
                quantityLots,
                tradeId,
                fee,
                side,
                Rejection.OTHER,
                maker,
                "");
    }

    @Override
    public void corrected(long nowNanos, int contract, long tradeId, long priceTicks, long quantityLots, long fee) {
        put(
                Letter.Kind.CORRECTED,
                nowNanos,
                0,
                contract,
                priceTicks,
                quantityLots,
                tradeId,
                fee,
                Side.BUY,
                Rejection.OTHER,
                false,
                "");
    }

    @Override
    public void funding(long nowNanos, int contract, long dueNanos, long paid) {
        put(Letter.Kind.FUNDING, nowNanos, 0, contract, dueNanos, paid);
    }

    @Override
    public void settled(long nowNanos, int contract, long underlyingTicks) {
        put(Letter.Kind.SETTLED, nowNanos, 0, contract, underlyingTicks, 0);
    }

    @Override
    public void connected(long nowNanos, int venue) {
        put(Letter.Kind.CONNECTED, nowNanos, 0, venue, 0, 0);
    }

    @Override
    public void disconnected(long nowNanos, int venue) {
        put(Letter.Kind.DISCONNECTED, nowNanos, 0, venue, 0, 0);
    }

    @Override
    public void truth(long nowNanos, int venue, long asOfNanos) {
        put(Letter.Kind.TRUTH, nowNanos, 0, venue, asOfNanos, 0);
    }

    @Override
    public void openOrder(
            long nowNanos, long orderId, int contract, Side side, long priceTicks, long quantityLots, long filledLots) {
        put(
                Letter.Kind.OPEN_ORDER,
                nowNanos,
                orderId,
                contract,
                priceTicks,
                quantityLots,
                filledLots,
                0,
                side,
                Rejection.OTHER,
                false,
                "");
    }

    @Override
    public void position(long nowNanos, int contract, long lots) {
        put(Letter.Kind.POSITION, nowNanos, 0, contract, lots, 0);
    }

    @Override
    public void truthEnds(long nowNanos, int venue) {
        put(Letter.Kind.TRUTH_ENDS, nowNanos, 0, venue, 0, 0);
    }

    @Override
    public void marketLost(long nowNanos, int contract) {
        put(Letter.Kind.MARKET_LOST, nowNanos, 0, contract, 0, 0);
    }

    @Override
    public void protection(long nowNanos, int venue, boolean triggered) {
        put(Letter.Kind.PROTECTION, nowNanos, 0, venue, 0, 0, 0, 0, Side.BUY, Rejection.OTHER, triggered, "");
    }

    @Override
    public void notice(long nowNanos, int venue, String text) {
        put(Letter.Kind.NOTICE, nowNanos, 0, venue, 0, 0, 0, 0, Side.BUY, Rejection.OTHER, false, text);
    }
}
