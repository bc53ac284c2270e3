package dev.tranche.market.feed;

import dev.tranche.market.Instrument;

/// Reads recordings of trades and of depth changes as CSV, row by row; the columns are known by the names in
/// the header.
public final class CsvDecoder {
    private final MarketSink sink;

    private CsvDecoder(MarketSink sink) {
        this.sink = sink;
    }

    /// @param header the first line
    /// @throws IllegalArgumentException when it names neither a trade nor a depth change
    public static CsvDecoder of(Instrument instrument, String header, MarketSink sink) {
        return new CsvDecoder(sink);
    }

    /// One row in `bytes[from, to)`, without its line feed.
    public void row(byte[] bytes, int from, int to) {
        sink.fault(Fault.MALFORMED, MarketSink.UNKNOWN, MarketSink.UNKNOWN, 0, 0);
    }

    /// The recording is at its end: says what waits for its last row.
    public void end() {
        sink.fault(Fault.MALFORMED, MarketSink.UNKNOWN, MarketSink.UNKNOWN, 0, 0);
    }
}
