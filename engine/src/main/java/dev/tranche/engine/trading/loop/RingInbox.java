package dev.tranche.engine.trading.loop;

import dev.tranche.engine.trading.journal.Entry;
import dev.tranche.engine.trading.journal.ReportCodec;
import dev.tranche.engine.venue.GatewayInbox;
import dev.tranche.market.order.OrderReports;
import dev.tranche.market.order.RelayedReports;
import dev.tranche.runtime.clock.Ticks;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Puts what venues say into the ring of the loop. Reports of orders wait for room where they must; market data
/// do not: a contract whose messages were left out is said to be lost before its next one. What the loop's own
/// thread says (a gateway that refuses at once) goes into a ring of its own, which the loop empties first, so
/// that the loop never waits for itself. Thread-safe.
public final class RingInbox implements GatewayInbox, RelayedReports {
    /// Most of the ring that market data may take, in quarters.
    private static final int MARKET_SHARE = 3;

    private static final byte[] NOTHING = {};

    /// Is told what no decision of the desk hangs on. Called by the threads of gateways.
    public interface Aside {
        /// A venue's protection for market makers was triggered, or is over.
        void protection(int venue, boolean triggered);

        /// Something that people should know.
        void notice(int venue, String text);
    }

    private final EventRing ring;
    private final EventRing own;
    private final Ticks ticks;
    private final Aside aside;
    private final AtomicLongArray dropped;
    private final AtomicLong lost = new AtomicLong();
    private final Object encoding = new Object();
    private final OrderReports encoder = ReportCodec.encoder(this::put);
    private final OrderReports ownEncoder = ReportCodec.encoder(this::putOwn);
    private volatile @Nullable Thread loop;

    private RingInbox(EventRing ring, EventRing own, int contracts, Ticks ticks, Aside aside) {
        this.ring = ring;
        this.own = own;
        this.ticks = ticks;
        this.aside = aside;
        this.dropped = new AtomicLongArray(contracts);
    }

    static RingInbox of(EventRing ring, EventRing own, int contracts, Ticks ticks, Aside aside) {
        return new RingInbox(ring, own, contracts, ticks, aside);
    }

    /// From here on the calling thread is the loop's.
    void bind() {
        loop = Thread.currentThread();
    }

    /// Where a venue that lives in the loop says what it has to say, without a detour. The loop's thread alone.
    public OrderReports fromLoop() {
        return ownEncoder;
    }

    /// Messages of market data that were left out so far.
    public long lost() {
        return lost.get();
    }

    private void put(long nanos, byte[] report, int length) {
        if (!ring.put(Entry.REPORT.code(), nanos, ticks.nanos(), report, 0, length)) {
            aside.notice(-1, "a report came after the loop had ended");
        }
    }

    private void putOwn(long nanos, byte[] report, int length) {
        if (!own.offer(Entry.REPORT.code(), -1, nanos, ticks.nanos(), report, 0, length, 4)) {
            throw new IllegalStateException("the loop's own ring is full: " + own.waiting() + " bytes");
        }
    }

    /// Says a report by the encoder of the calling thread.
    @Override
    public void relay(Consumer<OrderReports> report) {
        if (Thread.currentThread().equals(loop)) {
            report.accept(ownEncoder);
            return;
        }
        synchronized (encoding) {
            report.accept(encoder);
        }
    }

    @Override
    public void market(long nanos, int contract, byte[] bytes, int from, int to) {
        if (dropped.get(contract) > 0) {
            marketLost(nanos, contract);
            if (dropped.get(contract) > 0) {
                count(contract);
                return;
            }
        }
        if (!ring.offer(Entry.MARKET.code(), contract, nanos, ticks.nanos(), bytes, from, to, MARKET_SHARE)) {
            count(contract);
        }
    }

    /// Hands over a message and waits for room: for sources that can wait, such as files. One that no empty ring
    /// could hold is left out, and said to be lost.
    ///
    /// @return false when the loop has ended
    public boolean patiently(long nanos, int contract, byte[] bytes, int from, int to, Waiting waiting) {
        if (to - from + Short.BYTES > ring.longest()) {
            lost.incrementAndGet();
            marketLost(nanos, contract);
            return true;
        }
        if (dropped.get(contract) > 0) {
            marketLost(nanos, contract);
        }
        while (!ring.offer(Entry.MARKET.code(), contract, nanos, ticks.nanos(), bytes, from, to, MARKET_SHARE)) {
            if (!waiting.goOn()) {
                return false;
            }
        }
        return true;
    }

    /// Waits a little; false when there is nothing to wait for any more.
    @FunctionalInterface
    public interface Waiting {
        boolean goOn();
    }

    private void count(int contract) {
        dropped.incrementAndGet(contract);
        lost.incrementAndGet();
    }

    @Override
    public void marketLost(long nanos, int contract) {
        long since = dropped.get(contract);
        if (ring.offer(Entry.LOST.code(), contract, nanos, ticks.nanos(), NOTHING, 0, 0, 4)) {
            dropped.addAndGet(contract, -since);
        } else {
            dropped.incrementAndGet(contract);
        }
    }

    /// An order of a person, as JSON.
    ///
    /// @return false when the loop has ended
    public boolean operator(long nanos, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return ring.put(Entry.OPERATOR.code(), nanos, ticks.nanos(), bytes, 0, bytes.length);
    }

    /// A version or other limits, as JSON.
    ///
    /// @return false when the loop has ended
    public boolean change(Entry entry, long nanos, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return ring.put(entry.code(), nanos, ticks.nanos(), bytes, 0, bytes.length);
    }

    @Override
    public void protection(long nanos, int venue, boolean triggered) {
        aside.protection(venue, triggered);
    }

    @Override
    public void notice(long nanos, int venue, String text) {
        aside.notice(venue, text);
    }
}
