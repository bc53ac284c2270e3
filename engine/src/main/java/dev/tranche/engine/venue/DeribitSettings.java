package dev.tranche.engine.venue;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// How Deribit is reached: JSON-RPC 2.0 over WebSocket, API v2.
///
/// @param socket such as `wss://www.deribit.com/ws/api/v2`
/// @param interval of book and trade notifications: `100ms`, or `raw`, which needs credentials
/// @param heartbeat after how much silence the venue asks whether we are there; at least 10 s there
/// @param prefix what our order ids are sent with as labels; at most 20 letters and digits
/// @param protection for market makers; without it quotes are not flagged
public record DeribitSettings(
        URI socket,
        String interval,
        Duration heartbeat,
        String prefix,
        Optional<MarketMakerProtection> protection,
        LinkSettings link) {
    /// The venue itself.
    public static final URI LIVE = URI.create("wss://www.deribit.com/ws/api/v2");

    /// The venue's test net, with accounts and keys of its own.
    public static final URI TEST = URI.create("wss://test.deribit.com/ws/api/v2");

    public DeribitSettings {
        if (!interval.matches("raw|100ms|agg2")) {
            throw new IllegalArgumentException("interval must be raw, 100ms or agg2: " + interval);
        }
        if (!prefix.matches("[a-zA-Z0-9]{1,20}") || Character.isDigit(prefix.charAt(prefix.length() - 1))) {
            throw new IllegalArgumentException(
                    "prefix must be 1..20 letters and digits and end with a letter: " + prefix);
        }
    }

    /// What holds unless something else is said.
    public static DeribitSettings at(URI socket) {
        return new DeribitSettings(socket, "100ms", Duration.ofSeconds(10), "t", Optional.empty(), LinkSettings.USUAL);
    }

    /// The same with a protection.
    public DeribitSettings protectedBy(MarketMakerProtection terms) {
        return new DeribitSettings(socket, interval, heartbeat, prefix, Optional.of(terms), link);
    }

    /// The same with other waits.
    public DeribitSettings timed(LinkSettings other) {
        return new DeribitSettings(socket, interval, heartbeat, prefix, protection, other);
    }
}
