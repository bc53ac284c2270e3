package dev.tranche.engine;

import dev.tranche.engine.trading.journal.TradingJournal;
import dev.tranche.engine.trading.replay.QuoteList;
import dev.tranche.engine.trading.replay.Replay;
import dev.tranche.runtime.clock.Epoch;
import dev.tranche.runtime.log.CorruptRecordException;
import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `tranche market replay`: runs the journal of a desk again and says whether every order, every word and every
/// hash come out as they were recorded. Exit code 0 for EXACT, 1 for the first difference.
@Command(
        name = "replay",
        description = "Runs a desk's journal again: EXACT, or the first difference.",
        mixinStandardHelpOptions = true)
final class MarketReplayCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(MarketReplayCommand.class);
    private static final double NANOS = 1e9;

    @Parameters(paramLabel = "FOLDER", description = "data folder of a desk, or the journal in it")
    private Path folder = Path.of(".");

    @Option(names = "--until", paramLabel = "TIME", description = "up to this time of the desk, ISO 8601")
    private Optional<String> until = Optional.empty();

    @Option(
            names = "--last",
            description = "the newest desk alone: what is before --anew may be of a software that decided otherwise")
    private boolean last;

    @Option(
            names = "--quotes",
            paramLabel = "FILE",
            description = "write every quote that comes out as CSV: who decided on it, and whose spread it has")
    private Optional<Path> quotes = Optional.empty();

    @Option(names = "--json", description = "write JSON")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private MarketReplayCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Path journal = Files.isDirectory(folder.resolve("journal")) ? folder.resolve("journal") : folder;
        try {
            if (!Files.isDirectory(journal)) {
                throw new IOException("there is no journal " + journal);
            }
            long end = until.map(Instant::parse).map(Epoch::nanos).orElse(Long.MAX_VALUE);
            long began = System.nanoTime();
            try (TradingJournal opened = TradingJournal.open(journal, LogSettings.of(Durability.ASYNC))) {
                Replay.Result result = run(opened, end);
                double seconds = (System.nanoTime() - began) / NANOS;
                tell(out, result, seconds);
                return result.exact() ? 0 : 1;
            }
        } catch (IOException | IllegalArgumentException | DateTimeParseException | CorruptRecordException e) {
            LOG.debug("replay.failed", e);
            spec.commandLine().getErr().println("tranche market replay: " + e.getMessage());
            return 1;
        }
    }

    private Replay.Result run(TradingJournal journal, long end) throws IOException {
        if (quotes.isEmpty()) {
            return run(Replay.alone(), journal, end);
        }
        try (PrintWriter file = new PrintWriter(Files.newBufferedWriter(quotes.get()))) {
            Replay.Result result = run(QuoteList.to(file).replay(), journal, end);
            if (file.checkError()) {
                throw new IOException("the quotes cannot be written to " + quotes.get());
            }
            return result;
        }
    }

    private Replay.Result run(Replay replay, TradingJournal journal, long end) {
        return last ? replay.last(journal, end) : replay.run(journal, end);
    }

    private void tell(PrintWriter out, Replay.Result result, double seconds) {
        if (json) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("verdict", result.exact() ? "EXACT" : "DIFFERENT");
            tree.put("inputs", result.inputs());
            tree.put("orders", result.orders());
            tree.put("told", result.told());
            tree.put("hashes", result.hashes());
            tree.put("hash", String.format("%016x", result.hash()));
            tree.put(
                    "until",
                    result.heard() == 0 ? null : Epoch.instant(result.heard()).toString());
            tree.put("position", result.position());
            tree.put("seconds", seconds);
            result.difference().ifPresent(difference -> tree.put("difference", difference));
            out.println(JsonMapper.builder().build().writeValueAsString(tree));
        } else {
            out.printf(
                    Locale.ROOT,
                    "%s: %,d inputs, %,d orders, %,d words, %,d hashes, state %016x at %s, %.2f s (%.2f s a million)%n",
                    result.exact() ? "EXACT" : "DIFFERENT",
                    result.inputs(),
                    result.orders(),
                    result.told(),
                    result.hashes(),
                    result.hash(),
                    result.heard() == 0 ? "no time" : Epoch.instant(result.heard()),
                    seconds,
                    seconds / Math.max(1, result.inputs()) * 1e6);
            result.difference().ifPresent(out::println);
        }
        out.flush();
    }
}
