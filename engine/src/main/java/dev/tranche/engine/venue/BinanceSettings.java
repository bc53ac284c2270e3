package dev.tranche.engine.venue;

import java.net.URI;
import java.time.Duration;

/// How Binance's USD-M futures are reached.
///
/// @param api of orders: a WebSocket such as `wss://ws-fapi.binance.com/ws-fapi/v1`
/// @param stream of market data and of our own orders, such as `wss://fstream.binance.com`
/// @param rest such as `https://fapi.binance.com`
/// @param countdown the venue cancels our orders so long after it last heard from us, 1 s..120 s; said to it
///     again every third of it
/// @param levels a side of a whole book: 5, 10, 20, 50, 100, 500 or 1000
/// @param window after how many milliseconds a request is too old for the venue, 1..60000
/// @param prefix what our order ids are sent with; at most 15 letters and digits
public record BinanceSettings(
        URI api, URI stream, URI rest, Duration countdown, int levels, int window, String prefix, LinkSettings link) {
    private static final int LONGEST_WINDOW = 60_000;

    public BinanceSettings {
        if (countdown.compareTo(Duration.ofSeconds(1)) < 0 || countdown.compareTo(Duration.ofMinutes(2)) > 0) {
            throw new IllegalArgumentException("countdown must be within PT1S..PT2M: " + countdown);
        }
        if (window < 1 || window > LONGEST_WINDOW) {
            throw new IllegalArgumentException("window must be within 1..60000 ms: " + window);
        }
        if (!prefix.matches("[a-zA-Z0-9]{1,15}") || Character.isDigit(prefix.charAt(prefix.length() - 1))) {
            throw new IllegalArgumentException(
                    "prefix must be 1..15 letters and digits and end with a letter: " + prefix);
        }
    }

    /// The venue itself.
    public static BinanceSettings live() {
        return at(
                URI.create("wss://ws-fapi.binance.com/ws-fapi/v1"),
                URI.create("wss://fstream.binance.com"),
                URI.create("https://fapi.binance.com"));
    }

    /// The venue's test net, with accounts and keys of its own.
    public static BinanceSettings test() {
        return at(
                URI.create("wss://testnet.binancefuture.com/ws-fapi/v1"),
                URI.create("wss://stream.binancefuture.com"),
                URI.create("https://testnet.binancefuture.com"));
    }

    /// What holds unless something else is said, at these addresses.
    public static BinanceSettings at(URI api, URI stream, URI rest) {
        return new BinanceSettings(api, stream, rest, Duration.ofSeconds(10), 1000, 5000, "t", LinkSettings.USUAL);
    }

    /// The same with other waits.
    public BinanceSettings timed(LinkSettings other, Duration otherCountdown) {
        return new BinanceSettings(api, stream, rest, otherCountdown, levels, window, prefix, other);
    }
}
