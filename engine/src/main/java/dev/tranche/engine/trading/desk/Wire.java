package dev.tranche.engine.trading.desk;

import dev.tranche.market.Instrument;
import dev.tranche.market.feed.BinanceDecoder;
import dev.tranche.market.feed.DeribitDecoder;
import dev.tranche.market.feed.MarkSink;
import dev.tranche.market.feed.MarketSink;
import java.util.Locale;

/// The form of a venue's market data.
public enum Wire {
    BINANCE,
    DERIBIT;

    /// Reads the messages of one instrument.
    @FunctionalInterface
    public interface Decoder {
        /// A message in `bytes[from, to)`; what is wrong with it is said as a fault, never thrown.
        void message(long receivedNanos, byte[] bytes, int from, int to);
    }

    /// Reads `binance` or `deribit`.
    public static Wire parse(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// As it is written.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// A decoder of an instrument's messages.
    public Decoder decoder(Instrument instrument, MarketSink sink) {
        return switch (this) {
            case BINANCE -> BinanceDecoder.of(instrument, BinanceDecoder.Trades.EACH, sink)::message;
            case DERIBIT -> DeribitDecoder.of(instrument, sink, MarkSink.NONE)::message;
        };
    }
}
