package dev.tranche.batch.divergence;

import dev.tranche.batch.divergence.read.FileFacts;
import dev.tranche.batch.divergence.read.Market;
import dev.tranche.batch.divergence.read.Markets;
import dev.tranche.batch.divergence.read.Span;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The options that say what is read.
final class MarketOptions {
    @Option(
            names = "--bars",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Bars: CSV, also gzipped or zipped; several, or folders. SYMBOL=FILE where the name does not"
                    + " begin with the symbol.")
    private List<String> bars = new ArrayList<>();

    @Option(
            names = "--trades",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Trades, or a capture of the venue's stream with its book; the same.")
    private List<String> trades = new ArrayList<>();

    @Option(
            names = "--interval",
            paramLabel = "LENGTH",
            description = "Length of the bars made from trades, such as 500ms, 1s, 5m (1m when left out); of bars, only"
                    + " where the file does not tell.")
    private Optional<String> interval = Optional.empty();

    @Option(names = "--zone", paramLabel = "ZONE", description = "The zone of times that name none, such as UTC.")
    private Optional<String> zone = Optional.empty();

    @Option(
            names = "--price-decimals",
            paramLabel = "N",
            defaultValue = "8",
            description = "Decimals of the finest price in trades, 0..10 (${DEFAULT-VALUE}).")
    private int priceDecimals = 8;

    @Option(
            names = "--quantity-decimals",
            paramLabel = "N",
            defaultValue = "8",
            description = "Decimals of the finest quantity in trades, 0..10 (${DEFAULT-VALUE}).")
    private int quantityDecimals = 8;

    private MarketOptions() {}

    /// Reads the files and says of each what it held.
    List<Market> read(CommandLine command) throws IOException {
        return Markets.withFlow(Markets.read(request(command), facts -> tell(facts, command.getErr())));
    }

    private Markets.Request request(CommandLine command) {
        if (bars.isEmpty() && trades.isEmpty()) {
            throw new ParameterException(command, "nothing to read: name files with --bars or --trades");
        }
        try {
            return new Markets.Request(
                    bars,
                    trades,
                    interval.isPresent() ? OptionalLong.of(Span.millis(interval.get())) : OptionalLong.empty(),
                    zone.map(ZoneId::of),
                    within("--price-decimals", priceDecimals),
                    within("--quantity-decimals", quantityDecimals));
        } catch (DateTimeException | IllegalArgumentException unusable) {
            throw new ParameterException(command, unusable.getMessage(), unusable);
        }
    }

    private static int within(String name, int decimals) {
        if (decimals < 0 || decimals > 10) {
            throw new IllegalArgumentException(name + " must be within 0..10: " + decimals);
        }
        return decimals;
    }

    private static void tell(FileFacts facts, PrintWriter err) {
        err.printf(
                Locale.ROOT,
                "%s: %s, %s, %,d bars of %s, %s to %s%n",
                facts.file(),
                facts.symbol(),
                facts.layout(),
                facts.bars(),
                Span.text(facts.intervalMillis()),
                Instant.ofEpochMilli(facts.from()),
                Instant.ofEpochMilli(facts.to()));
        if (facts.gaps() > 0) {
            err.printf(Locale.ROOT, "  %,d holes, %,d bars missing%n", facts.gaps(), facts.missing());
        }
        facts.bad()
                .forEach((reason, count) -> err.printf(
                        Locale.ROOT,
                        "  %,d x %s (%s)%n",
                        count,
                        reason,
                        facts.firsts().get(reason)));
        err.flush();
    }
}
