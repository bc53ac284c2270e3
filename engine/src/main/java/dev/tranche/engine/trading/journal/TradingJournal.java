package dev.tranche.engine.trading.journal;

import dev.tranche.market.Side;
import dev.tranche.market.order.OrderSink;
import dev.tranche.market.order.TimeInForce;
import dev.tranche.runtime.log.Cursor;
import dev.tranche.runtime.log.LogRecord;
import dev.tranche.runtime.log.LogSettings;
import dev.tranche.runtime.log.RecordLog;
import dev.tranche.runtime.log.Recovery;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The journal of one desk on the disk. The loop alone appends what the desk hears and asks for; content of
/// versions may come from any thread, since it changes nothing until an input names it.
///
/// Every append throws [dev.tranche.runtime.log.LogFullException] when the disk is full: nothing was written
/// then.
public final class TradingJournal implements AutoCloseable {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final RecordLog log;
    private final Set<String> known = new HashSet<>();
    private final ByteBuffer words = ByteBuffer.allocate(2 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private TradingJournal(RecordLog log) {
        this.log = log;
    }

    /// Opens or creates the journal in a folder, cutting off a torn tail.
    ///
    /// @throws IOException when another process has it open, or the folder cannot be used
    public static TradingJournal open(Path folder, LogSettings settings) throws IOException {
        return new TradingJournal(RecordLog.open(folder, settings));
    }

    /// What opening found and did.
    public Recovery recovery() {
        return log.recovery();
    }

    /// Appends one record.
    ///
    /// @param payload from its position to its limit, which are not moved
    /// @return its position
    public long append(Entry entry, long nanos, ByteBuffer payload) {
        return log.append(entry.code(), nanos, payload);
    }

    /// Appends a text.
    public long append(Entry entry, long nanos, String json) {
        return append(entry, nanos, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }

    /// Appends a tick.
    public void tick(long nanos) {
        log.append(Entry.TICK.code(), nanos, NOTHING);
    }

    /// Appends the hash of the desk's state after so many inputs.
    public void hash(long nanos, long hash, long inputs) {
        words.clear();
        words.putLong(hash).putLong(inputs).flip();
        log.append(Entry.HASH.code(), nanos, words);
    }

    /// Appends the bytes behind a digest, unless they are there.
    public void content(long nanos, String digest, byte[] bytes) {
        synchronized (known) {
            if (known.contains(digest)) {
                return;
            }
            Content.payloads(digest, bytes).forEach(part -> log.append(Entry.CONTENT.code(), nanos, part));
            known.add(digest);
        }
    }

    /// The bytes behind a digest are in the journal already.
    public void has(String digest) {
        synchronized (known) {
            known.add(digest);
        }
    }

    /// Reads from a position on, beside the appenders.
    public Cursor cursor(long position) {
        return log.cursor(position);
    }

    /// Hears of each order that was placed, sent or not.
    @FunctionalInterface
    public interface OrderHearer {
        void placed(long orderId, int contract);
    }

    /// Reads every order that was placed, from the beginning.
    public void orders(OrderHearer to) {
        OrderSink hearer = new Placed(to);
        Cursor cursor = log.cursor(log.start());
        for (Optional<LogRecord> next = cursor.next(); next.isPresent(); next = cursor.next()) {
            Entry entry = Entry.of(next.get().type());
            if (entry == Entry.ORDER || entry == Entry.UNSENT) {
                OrderCodec.decode(next.get().payload().duplicate().order(ByteOrder.LITTLE_ENDIAN), hearer);
            }
        }
    }

    private record Placed(OrderHearer to) implements OrderSink {
        @Override
        public void place(long id, int contract, Side side, long ticks, long lots, TimeInForce force, boolean reduce) {
            to.placed(id, contract);
        }

        @Override
        public void amend(long orderId, int contract, long priceTicks, long quantityLots) {}

        @Override
        public void cancel(long orderId, int contract) {}

        @Override
        public void cancelAll(int contract) {}

        @Override
        public void reconcile(int venue, long sinceNanos) {}
    }

    /// Position of the record that began the newest desk; empty when the journal has none. Reads backwards from
    /// the end, segment by segment, as far as that record.
    ///
    /// @throws dev.tranche.runtime.log.CorruptRecordException when a record behind it is damaged
    public OptionalLong lastStart() {
        List<Long> boundaries = log.boundaries();
        long until = log.end();
        for (int i = boundaries.size() - 1; i >= 0; i--) {
            OptionalLong last = lastStart(boundaries.get(i), until);
            if (last.isPresent()) {
                return last;
            }
            until = boundaries.get(i);
        }
        return OptionalLong.empty();
    }

    private OptionalLong lastStart(long from, long until) {
        OptionalLong last = OptionalLong.empty();
        Cursor cursor = log.cursor(from);
        for (Optional<LogRecord> next = cursor.next();
                next.isPresent() && next.get().position() < until;
                next = cursor.next()) {
            if (next.get().type() == Entry.START.code()) {
                last = OptionalLong.of(next.get().position());
            }
        }
        return last;
    }

    /// Position of the oldest record.
    public long start() {
        return log.start();
    }

    /// Position behind the newest record.
    public long end() {
        return log.end();
    }

    /// Bytes of its files on the disk.
    public long diskBytes() {
        return log.diskBytes();
    }

    /// Bytes free on its disk.
    public long freeBytes() throws IOException {
        return log.freeBytes();
    }

    /// Whether the next segment could not be prepared, because the disk is full: appends still succeed until
    /// the one being written is used up.
    public boolean nearlyFull() {
        return log.full();
    }

    @Override
    public void close() {
        log.close();
    }
}
