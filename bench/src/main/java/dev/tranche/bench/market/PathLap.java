package dev.tranche.bench.market;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;
import dev.tranche.inference.Artifact;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.desk.Desk;
import dev.tranche.market.desk.DeskSink;
import dev.tranche.market.desk.DeskTerms;
import dev.tranche.market.desk.StrategyTerms;
import dev.tranche.market.feed.BinanceDecoder;
import dev.tranche.market.feed.FeedLimits;
import dev.tranche.market.feed.FeedMonitor;
import dev.tranche.market.simulation.Latency;
import dev.tranche.market.simulation.SimulatedVenue;
import dev.tranche.market.simulation.VenueTerms;
import dev.tranche.market.spread.SpreadReason;
import dev.tranche.runtime.log.RecordLog;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import org.HdrHistogram.Histogram;

/// One playing of a recording to a fresh desk.
///
/// Message `i` is due `i` times the pace after the beginning, and its time counts from then, whenever the desk
/// came to it (no omission is coordinated: a stall is charged to everything that waited behind it). The time
/// of a message ends when the last order that it caused is in the journal as bytes. Between messages, and so
/// on the same thread, the simulated venue is handed the orders and the market and answers; where it is slow,
/// the next message is late, and that is charged too.
final class PathLap {
    private static final byte MARKET = 1;
    private static final long MILLI = 1_000_000;
    private static final long MOST = 10_000_000_000L;
    private static final String STRATEGY = """
            {"strategy":{"name":"btc_mm_glft_v1.0","quotes":[{"venue":"binance","symbol":"BTCUSDT"}],"fair":"micro",
            "quoting":{"model":"glft","gamma":0.1,"arrival_a":1.2,"arrival_k":0.5,"size":0.01,"levels":1,
              "least_spread_bps":1,"most_spread_bps":100,"refresh":"0ms","move_ticks":1,"amend":AMENDS},
            "spread":{"source":"model","product":"btc_spread","low_bps":0.1,"high_bps":100},
            "limits":{"quantity":0.05,"notional":5000,"position":0.2,"open":100000,"collar_bps":200,
              "orders_a_second":10000,"delta":1}}}""";

    final Histogram all = new Histogram(MOST, 3);
    final Histogram ordering = new Histogram(MOST, 3);
    final Histogram service = new Histogram(MOST, 3);
    long allocated;
    long hash;
    long sum;
    long sent;
    long fills;
    long models;
    boolean agrees;
    long position;
    String last = "";

    private final PathRecording recording;
    private final Contracts contracts;
    private final Artifact artifact;
    private final boolean amends;

    PathLap(PathRecording recording, Artifact artifact, boolean amends) {
        this.recording = recording;
        this.artifact = artifact;
        this.amends = amends;
        this.contracts = Contracts.of(List.of(new Contract(
                recording.instrument(),
                "binance",
                new Terms.Linear("BTC", "USDT", true),
                10,
                1,
                1,
                new Fees(0.0002, 0.0005, Double.POSITIVE_INFINITY))));
    }

    /// @param paceNanos between one message and the next; 0: as fast as it goes
    PathLap run(RecordLog log, long paceNanos) {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        PathOrders orders = new PathOrders(contracts, log);
        Desk desk = Desk.of(contracts, DeskTerms.usual("btc_mm", 1_000_000), orders, DeskSink.NONE);
        Latency way = new Latency.Constant(MILLI);
        SimulatedVenue venue = SimulatedVenue.of(
                contracts,
                VenueTerms.IDEAL.with(way, way),
                RandomGeneratorFactory.of("L64X128MixRandom").create(1));
        BinanceDecoder ours = BinanceDecoder.of(
                recording.instrument(),
                BinanceDecoder.Trades.EACH,
                FeedMonitor.before(FeedLimits.USUAL, desk.market(0)));
        BinanceDecoder theirs = BinanceDecoder.of(recording.instrument(), BinanceDecoder.Trades.EACH, venue.market(0));
        long begin = recording.received(0);
        orders.now = begin;
        venue.time(begin, desk);
        desk.spreadModel(begin, "btc_spread", Optional.of(artifact));
        desk.strategy(
                begin,
                0,
                StrategyTerms.read(
                        STRATEGY.replace("AMENDS", Boolean.toString(amends)).getBytes(UTF_8)));
        desk.connected(begin, 0);
        ByteBuffer message = ByteBuffer.wrap(recording.bytes());
        long bytesBefore = thread.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime() + MILLI;
        for (int i = 0; i < recording.messages(); i++) {
            long due = start + i * paceNanos;
            long now = System.nanoTime();
            while (now < due) {
                Thread.onSpinWait();
                now = System.nanoTime();
            }
            long before = orders.sent();
            long received = recording.received(i);
            orders.now = received;
            message.limit(recording.to(i)).position(recording.from(i));
            log.append(MARKET, received, message);
            desk.time(received);
            ours.message(received, recording.bytes(), recording.from(i), recording.to(i));
            long done = System.nanoTime();
            if (paceNanos > 0) {
                all.recordValue(Math.min(MOST, done - due));
                if (orders.sent() != before) {
                    ordering.recordValue(Math.min(MOST, done - due));
                }
            }
            service.recordValue(Math.min(MOST, done - now));
            orders.deliver(venue);
            venue.time(received, desk);
            theirs.message(received, recording.bytes(), recording.from(i), recording.to(i));
        }
        allocated = thread.getCurrentThreadAllocatedBytes() - bytesBefore;
        finish(desk, orders, venue);
        return this;
    }

    private void finish(Desk desk, PathOrders orders, SimulatedVenue venue) {
        hash = desk.hash();
        sum = orders.sum();
        sent = orders.sent();
        last = orders.last();
        models = desk.seats(0).getFirst().spreads(SpreadReason.MODEL);
        position = desk.ledger().lots(desk.ledger().whole(), 0);
        long now = desk.now() + 10 * MILLI;
        orders.now = now;
        desk.quoting(now, false, "bench", "the recording is over");
        orders.deliver(venue);
        for (int i = 0; i < 200; i++) {
            now += 10 * MILLI;
            venue.time(now, desk);
            desk.time(now);
            orders.deliver(venue);
        }
        long since = now + 61_000 * MILLI;
        for (long at = now; at < since; at += 500 * MILLI) {
            venue.time(at, desk);
            desk.time(at);
            orders.deliver(venue);
        }
        agrees = desk.orders().open() == 0
                && desk.market(0).reconciled()
                && desk.lastTruth(0) > now
                && desk.venueLots(0) == desk.ledger().lots(desk.ledger().whole(), 0);
    }
}
