package dev.tranche.engine.trading.loop;

import dev.tranche.engine.trading.journal.Entry;
import dev.tranche.engine.trading.journal.OrderCodec;
import dev.tranche.engine.trading.journal.ToldCodec;
import dev.tranche.engine.trading.journal.TradingJournal;
import dev.tranche.market.Side;
import dev.tranche.market.desk.DeskSink;
import dev.tranche.market.order.OrderSink;
import dev.tranche.market.order.TimeInForce;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.log.LogFullException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a desk asks for, on its way out: into the journal first, then to the venue. When the journal cannot be
/// written nothing new leaves; what takes orders back leaves all the same. The loop's thread alone.
final class Outgoing implements OrderSink {
    private static final Logger LOG = LoggerFactory.getLogger(Outgoing.class);

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Unwritten(Entry entry, byte[] payload) {}

    private final TradingJournal journal;
    private final Router router;
    private final Ticks ticks;
    private final OrderSink encoder = OrderCodec.encoder(this::write);
    private final DeskSink teller = ToldCodec.encoder((_, payload) -> tell(payload));
    private final List<Unwritten> unwritten = new ArrayList<>();
    private long now;
    private boolean mayLeave;
    private boolean takesBack;
    private long placed;
    private long handedNanos;

    Outgoing(TradingJournal journal, Router router, Ticks ticks) {
        this.journal = journal;
        this.router = router;
        this.ticks = ticks;
    }

    /// An input begins.
    void begin(long nowNanos) {
        now = nowNanos;
        placed = 0;
    }

    /// Orders and amendments that left since the input began.
    long placed() {
        return placed;
    }

    /// When the last of them was handed over, by the monotonic clock.
    long handedNanos() {
        return handedNanos;
    }

    /// Whether something is not in the journal that should be.
    boolean blocked() {
        return !unwritten.isEmpty();
    }

    /// Writes what is missing; false when the disk is still full.
    boolean caughtUp() {
        while (!unwritten.isEmpty()) {
            Unwritten first = unwritten.getFirst();
            try {
                journal.append(
                        first.entry(), now, ByteBuffer.wrap(first.payload()).order(ByteOrder.LITTLE_ENDIAN));
            } catch (LogFullException e) {
                return false;
            }
            unwritten.removeFirst();
        }
        return true;
    }

    private void write(ByteBuffer payload) {
        mayLeave = write(Entry.ORDER, takesBack ? Entry.ORDER : Entry.UNSENT, payload);
    }

    private void tell(ByteBuffer payload) {
        write(Entry.TOLD, Entry.TOLD, payload);
    }

    private boolean write(Entry entry, Entry later, ByteBuffer payload) {
        if (unwritten.isEmpty()) {
            try {
                journal.append(entry, now, payload);
                return true;
            } catch (LogFullException e) {
                LOG.debug("journal.full entry={}", entry, e);
            }
        }
        byte[] copy = new byte[payload.remaining()];
        payload.get(payload.position(), copy);
        unwritten.add(new Unwritten(later, copy));
        return false;
    }

    /// Where the desk's words go.
    DeskSink teller() {
        return teller;
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
        takesBack = false;
        encoder.place(orderId, contract, side, priceTicks, quantityLots, force, reduceOnly);
        if (mayLeave) {
            router.place(orderId, contract, side, priceTicks, quantityLots, force, reduceOnly);
            handed();
        }
    }

    @Override
    public void amend(long orderId, int contract, long priceTicks, long quantityLots) {
        takesBack = false;
        encoder.amend(orderId, contract, priceTicks, quantityLots);
        if (mayLeave) {
            router.amend(orderId, contract, priceTicks, quantityLots);
            handed();
        }
    }

    private void handed() {
        placed++;
        handedNanos = ticks.nanos();
    }

    @Override
    public void cancel(long orderId, int contract) {
        takesBack = true;
        encoder.cancel(orderId, contract);
        router.cancel(orderId, contract);
    }

    @Override
    public void cancelAll(int contract) {
        takesBack = true;
        encoder.cancelAll(contract);
        router.cancelAll(contract);
    }

    @Override
    public void reconcile(int venue, long sinceNanos) {
        takesBack = true;
        encoder.reconcile(venue, sinceNanos);
        router.reconcile(venue, sinceNanos);
    }
}
