package dev.tranche.engine.feed;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/// How a venue that speaks Binance's public market data protocol is reached for one symbol.
///
/// @param market which of its markets: they differ in addresses and in the path of snapshots
/// @param stream where WebSockets are opened, such as `wss://fstream.binance.com`
/// @param rest where snapshots are asked for, such as `https://fapi.binance.com`
/// @param symbol as the venue writes it, such as `BTCUSDT`
/// @param levels levels a side of a snapshot
/// @param silence a connection that brings nothing for so long is given up
/// @param lifetime a connection is replaced after so long; the venue itself ends it after 24 h
/// @param patience limit for connecting and for a snapshot
/// @param firstWait the first wait before connecting again; doubles up to `longestWait`
/// @param longestWait the longest wait before connecting again
public record VenueSettings(
        Market market,
        URI stream,
        URI rest,
        String symbol,
        int levels,
        Duration silence,
        Duration lifetime,
        Duration patience,
        Duration firstWait,
        Duration longestWait) {

    /// A market of the venue.
    public enum Market {
        SPOT("wss://stream.binance.com:9443", "https://api.binance.com", "/api/v3/depth"),
        USDM("wss://fstream.binance.com", "https://fapi.binance.com", "/fapi/v1/depth"),
        COINM("wss://dstream.binance.com", "https://dapi.binance.com", "/dapi/v1/depth");

        private final String stream;
        private final String rest;
        private final String depth;

        Market(String stream, String rest, String depth) {
            this.stream = stream;
            this.rest = rest;
            this.depth = depth;
        }

        /// Reads `spot`, `usdm` or `coinm`.
        public static Market parse(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /// The addresses and times that hold for `symbol` unless something else is said.
    public static VenueSettings of(Market market, String symbol) {
        return new VenueSettings(
                market,
                URI.create(market.stream),
                URI.create(market.rest),
                symbol,
                1000,
                Duration.ofSeconds(10),
                Duration.ofHours(23).plusMinutes(50),
                Duration.ofSeconds(10),
                Duration.ofMillis(250),
                Duration.ofSeconds(30));
    }

    /// The same at other addresses.
    public VenueSettings at(URI otherStream, URI otherRest) {
        return new VenueSettings(
                market, otherStream, otherRest, symbol, levels, silence, lifetime, patience, firstWait, longestWait);
    }

    /// The same with other times.
    public VenueSettings timed(Duration otherSilence, Duration otherLifetime, Duration wait, Duration most) {
        return new VenueSettings(
                market, stream, rest, symbol, levels, otherSilence, otherLifetime, patience, wait, most);
    }

    /// The combined stream of depth updates, best quotes and trades.
    URI combined() {
        String name = symbol.toLowerCase(Locale.ROOT);
        return stream.resolve("/stream?streams=" + name + "@depth@100ms/" + name + "@bookTicker/" + name + "@trade");
    }

    /// The snapshot of the book.
    URI snapshot() {
        return rest.resolve(market.depth + "?symbol=" + symbol + "&limit=" + levels);
    }
}
