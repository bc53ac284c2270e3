package dev.tranche.bench.market;

import com.sun.management.ThreadMXBean;
import dev.tranche.bench.Report;
import dev.tranche.market.Instrument;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.desk.Desk;
import dev.tranche.market.desk.DeskSink;
import dev.tranche.market.desk.DeskTerms;
import dev.tranche.market.desk.StrategyTerms;
import dev.tranche.market.feed.BinanceDecoder;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.simulation.FeedDelay;
import dev.tranche.market.simulation.Latency;
import dev.tranche.market.simulation.Participant;
import dev.tranche.market.simulation.SimulatedVenue;
import dev.tranche.market.simulation.Simulation;
import dev.tranche.market.simulation.Tape;
import dev.tranche.market.simulation.VenueTerms;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.GZIPInputStream;

/// How fast recordings are played: two perpetuals on one clock, decoded events in memory. An event is a trade, a
/// best bid and ask, or a whole change of the book, and counts once though the venue and the participant both
/// hear it. Inside the time: the merging, the venue's book with its queues, telling the participant. Without a
/// strategy the participant only counts; with it, it is the desk of the live engine. Processor time of one
/// thread; putting the events in order (once a recording) and decoding are measured apart.
final class BacktestSection implements Section {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Contracts CONTRACTS = Contracts.of(List.of(pair("BTC", 10), pair("ETH", 1)));
    private static final long TIMER = 10_000_000;

    private static final String STRATEGY = """
            {"strategy":{"name":"btc_mm_glft_v1.0","quotes":[{"venue":"binance","symbol":"BTCUSDT"},
            {"venue":"binance","symbol":"ETHUSDT"}],"fair":"micro","quoting":{"model":"glft","gamma":0.1,
            "arrival_a":1.2,"arrival_k":0.5,"size":0.02,"least_spread_bps":0.5,"most_spread_bps":50,"refresh":"50ms",
            "move_ticks":2},"spread":{"source":"heuristic"},"hedge":{"with":[{"venue":"binance","symbol":"BTCUSDT"}],
            "band":0.05,"urgent":0.15},"limits":{"quantity":0.5,"position":0.4,"collar_bps":200}}}
            """;

    @Override
    public String name() {
        return "backtest";
    }

    @Override
    public boolean run(Report report, int rounds) throws IOException {
        Path folder = Path.of(
                        System.getProperty("tranche.shared", System.getProperty("tranche.root", ".") + "/../shared"))
                .resolve("data/crypto/l2_raw_hftbacktest");
        List<Path> files =
                List.of(folder.resolve("usdm/btcusdt_20240808.gz"), folder.resolve("usdm/ethusdt_20240808.gz"));
        if (!files.stream().allMatch(Files::exists)) {
            report.remark("back-test: the recordings are not there: " + files);
            return true;
        }
        List<byte[]> bytes = new ArrayList<>();
        for (Path file : files) {
            try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                bytes.add(in.readAllBytes());
            }
        }
        List<Simulation.Track> tracks = new ArrayList<>();
        double[] decoding = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            tracks.clear();
            long before = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < bytes.size(); i++) {
                Tape tape = Tape.empty();
                decode(CONTRACTS.get(i).instrument(), bytes.get(i), tape);
                tracks.add(new Simulation.Track(i, tape, new FeedDelay.Recorded(1_000_000)));
            }
            decoding[round] = THREADS.getCurrentThreadCpuTime() - before;
        }
        long events = tracks.stream().mapToLong(track -> track.tape().size()).sum();
        long levels = tracks.stream().mapToLong(track -> track.tape().levels()).sum();
        Played bare = played(tracks, false);
        Played full = played(tracks, true);
        double[] without = new double[rounds];
        double[] with = new double[rounds];
        boolean correct = bare.heard == events;
        for (int round = 0; round < rounds; round++) {
            Played nobody = played(tracks, false);
            Played desk = played(tracks, true);
            correct &= bare.heard == nobody.heard && full.heard == desk.heard;
            without[round] = nobody.nanos;
            with[round] = desk.nanos;
            bare = nobody;
            full = desk;
        }
        report.correct(
                correct,
                "back-test: " + rounds + " runs over " + events + " events (" + levels
                        + " levels) told the same, and the desk's hash is the same");
        double alone = Timed.median(without);
        double quoting = Timed.median(with);
        report.number("back-test, no strategy", "events a second of one core", events / (alone / 1e9), "");
        report.number("back-test, no strategy", "levels and others a second", (events + levels) / (alone / 1e9), "");
        report.number("back-test, no strategy", "an event", alone / 1e3 / events, "µs");
        report.number("back-test, full strategy", "events a second of one core", events / (quoting / 1e9), "");
        report.number("back-test, full strategy", "an event", quoting / 1e3 / events, "µs");
        report.number("back-test, putting in order", "an event, once", bare.prepared / 1e3 / events, "µs");
        report.number(
                "back-test, decoding", "events a second of one core", events / (Timed.median(decoding) / 1e9), "");
        report.number("back-test, no strategy", "allocated an event", bare.allocated / (double) events, "bytes");
        report.number("back-test, full strategy", "allocated an event", full.allocated / (double) events, "bytes");
        report.remark("Events told to venue and participant, counted once. Aim without strategy: 2,000,000 a second.");
        return correct;
    }

    private record Played(long nanos, long prepared, long allocated, long heard) {}

    private static Played played(List<Simulation.Track> tracks, boolean strategy) {
        RandomGeneratorFactory<RandomGenerator> chance = RandomGeneratorFactory.of("L64X128MixRandom");
        VenueTerms terms = VenueTerms.IDEAL.with(new Latency.Constant(3_000_000), new Latency.Constant(3_000_000));
        SimulatedVenue venue = SimulatedVenue.of(CONTRACTS, terms, chance.create(1));
        long before = THREADS.getCurrentThreadCpuTime();
        Simulation simulation = Simulation.of(venue, tracks, TIMER, chance.create(2));
        long prepared = THREADS.getCurrentThreadCpuTime() - before;
        Onlooker onlooker = new Onlooker();
        Desk desk = Desk.of(CONTRACTS, DeskTerms.usual("bench", 1_000_000), venue, DeskSink.NONE);
        Participant participant = onlooker;
        if (strategy) {
            long begins = simulation.begins() - 1;
            participant = desk;
            venue.time(begins, participant);
            desk.strategy(begins, 0, StrategyTerms.read(STRATEGY.getBytes(StandardCharsets.UTF_8)));
            venue.connect(0);
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long from = THREADS.getCurrentThreadCpuTime();
        simulation.run(participant);
        long nanos = THREADS.getCurrentThreadCpuTime() - from;
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        return new Played(nanos, prepared, bytes, strategy ? desk.hash() : onlooker.events());
    }

    private static void decode(Instrument instrument, byte[] bytes, MarketSink sink) {
        BinanceDecoder decoder = BinanceDecoder.of(instrument, BinanceDecoder.Trades.EACH, sink);
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                decoder.line(bytes, from, at);
                from = at + 1;
            }
        }
    }

    private static Contract pair(String base, long tick) {
        return new Contract(
                new Instrument(base + "USDT", 2, 3),
                "binance",
                new Terms.Linear(base, "USDT", true),
                tick,
                1,
                1,
                new Fees(0.0002, 0.0005, Double.POSITIVE_INFINITY));
    }
}
