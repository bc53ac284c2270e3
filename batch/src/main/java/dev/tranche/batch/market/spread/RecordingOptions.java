package dev.tranche.batch.market.spread;

import dev.tranche.batch.divergence.read.Named;
import dev.tranche.batch.divergence.read.Span;
import dev.tranche.batch.file.RefusedException;
import dev.tranche.market.Instrument;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The options that say which recordings are read, and on which clock.
final class RecordingOptions {
    private static final int MOST_DECIMALS = 10;
    private static final int SHORTEST_MILLIS = 10;
    private static final int LONGEST_MILLIS = 60_000;

    @Option(
            names = "--data",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "Captures of the venue's stream: best prices, book and trades, plain or gzipped. SYMBOL=FILE"
                    + " where the name does not begin with the symbol.")
    private List<String> files = List.of();

    @Option(
            names = "--instrument",
            paramLabel = "SYMBOL",
            description = "The instrument read, such as BTCUSDT; where it is left out, the file's name says.")
    private Optional<String> symbol = Optional.empty();

    @Option(
            names = "--price-decimals",
            paramLabel = "N",
            defaultValue = "8",
            description = "Decimals of the finest price, 0..10 (${DEFAULT-VALUE}).")
    private int priceDecimals = 8;

    @Option(
            names = "--quantity-decimals",
            paramLabel = "N",
            defaultValue = "8",
            description = "Decimals of the finest quantity, 0..10 (${DEFAULT-VALUE}).")
    private int quantityDecimals = 8;

    @Option(
            names = "--sample",
            paramLabel = "LENGTH",
            defaultValue = "100ms",
            description = "Length of a sample, 10ms..1m (${DEFAULT-VALUE}).")
    private String sample = "100ms";

    @Option(
            names = "--horizon",
            paramLabel = "LENGTH",
            defaultValue = "1s",
            description = "How far the target looks ahead, a whole number of samples (${DEFAULT-VALUE}).")
    private String horizon = "1s";

    private RecordingOptions() {}

    /// The recordings in the order of the command line; says of each what it held.
    List<SpreadFile> read(CommandLine command) throws IOException {
        List<SpreadFile> read = new ArrayList<>();
        int millis = sampleMillis(command);
        horizonSamples(command);
        for (String text : files) {
            Named named = Named.parse(text);
            String name = symbol.or(named::symbol)
                    .orElseThrow(() -> RefusedException.because("whose market " + named.file()
                            + " is cannot be told from its name: say --instrument SYMBOL, or SYMBOL=" + named.file()));
            SpreadFile file = SpreadFile.read(named, instrument(command, name), millis);
            tell(file, command.getErr());
            read.add(file);
        }
        return read;
    }

    int sampleMillis(CommandLine command) {
        long millis = length(command, "--sample", sample);
        if (millis < SHORTEST_MILLIS || millis > LONGEST_MILLIS) {
            throw new ParameterException(command, "--sample must be within 10ms..1m: " + sample);
        }
        return (int) millis;
    }

    /// How many samples the target looks ahead.
    int horizonSamples(CommandLine command) {
        long millis = length(command, "--horizon", horizon);
        int one = sampleMillis(command);
        if (millis % one != 0) {
            throw new ParameterException(
                    command, "--horizon must be a whole number of samples of " + sample + ": " + horizon);
        }
        return (int) (millis / one);
    }

    private static long length(CommandLine command, String name, String text) {
        try {
            return Span.millis(text);
        } catch (IllegalArgumentException unusable) {
            throw new ParameterException(command, name + ": " + unusable.getMessage(), unusable);
        }
    }

    private Instrument instrument(CommandLine command, String name) {
        if (priceDecimals < 0 || priceDecimals > MOST_DECIMALS) {
            throw new ParameterException(command, "--price-decimals must be within 0..10: " + priceDecimals);
        }
        if (quantityDecimals < 0 || quantityDecimals > MOST_DECIMALS) {
            throw new ParameterException(command, "--quantity-decimals must be within 0..10: " + quantityDecimals);
        }
        try {
            return new Instrument(name, priceDecimals, quantityDecimals);
        } catch (IllegalArgumentException unusable) {
            throw new ParameterException(command, unusable.getMessage(), unusable);
        }
    }

    private static void tell(SpreadFile file, PrintWriter err) {
        err.printf(
                Locale.ROOT,
                "%s: %s, %,d messages, %,d samples over %.1f s, %,d trades%s%n",
                file.name(),
                file.instrument().symbol(),
                file.rows(),
                file.tape().size(),
                file.seconds(),
                file.tape().trades(),
                file.faults().isEmpty() ? "" : ", faults " + file.faults());
        err.flush();
    }
}
