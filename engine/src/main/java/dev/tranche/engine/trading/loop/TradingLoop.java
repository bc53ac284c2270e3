package dev.tranche.engine.trading.loop;

import dev.tranche.engine.trading.journal.Entry;
import dev.tranche.engine.trading.journal.ReportCodec;
import dev.tranche.engine.trading.journal.TradingJournal;
import dev.tranche.engine.venue.Link;
import dev.tranche.market.desk.DeskSink;
import dev.tranche.market.order.OrderReports;
import dev.tranche.market.order.OrderSink;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.log.LogFullException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The event loop of a desk: one thread takes what came, one input at a time, writes it to the journal, and lets
/// the desk act. Nobody else touches the desk, so nothing can deadlock, with one strategy or with a hundred.
///
/// When the journal cannot be written the loop is **detached**: every order is taken back at the venues, again
/// each second, nothing new leaves, and what comes is left out, since a desk that heard what its journal does
/// not know could not be replayed. When the disk has room again the desk is told that its venues were away and
/// its books have holes, and asks for the truth. When the desk itself fails (a defect), the loop takes every
/// order back, until the venues have none or the lines are cut ([TakeBack]), and does nothing more: [#failure].
public final class TradingLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TradingLoop.class);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    /// A gap of more ticks than this is one tick.
    private static final int MOST_TICKS = 1000;
    /// An event that took longer is told to the desk, which then does not believe a late answer of a model.
    private static final long LONG_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /// What a loop works with.
    ///
    /// @param tick distance of the timer's ticks
    /// @param hash how often the hash is written
    /// @param look how often [Witness#look] is called, by the monotonic clock
    public record Terms(IdlePolicy idle, Duration tick, Duration hash, Duration look) {}

    /// Lives in the loop beside the desk. Called on the loop's thread.
    public interface Witness {
        /// Before each input: a venue that lives here says to the loop's inbox what is due.
        void before(long now);

        /// Time to read how everything does.
        void look(long now);

        /// The desk refused an input, with the reason; or took it (empty).
        void answered(Entry entry, byte[] bytes, int from, int to, String refusal);
    }

    private final Machine machine;
    private final TradingJournal journal;
    private final EventRing ring;
    private final EventRing own;
    private final RingInbox inbox;
    private final Router router;
    private final Outgoing outgoing;
    private final TakeBack takeBack;
    private final LoopClock clock;
    private final Ticks ticks;
    private final Terms terms;
    private final Witness witness;
    private final LoopCounts counts = new LoopCounts();
    private final EventRing.Reader reader = this::on;
    private final OrderReports selfSaid = ReportCodec.encoder(this::said);
    private final List<Held> held = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean detached;
    private volatile boolean ended;
    private volatile @Nullable RuntimeException failure;
    private final byte[] placeBytes = new byte[Short.BYTES];
    private final ByteBuffer place = ByteBuffer.wrap(placeBytes).order(ByteOrder.LITTLE_ENDIAN);
    private final byte[] tookBytes = new byte[Short.BYTES + Long.BYTES];
    private final ByteBuffer takes = ByteBuffer.wrap(tookBytes).order(ByteOrder.LITTLE_ENDIAN);
    private byte[] viewed = {};
    private ByteBuffer view = ByteBuffer.wrap(viewed);
    private long now;
    private long nextTick;
    private long nextHash;
    private long nextLookNanos;
    private long retryNanos;
    private long cancelledNanos;
    private long inputs;
    private boolean endSeen;
    private boolean holes = true;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Held(Entry entry, byte[] bytes) {}

    private TradingLoop(
            Machine machine,
            TradingJournal journal,
            EventRing ring,
            EventRing own,
            RingInbox inbox,
            Router router,
            LoopClock clock,
            Ticks ticks,
            Terms terms,
            Witness witness) {
        this.machine = machine;
        this.journal = journal;
        this.ring = ring;
        this.own = own;
        this.inbox = inbox;
        this.router = router;
        this.outgoing = new Outgoing(journal, router, ticks);
        this.takeBack = new TakeBack(router, ticks);
        this.clock = clock;
        this.ticks = ticks;
        this.terms = terms;
        this.witness = witness;
        this.thread = Thread.ofPlatform().name("desk").unstarted(this::run);
    }

    /// A loop that begins with [#start].
    public static TradingLoop of(
            Machine machine,
            TradingJournal journal,
            Rings rings,
            Router router,
            LoopClock clock,
            Ticks ticks,
            Terms terms,
            Witness witness) {
        return new TradingLoop(
                machine, journal, rings.ring(), rings.own(), rings.inbox(), router, clock, ticks, terms, witness);
    }

    /// Where orders of the desk go from here on.
    public OrderSink orders() {
        return outgoing;
    }

    /// Where words of the desk go from here on.
    public DeskSink told() {
        return outgoing.teller();
    }

    /// Begins to work.
    ///
    /// @param heard the latest time that the desk has heard, epoch nanoseconds
    /// @param before inputs that its journal holds
    /// @param missed whether market data went by meanwhile; a recording goes on where it was
    public void start(long heard, long before, boolean missed) {
        holes = missed;
        now = clock.heard(heard);
        nextTick = now == 0 ? 0 : now + terms.tick().toNanos();
        nextHash = now;
        inputs = before;
        counts.inputs(before);
        counts.alive(ticks.nanos());
        outgoing.begin(now);
        thread.start();
    }

    /// The process was away: the desk's venues cannot be heard yet, and its books have holes.
    private void away() {
        for (int venue = 0; venue < router.venues(); venue++) {
            selfSaid.disconnected(now, venue);
        }
        for (int contract = 0; holes && contract < router.contracts(); contract++) {
            place.putShort(0, (short) contract);
            input(Entry.LOST, now, placeBytes, 0, placeBytes.length);
        }
    }

    private void run() {
        inbox.bind();
        if (inputs > 0) {
            away();
        }
        holes = true;
        int idle = 0;
        while (!closed) {
            boolean worked = own.poll(reader) || ring.poll(reader);
            if (!worked && endSeen) {
                endSeen = false;
                clock.ended();
                witness.look(now);
                ended = true;
            }
            if (detached) {
                attach();
            } else if (failure != null) {
                takeBack.due();
            } else if (!worked) {
                tickUpTo(clock.now());
            }
            long nanos = ticks.nanos();
            if (nanos >= nextLookNanos) {
                nextLookNanos = nanos + terms.look().toNanos();
                counts.alive(nanos);
                witness.look(now);
            }
            idle = worked ? 0 : idle + 1;
            if (!worked) {
                terms.idle().rest(ring, idle, nextLookNanos - nanos);
            }
        }
    }

    private void on(byte type, long nanos, long arrived, byte[] bytes, int from, int to) {
        Entry entry = Entry.of(type);
        if (entry == Entry.END) {
            endSeen = true;
            return;
        }
        if (detached || failure != null) {
            keep(entry, bytes, from, to);
            return;
        }
        long begun = ticks.nanos();
        long heard = clock.heard(nanos);
        tickUpTo(heard);
        if (detached || failure != null) {
            keep(entry, bytes, from, to); // a tick on the way to it could not be written, or found a defect
            return;
        }
        if (entry == Entry.MARKET) {
            counts.message();
        } else if (entry == Entry.LOST && nanos == 0) {
            clock.away();
        }
        if (input(entry, heard, bytes, from, to) && outgoing.placed() > 0 && entry == Entry.MARKET) {
            counts.quote(outgoing.handedNanos() - arrived);
        }
        long took = ticks.nanos() - begun;
        counts.event(took);
        if (took > LONG_NANOS && entry == Entry.MARKET && !detached && failure == null) {
            takes.putShort(0, view(bytes, from, to).getShort(from)).putLong(Short.BYTES, took);
            input(Entry.TOOK, now, tookBytes, 0, tookBytes.length);
        }
    }

    private void tickUpTo(long until) {
        long step = terms.tick().toNanos();
        if (until == 0) {
            return;
        }
        if (nextTick == 0 || until - nextTick > MOST_TICKS * step) {
            nextTick = until;
        }
        while (nextTick <= until && !detached && failure == null) {
            long at = nextTick;
            nextTick += step;
            counts.tick();
            input(Entry.TICK, at, viewed, 0, 0);
            if (at >= nextHash) {
                nextHash = at + terms.hash().toNanos();
                hash(at);
            }
        }
    }

    private void hash(long at) {
        if (detached || failure != null) {
            return;
        }
        try {
            journal.hash(at, machine.hash(), inputs);
        } catch (LogFullException e) {
            detach(e);
        }
    }

    /// Writes an input and lets the desk act; false when it was not written.
    private boolean input(Entry entry, long at, byte[] bytes, int from, int to) {
        now = Math.max(now, at);
        try {
            journal.append(entry, now, view(bytes, from, to));
        } catch (LogFullException e) {
            detach(e);
            keep(entry, bytes, from, to);
            return false;
        }
        inputs++;
        counts.inputs(inputs);
        outgoing.begin(now);
        witness.before(now);
        String refusal = "";
        try {
            machine.apply(entry, now, bytes, from, to);
        } catch (IllegalArgumentException e) {
            counts.refusal();
            refusal = String.valueOf(e.getMessage());
            LOG.warn("input.refused entry={} reason=\"{}\"", entry, refusal);
        } catch (RuntimeException e) {
            fail(e);
            return true;
        }
        switch (entry) {
            case OPERATOR, STRATEGY, SPREAD -> witness.answered(entry, bytes, from, to, refusal);
            case START, MARKET, LOST, REPORT, TICK, TOOK, CONTENT, ORDER, UNSENT, TOLD, HASH, END, SNAPSHOT -> {}
        }
        if (entry == Entry.LOST) {
            router.snapshot(view.getShort(from));
        }
        if (outgoing.blocked()) {
            detach(null);
        }
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // whether it is the very array that is wrapped already
    private ByteBuffer view(byte[] bytes, int from, int to) {
        if (bytes != viewed) {
            viewed = bytes;
            view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        return view.limit(bytes.length).position(from).limit(to);
    }

    /// What people and servers order is kept for later; what venues say is asked for again.
    private void keep(Entry entry, byte[] bytes, int from, int to) {
        switch (entry) {
            case OPERATOR, STRATEGY, SPREAD -> {
                held.add(new Held(entry, java.util.Arrays.copyOfRange(bytes, from, to)));
                witness.answered(entry, bytes, from, to, "held until the journal can be written; no order stands");
            }
            case REPORT -> {
                counts.discard();
                if (failure != null) {
                    takeBack.hear(now, view(bytes, from, to));
                }
            }
            case START, MARKET, LOST, TICK, TOOK, CONTENT, ORDER, UNSENT, TOLD, HASH, END, SNAPSHOT -> counts.discard();
        }
    }

    private void detach(@Nullable LogFullException why) {
        if (!detached) {
            LOG.error("journal.full orders=cancelled", why);
            detached = true;
            cancelEverything();
        }
    }

    private void fail(RuntimeException e) {
        failure = e;
        LOG.error("desk.failed orders=cancelled", e);
        takeBack.begin();
    }

    /// Beside the journal: for when it cannot be written.
    private void cancelEverything() {
        cancelledNanos = ticks.nanos();
        for (int contract = 0; contract < router.contracts(); contract++) {
            router.cancelAll(contract);
        }
    }

    private void attach() {
        long nanos = ticks.nanos();
        if (nanos - cancelledNanos > AGAIN_NANOS) {
            cancelEverything();
        }
        if (nanos - retryNanos < RETRY_NANOS) {
            return;
        }
        retryNanos = nanos;
        if (journal.nearlyFull() || !outgoing.caughtUp()) {
            return;
        }
        detached = false;
        LOG.warn("journal.writable truth=asked-for held={}", held.size());
        now = Math.max(now, clock.now());
        away();
        for (int venue = 0; venue < router.venues() && !detached; venue++) {
            if (router.venue(venue).link().orders() == Link.State.READY) {
                selfSaid.connected(now, venue);
            }
        }
        List<Held> waiting = new ArrayList<>(held);
        held.clear();
        waiting.forEach(each -> {
            if (detached) {
                held.add(each);
            } else {
                input(each.entry(), now, each.bytes(), 0, each.bytes().length);
            }
        });
    }

    private void said(long at, byte[] report, int length) {
        if (!detached && failure == null) {
            input(Entry.REPORT, at, report, 0, length);
        }
    }

    /// What it counts.
    public LoopCounts counts() {
        return counts;
    }

    /// Whether the journal cannot be written.
    public boolean detached() {
        return detached;
    }

    /// Whether everything recorded has been heard.
    public boolean ended() {
        return ended;
    }

    /// What the desk failed with; null while it works.
    public @Nullable RuntimeException failure() {
        return failure;
    }

    /// How far the orders of a desk that failed are taken back; empty while it works.
    public String takenBack() {
        return takeBack.words();
    }

    /// Ends the thread after the input it is at. Orders stand as they are.
    @Override
    public void close() {
        closed = true;
        ring.close();
        boolean interrupted = false;
        while (thread.isAlive() && !Thread.currentThread().equals(thread)) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
