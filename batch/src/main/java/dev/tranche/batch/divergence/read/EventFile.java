package dev.tranche.batch.divergence.read;

import dev.tranche.batch.file.Lines;
import dev.tranche.batch.file.RefusedException;
import dev.tranche.market.Instrument;
import dev.tranche.market.feed.BinanceDecoder;
import dev.tranche.market.feed.CsvDecoder;
import dev.tranche.market.feed.FeedLimits;
import dev.tranche.market.feed.FeedMonitor;
import dev.tranche.market.feed.MarketSink;
import java.io.IOException;
import java.nio.file.Path;

/// A file of trades, or of a venue's whole stream, read once, from front to back. Every event passes the
/// monitor of the live feed first, so that whoever listens hears exactly what a live run would have heard. For
/// one thread.
public final class EventFile {
    private static final String UNDERSTOOD = """
            understood are
              tables whose header names event_time_ms (event_ts_ms, EventTime), price, qty (Quantity), and is_buy, signed_qty or IsBuyerMarketMaker,
              tables of depth changes of the same recorders,
              raw captures of Binance, one message a line, with or without the receiver's nanoseconds before it""";
    private static final int SHOWN = 200;
    private static final int LINES_TO_TELL = 20_000;

    private final Path file;
    private final Instrument instrument;
    private final FeedMonitor monitor;
    private long rows;
    private long line;
    private boolean capture;
    private String start = "";
    private String digest = "";

    private EventFile(Path file, Instrument instrument, MarketSink sink) {
        this.file = file;
        this.instrument = instrument;
        this.monitor = FeedMonitor.before(FeedLimits.USUAL, sink);
    }

    /// @param sink hears the sound events, and every fault
    public static EventFile of(Path file, Instrument instrument, MarketSink sink) {
        return new EventFile(file, instrument, sink);
    }

    /// Reads all of it.
    ///
    /// @throws RefusedException when the file is empty or its layout is not understood
    public void read() throws IOException {
        try (Lines lines = Lines.open(file)) {
            if (!lines.next()) {
                throw RefusedException.because(file + " is empty");
            }
            start = lines.text();
            capture = start.matches("(?s)([0-9]{10,20} )?\\{.*");
            if (capture) {
                capture(lines);
            } else {
                table(lines);
            }
            digest = lines.digest();
        }
    }

    /// Lines read so far that hold something, without a header.
    public long rows() {
        return rows;
    }

    /// The number of the line that is being read, from 1.
    public long line() {
        return line;
    }

    /// Whether it is the capture of a venue's stream, not a table.
    public boolean capture() {
        return capture;
    }

    /// SHA-256 of the file in hex, once it is read.
    public String digest() {
        return digest;
    }

    /// The beginning of the first line.
    String shown() {
        return start.length() > SHOWN ? start.substring(0, SHOWN) + "…" : start;
    }

    private void capture(Lines lines) throws IOException {
        BinanceDecoder decoder = BinanceDecoder.of(instrument, trades(), monitor);
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
        try (Lines lines = Lines.open(file)) {
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

    private void table(Lines lines) throws IOException {
        CsvDecoder decoder;
        try {
            decoder = CsvDecoder.of(instrument, start, monitor);
        } catch (IllegalArgumentException unknown) {
            throw RefusedException.because(
                    file + " has no layout that is understood.\nits first line: " + shown() + "\n" + UNDERSTOOD);
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
}
