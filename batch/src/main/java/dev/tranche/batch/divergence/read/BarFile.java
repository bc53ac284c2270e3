package dev.tranche.batch.divergence.read;

import dev.tranche.batch.file.Lines;
import dev.tranche.batch.file.RefusedException;
import dev.tranche.market.Bar;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// Reads a file of bars, once, from front to back. For one thread.
public final class BarFile {
    private final Named named;
    private final BiConsumer<String, Bar> sink;
    private final OptionalLong interval;
    private final TimeText times;
    private final BadRows bad = new BadRows();
    private final Map<String, Known> symbols = new TreeMap<>();
    private long rows;

    /// What is counted beside the rows themselves.
    private static final class Known {
        private final BarRows rows;
        private final long[] takers;

        private Known(BarRows rows, long[] takers) {
            this.rows = rows;
            this.takers = takers;
        }
    }

    private BarFile(Named named, OptionalLong interval, Optional<ZoneId> zone, BiConsumer<String, Bar> sink) {
        this.named = named;
        this.interval = interval;
        this.sink = sink;
        times = new TimeText(zone);
    }

    /// Reads a file.
    ///
    /// @param interval length of a bar in milliseconds, where the user says it
    /// @param zone of times that name none
    /// @param sink takes every bar with its symbol, in order of time within a symbol
    /// @return one for each symbol of the file
    /// @throws RefusedException when the layout is not understood, or nothing usable is in it
    public static List<FileFacts> read(
            Named named, OptionalLong interval, Optional<ZoneId> zone, BiConsumer<String, Bar> sink)
            throws IOException {
        return new BarFile(named, interval, zone, sink).read();
    }

    private List<FileFacts> read() throws IOException {
        try (Lines lines = Lines.open(named.file())) {
            if (!lines.next()) {
                throw RefusedException.because(named.file() + " is empty");
            }
            String start = lines.text();
            Cells cells = Cells.of(start);
            Header first = Header.of(cells.split(start));
            Optional<Header> headless = BarLayout.headless(first);
            Header header = headless.orElse(first);
            BarLayout layout = BarLayout.of(header).orElseThrow(() -> notUnderstood(start));
            if (headless.isPresent()) {
                row(lines, layout, header, cells);
            }
            while (lines.next()) {
                row(lines, layout, header, cells);
            }
            symbols.values().forEach(each -> each.rows.end());
            return facts(layout, lines.digest());
        }
    }

    private RefusedException notUnderstood(String header) {
        String shown = header.length() > 200 ? header.substring(0, 200) + "…" : header;
        return RefusedException.because(named.file() + " has no layout that is understood.\nits first line: " + shown
                + "\n" + BarLayout.UNDERSTOOD);
    }

    private void row(Lines lines, BarLayout layout, Header header, Cells cells) {
        String text = lines.text();
        if (text.isBlank()) {
            return;
        }
        rows++;
        try {
            Row row = new Row(header, cells.split(text), times);
            String symbol = layout.symbol() >= 0 ? symbol(row.text(layout.symbol())) : named.symbolOrRefuse();
            Known known = symbols.get(symbol);
            if (known == null) {
                known = known(symbol, layout);
                symbols.put(symbol, known);
            }
            known.rows.row(lines.number(), row);
        } catch (BadRowException fault) {
            bad.add(lines.number(), fault);
        }
    }

    private static String symbol(String text) throws BadRowException {
        String symbol = text.toUpperCase(Locale.ROOT).replace("/", "");
        if (!symbol.matches("[A-Z0-9_-]{1,32}")) {
            throw BadRowException.of("symbol is none", text);
        }
        return symbol;
    }

    private Known known(String symbol, BarLayout layout) {
        long[] takers = new long[1];
        BarRows reader = new BarRows(layout, interval, bad, bar -> {
            takers[0] += Double.isNaN(bar.takerBuyVolume()) ? 0 : 1;
            sink.accept(symbol, bar);
        });
        return new Known(reader, takers);
    }

    private List<FileFacts> facts(BarLayout layout, String digest) {
        List<FileFacts> facts = new ArrayList<>();
        symbols.forEach((symbol, known) -> {
            if (known.rows.bars() > 0) {
                facts.add(new FileFacts(
                        String.valueOf(named.file().getFileName()),
                        digest,
                        layout.saysTakers() ? "bars with takers' volume" : "bars without takers' volume",
                        symbol,
                        rows,
                        known.rows.bars(),
                        known.rows.intervalMillis(),
                        known.rows.from(),
                        known.rows.to(),
                        known.rows.gaps(),
                        known.rows.missing(),
                        known.takers[0],
                        0,
                        bad.counts(),
                        bad.firsts()));
            }
        });
        if (facts.isEmpty() || bad.total() > rows / 2) {
            throw RefusedException.because(named.file() + " holds " + rows + " rows, and " + bad.total()
                    + " of them are not usable" + (bad.total() == 0 ? "" : ": " + bad.firsts()));
        }
        return facts;
    }
}
