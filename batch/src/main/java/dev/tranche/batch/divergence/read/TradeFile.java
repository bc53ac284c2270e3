package dev.tranche.batch.divergence.read;

import dev.tranche.market.Bar;
import dev.tranche.market.Instrument;
import dev.tranche.market.divergence.OrderFlow;
import dev.tranche.market.feed.BarSink;
import dev.tranche.market.feed.BinanceDecoder;
import dev.tranche.market.feed.CsvDecoder;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.FaultSink;
import dev.tranche.market.feed.FeedLimits;
import dev.tranche.market.feed.FeedMonitor;
import java.io.IOException;
import java.util.function.BiConsumer;

/// Reads a file of trades, or of a venue's whole stream, once, from front to back, into bars. Every event
/// passes the monitor of the live feed first, so that a study sees exactly what a live run would have seen.
/// For one thread.
public final class TradeFile {
    private static final String UNDERSTOOD = """
            understood are
              tables whose header names event_time_ms (event_ts_ms, EventTime), price, qty (Quantity), and is_buy, signed_qty or IsBuyerMarketMaker,
              tables of depth changes of the same recorders,
              raw captures of Binance, one message a line, with or without the receiver's nanoseconds before it""";
    private static final int SHOWN = 200;
    private static final int LINES_TO_TELL = 20_000;

    private final Named named;
    private final String symbol;
    private final BiConsumer<String, Bar> sink;
    private final BadRows bad = new BadRows();
    private final FeedMonitor monitor;
    private long rows;
    private long line;
    private long bars;
    private long gaps;
    private long takers;
    private long books;
    private long from = Long.MAX_VALUE;
    private long to;

    private TradeFile(Named named, Grid grid, BiConsumer<String, Bar> sink) {
        this.named = named;
        this.sink = sink;
        symbol = named.symbolOrRefuse();
        FeedLimits limits = FeedLimits.USUAL;
        monitor = FeedMonitor.before(
                limits,
                OrderFlow.of(
                        grid.of(symbol), OrderFlow.Source.BOOK, grid.intervalMillis(), new Collected(), this.faults()));
    }

    /// What a stream is cut into.
    ///
    /// @param intervalMillis length of a bar, 100 ms to 1 day
    /// @param priceDecimals of the finest price, 0..10
    /// @param quantityDecimals of the finest quantity, 0..10
    public record Grid(long intervalMillis, int priceDecimals, int quantityDecimals) {
        Instrument of(String symbol) {
            return new Instrument(symbol, priceDecimals, quantityDecimals);
        }
    }

    /// Reads a file.
    ///
    /// @param sink takes every bar with its symbol, in order of time
    /// @throws RefusedException when the layout is not understood, or no bar comes of it
    public static FileFacts read(Named named, Grid grid, BiConsumer<String, Bar> sink) throws IOException {
        return new TradeFile(named, grid, sink).read(grid);
    }

    private final class Collected implements BarSink {
        @Override
        public void bar(
                long openMillis,
                long closeMillis,
                double open,
                double high,
                double low,
                double close,
                double volume,
                double takerBuyVolume,
                double orderFlowImbalance) {
            bars++;
            takers += Double.isNaN(takerBuyVolume) ? 0 : 1;
            books += Double.isNaN(orderFlowImbalance) ? 0 : 1;
            from = Math.min(from, openMillis);
            to = closeMillis;
            sink.accept(
                    symbol,
                    new Bar(
                            openMillis,
                            closeMillis,
                            open,
                            high,
                            low,
                            close,
                            volume,
                            takerBuyVolume,
                            orderFlowImbalance));
        }

        @Override
        public void gap(long fromMillis, long toMillis) {
            gaps++;
        }
    }

    private FaultSink faults() {
        return (fault, eventMillis, receivedNanos, found, expected) ->
                bad.add(word(fault), first(fault, found, expected));
    }

    private String first(Fault fault, long found, long expected) {
        return "line " + line + ": " + fault.describe(found, expected);
    }

    /// What is only noted was used all the same.
    private static String word(Fault fault) {
        String used = fault.consequence() == Fault.Consequence.NOTE ? " (noted, used)" : "";
        return name(fault) + used;
    }

    private static String name(Fault fault) {
        return fault.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    private FileFacts read(Grid grid) throws IOException {
        try (Lines lines = Lines.open(named.file())) {
            if (!lines.next()) {
                throw RefusedException.because(named.file() + " is empty");
            }
            String start = lines.text();
            boolean capture = start.matches("(?s)([0-9]{10,20} )?\\{.*");
            if (capture) {
                capture(lines, grid);
            } else {
                table(lines, grid, start);
            }
            return facts(grid, capture, lines.digest(), start);
        }
    }

    private void capture(Lines lines, Grid grid) throws IOException {
        BinanceDecoder decoder = BinanceDecoder.of(grid.of(symbol), trades(), monitor);
        do {
            if (lines.length() > 0) {
                rows++;
                line = lines.number();
                decoder.line(lines.bytes(), 0, lines.length());
            }
        } while (lines.next());
    }

    /// A stream may carry single trades, those of one taker together, or both: the single ones are preferred.
    private BinanceDecoder.Trades trades() throws IOException {
        boolean together = false;
        try (Lines lines = Lines.open(named.file())) {
            while (lines.number() < LINES_TO_TELL && lines.next()) {
                String text = lines.text();
                if (text.contains("\"e\":\"trade\"")) {
                    return BinanceDecoder.Trades.EACH;
                }
                together |= text.contains("\"e\":\"aggTrade\"");
            }
        }
        return together ? BinanceDecoder.Trades.AGGREGATED : BinanceDecoder.Trades.EACH;
    }

    private void table(Lines lines, Grid grid, String header) throws IOException {
        CsvDecoder decoder;
        try {
            decoder = CsvDecoder.of(grid.of(symbol), header, monitor);
        } catch (IllegalArgumentException unknown) {
            throw notUnderstood(header);
        }
        while (lines.next()) {
            if (lines.length() > 0) {
                rows++;
                line = lines.number();
                decoder.row(lines.bytes(), 0, lines.length());
            }
        }
        decoder.end();
    }

    private RefusedException notUnderstood(String header) {
        String shown = header.length() > SHOWN ? header.substring(0, SHOWN) + "…" : header;
        return RefusedException.because(
                named.file() + " has no layout that is understood.\nits first line: " + shown + "\n" + UNDERSTOOD);
    }

    private FileFacts facts(Grid grid, boolean capture, String digest, String start) {
        if (bars == 0) {
            String shown = start.length() > SHOWN ? start.substring(0, SHOWN) + "…" : start;
            throw RefusedException.because("no bar of " + Span.text(grid.intervalMillis()) + " comes of " + named.file()
                    + ": " + rows + " rows, " + bad.total() + " faults"
                    + (bad.total() == 0 ? "" : " " + bad.firsts()) + "; a bar needs trades before and after it."
                    + "\nits first line: " + shown);
        }
        return new FileFacts(
                String.valueOf(named.file().getFileName()),
                digest,
                capture ? "capture of a venue's stream" : "trades",
                symbol,
                rows,
                bars,
                grid.intervalMillis(),
                from,
                to,
                gaps,
                Math.max(0, (to - from) / grid.intervalMillis() - bars),
                takers,
                books,
                bad.counts(),
                bad.firsts());
    }
}
