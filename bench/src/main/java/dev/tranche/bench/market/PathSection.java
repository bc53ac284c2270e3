package dev.tranche.bench.market;

import dev.tranche.bench.Report;
import dev.tranche.inference.Artifact;
import dev.tranche.market.Instrument;
import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogSettings;
import dev.tranche.runtime.log.RecordLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/// From the bytes of a market message to the bytes of orders, on one thread, at 20,000 messages a second. In
/// the path: the message into the journal, decoding, the monitor of the feed, the book, the features, the
/// spread model, fair value and quote, the checks before orders, the orders as bytes into the journal. Not in
/// it: the network, and the signature of a request.
final class PathSection implements Section {
    private static final String FILE = "data/crypto/l2_raw_hftbacktest/usdm/btcusdt_20240808.gz";
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99};
    private static final int PACE = 50_000;
    private static final int WARM = 3;

    @Override
    public String name() {
        return "path";
    }

    @Override
    public boolean run(Report report, int rounds) throws IOException {
        Path file = Path.of(
                        System.getProperty("tranche.shared", System.getProperty("tranche.root", ".") + "/../shared"))
                .resolve(FILE);
        if (!Files.exists(file)) {
            report.remark("the path is not measured: " + file.getFileName() + " is not there");
            return true;
        }
        PathRecording recording = PathRecording.read(new Instrument("BTCUSDT", 2, 3), file);
        Artifact artifact = PathModel.train(recording);
        boolean correct = true;
        for (boolean amends : new boolean[] {true, false}) {
            correct &= measure(report, recording, artifact, amends, rounds);
        }
        return correct;
    }

    private static boolean measure(
            Report report, PathRecording recording, Artifact artifact, boolean amends, int rounds) throws IOException {
        PathLap first = lap(recording, artifact, amends, 0);
        boolean same = true;
        for (int i = 1; i < WARM; i++) {
            PathLap again = lap(recording, artifact, amends, 0);
            same &= again.hash == first.hash && again.sum == first.sum;
        }
        Histogram all = new Histogram(first.all);
        Histogram ordering = new Histogram(first.ordering);
        Histogram service = new Histogram(first.all);
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < rounds; round++) {
            PathLap lap = lap(recording, artifact, amends, PACE);
            all.add(lap.all);
            ordering.add(lap.ordering);
            service.add(lap.service);
            allocated = Math.min(allocated, lap.allocated);
            same &= lap.hash == first.hash && lap.sum == first.sum;
        }
        boolean correct = same && first.agrees && first.sent > 0 && first.models > 0;
        report.correct(
                correct,
                recording.messages() + " messages, " + first.sent + " requests, every playing the same bytes and hash: "
                        + same + "; position and open orders are the venue's: " + first.agrees
                        + "; spreads by the model: " + first.models + "; such as " + first.last);
        String what = amends ? "amending" : "cancel, replace";
        report.remark("journal, decoder, monitor, book, features, XGBoost (100 trees, depth 6), quote, checks, order"
                + " bytes, journal; " + 1_000_000_000 / PACE + " messages a second, late ones charged in full");
        print(report, what + ": any message", all);
        print(report, what + ": with orders", ordering);
        print(report, what + ": work alone", service);
        report.number(what, "messages with orders", 100.0 * ordering.getTotalCount() / all.getTotalCount(), "%");
        report.number(
                what, "a message, the venue's part too", allocated / (double) recording.messages(), "bytes allocated");
        return correct;
    }

    private static void print(Report report, String what, Histogram nanos) {
        for (double percentile : PERCENTILES) {
            String name = "p" + (percentile == Math.rint(percentile) ? (long) percentile + "" : percentile + "");
            report.number(what, name, nanos.getValueAtPercentile(percentile) / 1e3, "µs");
        }
        report.number(what, "worst", nanos.getMaxValue() / 1e3, "µs");
    }

    private static PathLap lap(PathRecording recording, Artifact artifact, boolean amends, long pace)
            throws IOException {
        Path folder = Files.createTempDirectory("tranche-path");
        try (RecordLog log = RecordLog.open(folder, LogSettings.of(Durability.WRITTEN))) {
            return new PathLap(recording, artifact, amends).run(log, pace);
        } finally {
            List<Path> files;
            try (Stream<Path> walk = Files.walk(folder)) {
                files = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path each : files) {
                Files.delete(each);
            }
        }
    }
}
