package dev.tranche.bench.market;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tranche.market.Side;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.order.OrderSink;
import dev.tranche.market.order.TimeInForce;
import dev.tranche.market.simulation.SimulatedVenue;
import dev.tranche.runtime.log.RecordLog;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Where the measured path ends: an order becomes the bytes of a request of Binance's WebSocket interface
/// (without the signature, which is the gateway's), and these are in the journal before they may leave. What
/// was sent waits here for the simulated venue, which gets it outside of the measured time.
final class PathOrders implements OrderSink {
    private static final byte ORDER = 2;
    private static final int ROOM = 1 << 12;

    private final Contracts contracts;
    private final RecordLog log;
    private final byte[] bytes = new byte[512];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
    private final CRC32C sum = new CRC32C();
    private final long[][] waiting = new long[ROOM][6];
    private int length;
    private int head;
    private int tail;
    private long sent;
    long now;

    PathOrders(Contracts contracts, RecordLog log) {
        this.contracts = contracts;
        this.log = log;
    }

    /// Requests so far.
    long sent() {
        return sent;
    }

    /// Checksum of all bytes sent so far.
    long sum() {
        return sum.getValue();
    }

    /// Hands what waits to the venue.
    void deliver(SimulatedVenue venue) {
        while (head != tail) {
            long[] row = waiting[head++ % ROOM];
            int contract = (int) row[2];
            switch ((int) row[0]) {
                case 0 ->
                    venue.place(
                            row[1],
                            contract,
                            row[5] > 0 ? Side.BUY : Side.SELL,
                            row[3],
                            row[4],
                            TimeInForce.POST_ONLY,
                            false);
                case 1 -> venue.amend(row[1], contract, row[3], row[4]);
                case 2 -> venue.cancel(row[1], contract);
                case 3 -> venue.cancelAll(contract);
                default -> venue.reconcile(contract, row[3]);
            }
        }
    }

    private void wait(long kind, long id, int contract, long ticks, long lots, int sign) {
        long[] row = waiting[tail++ % ROOM];
        row[0] = kind;
        row[1] = id;
        row[2] = contract;
        row[3] = ticks;
        row[4] = lots;
        row[5] = sign;
    }

    @Override
    public void place(long id, int contract, Side side, long ticks, long lots, TimeInForce force, boolean reduceOnly) {
        begin("{\"method\":\"order.place\",\"id\":\"", id);
        of(contract);
        text(side == Side.BUY ? "\",\"side\":\"BUY" : "\",\"side\":\"SELL");
        text(
                force == TimeInForce.POST_ONLY
                        ? "\",\"type\":\"LIMIT\",\"timeInForce\":\"GTX"
                        : "\",\"timeInForce\":\"IOC");
        amount(contract, ticks, lots);
        text(reduceOnly ? "\",\"reduceOnly\":\"true\"}}" : "\"}}");
        end();
        wait(0, id, contract, ticks, lots, side.sign());
    }

    @Override
    public void amend(long id, int contract, long ticks, long lots) {
        begin("{\"method\":\"order.modify\",\"id\":\"", id);
        of(contract);
        amount(contract, ticks, lots);
        text("\"}}");
        end();
        wait(1, id, contract, ticks, lots, 0);
    }

    @Override
    public void cancel(long id, int contract) {
        begin("{\"method\":\"order.cancel\",\"id\":\"", id);
        of(contract);
        text("\"}}");
        end();
        wait(2, id, contract, 0, 0, 0);
    }

    @Override
    public void cancelAll(int contract) {
        begin("{\"method\":\"order.cancelAll\",\"id\":\"", 0);
        of(contract);
        text("\"}}");
        end();
        wait(3, 0, contract, 0, 0, 0);
    }

    @Override
    public void reconcile(int venue, long sinceNanos) {
        wait(4, 0, venue, sinceNanos, 0, 0);
    }

    private void begin(String method, long id) {
        length = 0;
        text(method);
        number(id, 0);
        text("\",\"params\":{\"origClientOrderId\":\"");
        number(id, 0);
    }

    private void of(int contract) {
        text("\",\"symbol\":\"");
        text(contracts.get(contract).symbol());
    }

    private void amount(int contract, long ticks, long lots) {
        Contract of = contracts.get(contract);
        text("\",\"price\":\"");
        number(ticks, of.instrument().priceDecimals());
        text("\",\"quantity\":\"");
        number(lots, of.instrument().quantityDecimals());
    }

    private void end() {
        sent++;
        sum.update(bytes, 0, length);
        buffer.clear().limit(length);
        log.append(ORDER, now, buffer);
    }

    @SuppressWarnings("deprecation") // the bytes of an ASCII string without an array in between
    private void text(String text) {
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
    }

    private void number(long value, int decimals) {
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        digits = Math.max(digits, decimals + 1);
        int at = length + digits + (decimals > 0 ? 1 : 0);
        length = at;
        long rest = value;
        for (int i = 0; i < digits; i++) {
            if (i == decimals && decimals > 0) {
                bytes[--at] = '.';
            }
            bytes[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /// The last request, for people.
    String last() {
        return new String(bytes, 0, length, US_ASCII);
    }
}
