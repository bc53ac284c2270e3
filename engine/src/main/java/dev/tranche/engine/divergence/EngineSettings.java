package dev.tranche.engine.divergence;

import dev.tranche.engine.feed.Pace;
import dev.tranche.engine.feed.Recording;
import dev.tranche.engine.feed.VenueSettings;
import dev.tranche.market.Instrument;
import dev.tranche.market.divergence.OrderFlow;
import dev.tranche.runtime.config.Config;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a configuration says about the streams, which is taken at a start and not while running.
///
/// @param bar length of a bar
/// @param ofi where order flow imbalance is read
/// @param silence longest silence of a feed
/// @param queue messages of a stream that may wait
/// @param streams at least one, each of another symbol
public record EngineSettings(
        Duration bar, OrderFlow.Source ofi, Duration silence, int queue, List<StreamSettings> streams) {
    /// One stream.
    ///
    /// @param instrument what it is of
    /// @param origin where it comes from
    public record StreamSettings(Instrument instrument, Origin origin) {}

    /// Where a stream comes from.
    public sealed interface Origin {
        /// A file.
        record Recorded(Path file, Recording.Form form, Pace pace) implements Origin {}

        /// A venue.
        record Live(VenueSettings venue) implements Origin {}
    }

    public EngineSettings {
        streams = List.copyOf(streams);
    }

    /// The settings of a configuration.
    ///
    /// @param folder where relative names start
    /// @param pace what the command line says instead of the rows
    /// @throws IllegalArgumentException with what does not fit together
    public static EngineSettings of(Config config, Path folder, Optional<Pace> pace) {
        if (config.value(EngineKeys.EXECUTION)) {
            throw new IllegalArgumentException("divergence.execution must be false: signals are read-only, nothing here"
                    + " executes them yet, and a switch that does nothing would look as if it did: true");
        }
        List<Config> rows = config.rows(EngineKeys.STREAMS);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("divergence.streams must name at least one stream: []");
        }
        Set<String> symbols = new HashSet<>();
        List<StreamSettings> streams = rows.stream()
                .map(row -> stream(row, folder, pace))
                .peek(stream -> {
                    if (!symbols.add(stream.instrument().symbol())) {
                        throw new IllegalArgumentException("a symbol has one stream: "
                                + stream.instrument().symbol());
                    }
                })
                .toList();
        return new EngineSettings(
                config.value(EngineKeys.BAR),
                OrderFlow.Source.valueOf(config.value(EngineKeys.OFI).toUpperCase(Locale.ROOT)),
                config.value(EngineKeys.SILENCE),
                Math.toIntExact(config.value(EngineKeys.QUEUE)),
                streams);
    }

    /// Whether a configuration's streams make sense.
    static void check(Config config) {
        of(config, Path.of(""), Optional.empty());
    }

    private static StreamSettings stream(Config row, Path folder, Optional<Pace> pace) {
        Instrument instrument = new Instrument(
                row.value(EngineKeys.SYMBOL),
                Math.toIntExact(row.value(EngineKeys.PRICE_DECIMALS)),
                Math.toIntExact(row.value(EngineKeys.QUANTITY_DECIMALS)));
        String file = row.value(EngineKeys.FILE);
        String venue = row.value(EngineKeys.VENUE);
        if (file.isEmpty() == venue.equals("none")) {
            throw new IllegalArgumentException("a stream has either a file or a venue: " + instrument.symbol() + " has "
                    + (file.isEmpty() ? "neither" : "both"));
        }
        if (!file.isEmpty()) {
            Pace played = pace.orElseGet(() -> Pace.parse(row.value(EngineKeys.PACE)));
            return new StreamSettings(
                    instrument,
                    new Origin.Recorded(
                            folder.resolve(file),
                            Recording.Form.valueOf(row.value(EngineKeys.FORM).toUpperCase(Locale.ROOT)),
                            played));
        }
        VenueSettings usual = VenueSettings.of(VenueSettings.Market.parse(venue), instrument.symbol());
        return new StreamSettings(
                instrument,
                new Origin.Live(usual.at(
                        address(row.value(EngineKeys.STREAM_URL), usual.stream(), "ws"),
                        address(row.value(EngineKeys.REST_URL), usual.rest(), "http"))));
    }

    private static URI address(String text, URI usual, String scheme) {
        if (text.isEmpty()) {
            return usual;
        }
        URI address = URI.create(text);
        if (address.getHost() == null
                || !(scheme.equals(address.getScheme()) || (scheme + "s").equals(address.getScheme()))) {
            throw new IllegalArgumentException(
                    "an address begins with " + scheme + ":// or " + scheme + "s://: " + text);
        }
        return address;
    }
}
