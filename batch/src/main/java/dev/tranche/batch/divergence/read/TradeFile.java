package dev.tranche.batch.divergence.read;

import dev.tranche.batch.file.RefusedException;
import dev.tranche.market.Bar;
import dev.tranche.market.Instrument;
import dev.tranche.market.divergence.OrderFlow;
import dev.tranche.market.feed.BarSink;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.FaultSink;
import java.io.IOException;
import java.util.function.BiConsumer;

/// Reads a file of trades, or of a venue's whole stream, once, from front to back, into bars. Every event
/// passes the monitor of the live feed first, so that a study sees exactly what a live run would have seen.
/// For one thread.
public final class TradeFile {
    private final Named named;
    private final String symbol;
    private final BiConsumer<String, Bar> sink;
    private final BadRows bad = new BadRows();
    private final EventFile events;
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
        Instrument instrument = grid.of(symbol);
        events = EventFile.of(
                named.file(),
                instrument,
                OrderFlow.of(instrument, OrderFlow.Source.BOOK, grid.intervalMillis(), new Collected(), this.faults()));
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
        return "line " + events.line() + ": " + fault.describe(found, expected);
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
        events.read();
        return facts(grid);
    }

    private FileFacts facts(Grid grid) {
        if (bars == 0) {
            throw RefusedException.because("no bar of " + Span.text(grid.intervalMillis()) + " comes of " + named.file()
                    + ": " + events.rows() + " rows, " + bad.total() + " faults"
                    + (bad.total() == 0 ? "" : " " + bad.firsts()) + "; a bar needs trades before and after it."
                    + "\nits first line: " + events.shown());
        }
        return new FileFacts(
                String.valueOf(named.file().getFileName()),
                events.digest(),
                events.capture() ? "capture of a venue's stream" : "trades",
                symbol,
                events.rows(),
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
