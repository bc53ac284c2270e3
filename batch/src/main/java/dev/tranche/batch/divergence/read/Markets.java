package dev.tranche.batch.divergence.read;

import dev.tranche.batch.file.RefusedException;
import dev.tranche.market.Bar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Reads the files of a study and puts together what belongs to one symbol. For one thread.
public final class Markets {
    private static final String WITHOUT_FLOW = """
            its bars know neither what takers bought nor a book, so there is no flow to compare the price with.
            What takers bought cannot be told from bars alone: the tick rule needs single trades, and a sign guessed from
            the colour of a bar is the price itself, which then always agrees with itself. Give bars with takers' volume
            (taker_base_volume) or trades.""";

    private final Map<String, List<Piece>> pieces = new TreeMap<>();
    private final Consumer<FileFacts> told;

    private record Piece(FileFacts facts, List<Bar> bars) {}

    private Markets(Consumer<FileFacts> told) {
        this.told = told;
    }

    /// What to read.
    ///
    /// @param bars files or folders of bars, each with its symbol before `=` or in its name
    /// @param trades files or folders of trades, the same
    /// @param interval of bars where the file does not tell; of bars made from trades
    /// @param zone of times that name none
    /// @param priceDecimals of trades
    /// @param quantityDecimals of trades
    public record Request(
            List<String> bars,
            List<String> trades,
            OptionalLong interval,
            Optional<ZoneId> zone,
            int priceDecimals,
            int quantityDecimals) {
        /// Length of the bars made from trades where nothing is said.
        static final long USUAL_INTERVAL = 60_000;
    }

    /// Reads all files, the named in order.
    ///
    /// @param told hears of each file when it is read
    /// @return one for each symbol, by name; at least one
    /// @throws RefusedException when a file cannot be used
    public static List<Market> read(Request request, Consumer<FileFacts> told) throws IOException {
        Markets markets = new Markets(told);
        for (Named named : files(request.bars())) {
            Map<String, List<Bar>> bars = new TreeMap<>();
            List<FileFacts> facts = BarFile.read(
                    named,
                    request.interval(),
                    request.zone(),
                    (symbol, bar) -> bars.computeIfAbsent(symbol, key -> new ArrayList<>())
                            .add(bar));
            facts.forEach(each -> markets.add(each, bars.getOrDefault(each.symbol(), List.of())));
        }
        TradeFile.Grid grid = new TradeFile.Grid(
                request.interval().orElse(Request.USUAL_INTERVAL), request.priceDecimals(), request.quantityDecimals());
        for (Named named : files(request.trades())) {
            List<Bar> bars = new ArrayList<>();
            FileFacts facts = TradeFile.read(named, grid, (symbol, bar) -> bars.add(bar));
            markets.add(facts, bars);
        }
        return markets.together();
    }

    /// The markets that have a flow to compare the price with.
    ///
    /// @throws RefusedException when one has none
    public static List<Market> withFlow(List<Market> markets) {
        for (Market market : markets) {
            if (!market.hasFlow()) {
                throw RefusedException.because(market.symbol() + " cannot be studied: " + WITHOUT_FLOW);
            }
        }
        return markets;
    }

    /// Folders become the tables in them, by name.
    private static List<Named> files(List<String> texts) throws IOException {
        List<Named> files = new ArrayList<>();
        for (String text : texts) {
            Named named = Named.parse(text);
            if (!Files.isDirectory(named.file())) {
                files.add(named);
                continue;
            }
            try (Stream<Path> inside = Files.list(named.file())) {
                List<Path> tables = inside.filter(Files::isRegularFile)
                        .filter(file -> file.toString().matches(".*\\.(csv|csv\\.gz|zip|gz|ndjson|jsonl)"))
                        .sorted()
                        .toList();
                if (tables.isEmpty()) {
                    throw RefusedException.because("no .csv, .csv.gz, .gz or .zip is in the folder " + named.file());
                }
                tables.forEach(file ->
                        files.add(named.symbol().isPresent() ? new Named(file, named.symbol()) : Named.of(file)));
            }
        }
        return files;
    }

    private void add(FileFacts facts, List<Bar> bars) {
        told.accept(facts);
        pieces.computeIfAbsent(facts.symbol(), symbol -> new ArrayList<>()).add(new Piece(facts, bars));
    }

    private List<Market> together() {
        List<Market> markets = new ArrayList<>();
        pieces.forEach((symbol, parts) -> markets.add(together(symbol, parts)));
        if (markets.isEmpty()) {
            throw RefusedException.because("nothing to read: name files with --bars or --trades");
        }
        return markets;
    }

    private static Market together(String symbol, List<Piece> parts) {
        List<Piece> ordered = parts.stream()
                .sorted(Comparator.comparingLong(part -> part.facts().from()))
                .toList();
        FileFacts first = ordered.getFirst().facts();
        List<Bar> bars = new ArrayList<>();
        long overlapping = 0;
        long end = Long.MIN_VALUE;
        for (Piece part : ordered) {
            if (part.facts().intervalMillis() != first.intervalMillis()) {
                throw RefusedException.because(symbol + " has bars of " + Span.text(first.intervalMillis()) + " in "
                        + first.file() + " and of " + Span.text(part.facts().intervalMillis()) + " in "
                        + part.facts().file() + ": study them apart");
            }
            for (Bar bar : part.bars()) {
                if (bar.openMillis() >= end) {
                    bars.add(bar);
                    end = bar.closeMillis();
                } else {
                    overlapping++;
                }
            }
        }
        return new Market(
                symbol,
                first.intervalMillis(),
                List.copyOf(bars),
                ordered.stream().map(Piece::facts).toList(),
                overlapping);
    }
}
