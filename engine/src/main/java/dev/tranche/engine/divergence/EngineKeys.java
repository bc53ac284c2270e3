package dev.tranche.engine.divergence;

import dev.tranche.market.divergence.Parameter;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.runtime.config.ConfigSchema;
import dev.tranche.runtime.config.Key;
import dev.tranche.runtime.config.Table;
import dev.tranche.runtime.log.LogSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The keys of `engine.yaml`.
public final class EngineKeys {
    /// Which product's route is followed.
    public static final Key<String> PRODUCT =
            Key.text("divergence.product", "divergence", "product whose route is followed");
    /// A calibration on the disk.
    public static final Key<String> CALIBRATION = Key.text(
            "divergence.calibration",
            "",
            "calibration folder to use when no server is followed; without either, signals carry no forecasts");
    /// Address to listen on.
    public static final Key<String> HOST = Key.text("divergence.host", "127.0.0.1", "address to listen on");
    /// Port to listen on.
    public static final Key<Long> PORT =
            Key.whole("divergence.port", 0, 65_535, 8090, "port to listen on, 0 picks a free one");
    /// Folder of the record log.
    public static final Key<String> DATA = Key.text(
            "divergence.data", "divergence-data", "folder of the record log and of what was loaded from a server");
    /// Durability of the record log.
    public static final Key<String> DURABILITY = Key.choice(
            "divergence.log.durability",
            List.of("async", "written", "synced"),
            "written",
            "what is promised about a signal before it is told");
    /// Segment size of the record log.
    public static final Key<Long> SEGMENT = Key.bytes(
            "divergence.log.segment",
            LogSettings.MIN_SEGMENT,
            LogSettings.MAX_SEGMENT,
            4L << 20,
            "size of a segment file of the record log, a multiple of 4096");
    /// Largest record log.
    public static final Key<Long> MAX_BYTES = Key.bytes(
            "divergence.log.max_bytes", 1L << 20, 1L << 50, 1L << 30, "beyond this the oldest records are dropped");
    /// Signals kept in memory.
    public static final Key<Long> KEPT =
            Key.whole("divergence.kept", 1, 1_000_000, 10_000, "signals kept in memory for listeners that come back");
    /// Longest queue.
    public static final Key<Long> QUEUE = Key.whole(
            "divergence.queue",
            16,
            1_000_000,
            16_384,
            "messages of a stream that may wait; beyond them a venue's are dropped and its book starts over");
    /// Length of a bar.
    public static final Key<Duration> BAR = Key.duration(
            "divergence.bar",
            Duration.ofMillis(100),
            Duration.ofDays(1),
            Duration.ofMinutes(5),
            "length of a bar; must be that of the calibration");
    /// Where order flow imbalance is read.
    public static final Key<String> OFI = Key.choice(
            "divergence.ofi",
            List.of("book", "top"),
            "book",
            "where order flow imbalance is read: five weighted levels of the book, or the best quotes alone");
    /// Longest silence.
    public static final Key<Duration> SILENCE = Key.duration(
            "divergence.silence",
            Duration.ofMillis(10),
            Duration.ofDays(1),
            Duration.ofMinutes(1),
            "a feed that says nothing for longer is a fault, and a stream without one is down");
    /// The switch of execution.
    public static final Key<Boolean> EXECUTION = Key.flag(
            "divergence.execution", false, "execution of signals; nothing here executes yet, so `true` is refused");
    /// The server to follow.
    public static final Key<String> SERVER = Key.text(
            "divergence.server", "", "URL of the server whose route is followed and that is told measurements");
    /// The token's file.
    public static final Key<String> TOKEN_FILE =
            Key.text("divergence.token_file", "", "file with the token for that server, roles view and measure");

    /// Who may listen.
    public static final Key<String> ACCESS_FILE = Key.text(
            "divergence.access_file",
            "",
            "file with the token that `/signals` and `/status` ask for; needed beyond the loopback interface");

