package dev.tranche.bench.divergence;

import dev.tranche.bench.Report;
import dev.tranche.market.Instrument;
import dev.tranche.market.divergence.OrderFlow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// From a decoded trade or change of the book to updated indicators and detectors, event by event on one
/// thread: a recording repeated, and a long stream made up; then the grid of seed 003 on a year of bars.
/// Inside the time of an event are the monitor of the feed, the book, the imbalance, the bars with their
/// scores, three detectors, and one look at the clock; decoding is measured on its own.
@Command(
        name = "divergence",
        description = "Latency and memory from a market event to the detector; the grid of 324 runs.",
        mixinStandardHelpOptions = true)
public final class DivergenceBench implements Callable<Integer> {
    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Option(
            names = "--captures",
            paramLabel = "DIR",
            description = "Recordings; usdm/{btcusdt,ethusdt}_20240808.gz there; left out when it does not exist.")
    private @Nullable Path captures;

    @Option(names = "--laps", defaultValue = "50", description = "Repetitions of a recording (${DEFAULT-VALUE}).")
    private int laps;

    @Option(
            names = "--events",
            defaultValue = "10000000",
            description = "Events of the generated stream (${DEFAULT-VALUE}).")
    private long events;

    @Option(
            names = "--bars",
            defaultValue = "105120",
            description = "Bars of five minutes a symbol; a year has ${DEFAULT-VALUE}.")
    private int bars;

    @Option(names = "--threads", defaultValue = "2", description = "Threads of the grid (${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--rounds", defaultValue = "3", description = "Times the grid is run (${DEFAULT-VALUE}).")
    private int rounds;

    DivergenceBench() {}

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        if (laps < 1 || events < 100_000 || bars < 3_000 || threads < 1 || rounds < 1) {
            throw new IllegalArgumentException("laps, threads and rounds must be at least 1, events 100000, bars 3000: "
                    + laps + ", " + threads + ", " + rounds + ", " + events + ", " + bars);
        }
        Report report = Report.open("divergence", json, System.out);
        boolean correct = true;
        Path folder = captures == null
                ? Path.of(System.getProperty("tranche.shared", System.getProperty("tranche.root", ".") + "/../shared"))
                        .resolve("data/crypto/l2_raw_hftbacktest")
                : captures;
        for (String symbol : new String[] {"BTCUSDT", "ETHUSDT"}) {
            Path file = folder.resolve("usdm/" + symbol.toLowerCase(java.util.Locale.ROOT) + "_20240808.gz");
            if (Files.exists(file)) {
                Capture capture = Capture.read(new Instrument(symbol, 2, 3), file);
                correct &= Streams.capture(report, capture, OrderFlow.Source.BOOK, laps);
                correct &= Streams.capture(report, capture, OrderFlow.Source.TOP, laps);
                capture.measure(report, rounds);
            } else {
                report.remark(file.getFileName() + " is not there: --captures DIR");
            }
        }
        correct &= Streams.generated(report, events);
        Streams.swaps(report);
        correct &= new GridRun(bars, threads).measure(report, rounds);
        report.number("two looks at the clock", "in every figure", Meter.clock(), "µs");
        return correct ? 0 : 1;
    }
}
