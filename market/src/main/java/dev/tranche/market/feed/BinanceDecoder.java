package dev.tranche.market.feed;

import dev.tranche.market.Instrument;

/// Reads Binance's messages of one instrument: `depthUpdate`, `bookTicker`, `trade` or `aggTrade`, of spot,
/// USD-M and COIN-M, bare or in the envelope of a combined stream, and the book of the REST interface.
public final class BinanceDecoder {
    /// Which trades are said; a stream may carry both, and then each trade would count twice.
    public enum Trades {
        /// `trade`: each match.
        EACH,
        /// `aggTrade`: the matches of one taker at one price together.
        AGGREGATED
    }

    private final MarketSink sink;
    private long ignored;

    private BinanceDecoder(MarketSink sink) {
        this.sink = sink;
    }

    public static BinanceDecoder of(Instrument instrument, Trades trades, MarketSink sink) {
        return new BinanceDecoder(sink);
    }

    /// A recorded line, `<receive nanoseconds> <message>`, in `bytes[from, to)`, without its line feed.
    ///
    /// @return whether an event was said
    public boolean line(byte[] bytes, int from, int to) {
        sink.fault(Fault.MALFORMED, MarketSink.UNKNOWN, MarketSink.UNKNOWN, 0, 0);
        ignored++;
        return false;
    }

    /// A message in `bytes[from, to)`.
    ///
    /// @param receivedNanos receive time, epoch nanoseconds; [MarketSink#UNKNOWN] when not known
    /// @return whether an event was said
    public boolean message(long receivedNanos, byte[] bytes, int from, int to) {
        sink.fault(Fault.MALFORMED, MarketSink.UNKNOWN, MarketSink.UNKNOWN, 0, 0);
        ignored++;
        return false;
    }

    /// Messages that are none of those above, such as the answer to a subscription: neither used nor a fault.
    public long ignored() {
        return ignored;
    }
}