    /// Symbol of a stream, or of an override.
    public static final Key<String> SYMBOL = Key.text("symbol", "", "as the venue writes it, upper case");
    /// Decimals of prices.
    public static final Key<Long> PRICE_DECIMALS =
            Key.whole("price_decimals", 0, 10, 2, "decimals of a price on the wire");
    /// Decimals of quantities.
    public static final Key<Long> QUANTITY_DECIMALS =
            Key.whole("quantity_decimals", 0, 10, 8, "decimals of a quantity on the wire");
    /// A recorded stream.
    public static final Key<String> FILE = Key.text("file", "", "recorded stream, compressed by gzip or not");
    /// What its lines are.
    public static final Key<String> FORM = Key.choice(
            "form", List.of("binance", "csv"), "binance", "lines of the file: captured messages, or a table of trades");
    /// How fast it is played.
    public static final Key<String> PACE =
            Key.text("pace", "real", "how fast the file is played: real, fast, or a factor such as 20x");
    /// A venue.
    public static final Key<String> VENUE = Key.choice(
            "venue",
            List.of("none", "spot", "usdm", "coinm"),
            "none",
            "market of Binance to connect to instead of reading a file");
    /// Another address of the venue's WebSockets.
    public static final Key<String> STREAM_URL =
            Key.text("stream_url", "", "another address of the venue's WebSockets");
    /// Another address of the venue's snapshots.
    public static final Key<String> REST_URL = Key.text("rest_url", "", "another address of the venue's snapshots");
    /// Session of an override.
    public static final Key<String> SESSION =
            Key.choice("session", List.of("any", "day", "night"), "any", "09:00 to 17:00 UTC, or the rest");
    /// Liquidity of an override.
    public static final Key<String> LIQUIDITY =
            Key.choice("liquidity", List.of("any", "active", "quiet"), "any", "against the past of the market itself");
    /// Source of an override.
    public static final Key<String> SOURCE =
            Key.choice("source", List.of("any", "ofi", "cvd", "fusion"), "any", "line the price is compared with");

    private static final Map<Parameter, Key<Double>> EVERYWHERE = parameters("divergence.parameters.");
    private static final Map<Parameter, Key<Double>> HERE = parameters("");

    /// The streams that are worked on.
    public static final Table STREAMS = Table.of(
            "divergence.streams",
            "what is read",
            List.of(SYMBOL, PRICE_DECIMALS, QUANTITY_DECIMALS, FILE, FORM, PACE, VENUE, STREAM_URL, REST_URL));
    /// Parameters by context.
    public static final Table OVERRIDES = Table.of("divergence.overrides", "parameters by context", overrides());

    /// All of them, with the laws that hold between them.
    public static final ConfigSchema SCHEMA = ConfigSchema.of(keys())
            .with(STREAMS)
            .with(OVERRIDES)
            .require(EngineSettings::check)
            .require(Tuning::of);

    private EngineKeys() {}

    private static Map<Parameter, Key<Double>> parameters(String prefix) {
        Map<Parameter, Key<Double>> keys = new EnumMap<>(Parameter.class);
        for (Parameter parameter : Parameter.values()) {
            keys.put(
                    parameter,
                    Key.number(
                            prefix + parameter.text(),
                            parameter.least(),
                            parameter.most(),
                            Parameters.SEED.value(parameter),
                            "this instead of the calibration's; the default counts without a calibration alone"));
        }
        return keys;
    }

    private static List<Key<?>> keys() {
        List<Key<?>> keys = new ArrayList<>(Arrays.asList(
                PRODUCT,
                CALIBRATION,
                HOST,
                PORT,
                DATA,
                DURABILITY,
                SEGMENT,
                MAX_BYTES,
                KEPT,
                QUEUE,
                BAR,
                OFI,
                SILENCE,
                EXECUTION,
                SERVER,
                TOKEN_FILE,
                ACCESS_FILE));
        keys.addAll(EVERYWHERE.values());
        return keys;
    }

    private static List<Key<?>> overrides() {
        List<Key<?>> keys = new ArrayList<>(List.of(SYMBOL, SESSION, LIQUIDITY, SOURCE));
        keys.addAll(HERE.values());
        return keys;
    }

    /// The key that sets a parameter in every context.
    static Key<Double> everywhere(Parameter parameter) {
        return Objects.requireNonNull(EVERYWHERE.get(parameter));
    }

    /// The key that sets a parameter in a row of overrides.
    static Key<Double> here(Parameter parameter) {
        return Objects.requireNonNull(HERE.get(parameter));
    }
}
