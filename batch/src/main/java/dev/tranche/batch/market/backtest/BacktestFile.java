package dev.tranche.batch.market.backtest;

import dev.tranche.batch.file.RefusedException;
import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonException;
import dev.tranche.inference.format.JsonKeys;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.desk.Capital;
import dev.tranche.market.desk.StrategyTerms;
import dev.tranche.market.risk.RiskTerms;
import dev.tranche.market.simulation.BarFills;
import dev.tranche.market.simulation.FeedDelay;
import dev.tranche.market.simulation.Funding;
import dev.tranche.market.simulation.Latency;
import dev.tranche.market.simulation.QueueModel;
import dev.tranche.market.simulation.VenueTerms;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Reads the file of a back-test; what it does not know is refused by its name. Strategies lie beside the file
/// that names them; data lies where the command says, else beside it too.
final class BacktestFile {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(us|ms|s|m|h|d)");

    private final Path folder;
    private final Path data;
    private final MessageDigest digest;

    private BacktestFile(Path folder, Path data, MessageDigest digest) {
        this.folder = folder;
        this.data = data;
        this.digest = digest;
    }

    /// @param data where the files of the recordings are looked for
    /// @throws RefusedException when something is wrong, with its place, value and allowed range
    static BacktestConfig read(Path file, Optional<Path> data) throws IOException {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("."));
        try {
            BacktestFile reader = new BacktestFile(folder, data.orElse(folder), MessageDigest.getInstance("SHA-256"));
            return reader.config(file);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        } catch (JsonException | IllegalArgumentException | JacksonException wrong) {
            throw RefusedException.because(
                    file + ": " + String.valueOf(wrong.getMessage()).strip().replaceAll("\\s*\\n\\s*", " "));
        }
    }

    /// A YAML file as canonical JSON, which is what the digest is over.
    private byte[] json(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw RefusedException.because("there is no file " + file);
        }
        byte[] bytes = JsonMapper.shared()
                .writeValueAsString(new YAMLMapper().readTree(text(file)))
                .getBytes(StandardCharsets.UTF_8);
        byte[] canonical = Json.parse(bytes).canonical().getBytes(StandardCharsets.UTF_8);
        digest.update(canonical);
        return canonical;
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException binary) {
            throw RefusedException.because(file + " is no text in UTF-8");
        }
    }

    private BacktestConfig config(Path file) throws IOException {
        JsonKeys keys = Json.parse(json(file)).asStruct("backtest").keys("backtest");
        Json.Struct venuesNamed = keys.struct("venues");
        List<Contract> contracts = new ArrayList<>();
        List<BacktestConfig.Feed> feeds = new ArrayList<>();
        for (Json each : keys.items("contracts")) {
            JsonKeys contract = each.asStruct("contracts").keys("contracts");
            contracts.add(ContractKeys.read(contract));
            feeds.add(feed(contract));
            contract.done();
        }
        keys.need("strategies");
        List<StrategyTerms> strategies = new ArrayList<>();
        for (String each : keys.texts("strategies")) {
            StrategyTerms read = StrategyTerms.read(json(folder.resolve(each)));
            if (strategies.stream().anyMatch(other -> other.name().equals(read.name()))) {
                throw keys.wrong("strategies", "must be of different names, not twice " + read.name());
            }
            strategies.add(read);
        }
        Contracts all = Contracts.of(contracts);
        JsonKeys venues = venuesNamed.keys("venues");
        List<VenueTerms> terms = new ArrayList<>();
        for (String venue : all.venues()) {
            terms.add(venue(venues.struct(venue).keys("venues." + venue)));
        }
        venues.done();
        Duration timer = within(keys, "timer", "10ms", Duration.ofNanos(1000), Duration.ofDays(1));
        BacktestConfig config = new BacktestConfig(
                keys.text("name"),
                whole(keys, "seed", 1, -(1L << 53), 1L << 53),
                capital(keys),
                timer,
                within(keys, "sample", "1s", Duration.ofMillis(1), Duration.ofDays(1)),
                within(keys, "reading", "1s", Duration.ofMillis(10), Duration.ofHours(1)),
                riskSample(keys, timer),
                new BacktestConfig.Switches(
                        keys.flag("breaker", true), keys.flag("hedge", true), keys.flag("regime", true)),
                all,
                terms,
                feeds,
                strategies,
                keys.has("spread_model") ? Optional.of(folder.resolve(keys.text("spread_model"))) : Optional.empty(),
                HexFormat.of().formatHex(digest.digest()));
        keys.done();
        return config;
    }

    /// A return spans one turn of the timer at least: a desk that is not told the time in between measures none.
    private static Duration riskSample(JsonKeys keys, Duration timer) {
        Duration usual = RiskTerms.USUAL.sample();
        if (!keys.has("risk_sample")) {
            return timer.compareTo(usual) > 0 ? timer : usual;
        }
        Duration sample = duration(keys, "risk_sample", null);
        if (sample.compareTo(timer) < 0 || sample.compareTo(Duration.ofDays(1)) > 0) {
            throw keys.wrong("risk_sample", "must be within the timer and 1d: " + keys.text("risk_sample"));
        }
        return sample;
    }

    /// Dollars as a number, amounts by currency, or a text with them.
    private static Capital capital(JsonKeys keys) {
        return switch (keys.need("capital")) {
            case Json.Struct _ -> Capital.of(keys.table("capital"));
            case Json.Text text -> Capital.parse(text.value());
            case Json.Num _, Json.Null _, Json.Flag _, Json.Items _ -> Capital.dollars(keys.number("capital"));
        };
    }

    private BacktestConfig.Feed feed(JsonKeys contract) throws IOException {
        JsonKeys from = contract.struct("data").keys("data");
        BacktestConfig.Source source;
        if (from.has("events")) {
            source = new BacktestConfig.Source.Events(files(from.texts("events")));
        } else if (from.has("bars")) {
            source = new BacktestConfig.Source.Bars(
                    files(from.texts("bars")),
                    from.has("interval") ? duration(from, "interval", "1m").toMillis() : 0,
                    within(from, "half_spread_bps", 0, 1000),
                    within(from, "shown", 1e-12, 1e12));
        } else if (from.has("chains")) {
            source = new BacktestConfig.Source.Chains(files(from.texts("chains")), within(from, "shown", 1e-12, 1e12));
        } else {
            throw from.wrong("events", "or bars or chains must say where the data is");
        }
        from.done();
        FeedDelay delay = new FeedDelay.Modelled(Latency.NONE);
        if (contract.has("feed")) {
            JsonKeys feed = contract.struct("feed").keys("feed");
            delay = feed.has("recorded")
                    ? new FeedDelay.Recorded(duration(feed, "recorded", "1ms").toNanos())
                    : new FeedDelay.Modelled(latency(feed));
            feed.done();
        }
        return new BacktestConfig.Feed(source, delay, funding(contract));
    }

    /// A folder stands for the tables in it, by name.
    private List<Path> files(List<String> names) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            Path file = data.resolve(name);
            int before = files.size();
            if (Files.isDirectory(file)) {
                try (Stream<Path> inside = Files.list(file)) {
                    inside.filter(each -> each.toString().matches(".*\\.csv(\\.gz)?"))
                            .sorted()
                            .forEach(files::add);
                }
                if (files.size() == before) {
                    throw RefusedException.because("no .csv and no .csv.gz is in the folder " + file);
                }
            } else if (Files.isRegularFile(file)) {
                files.add(file);
            } else if (!Files.isDirectory(data)) {
                throw RefusedException.because("there is no folder " + data + " to look for the recordings in");
            } else {
                throw RefusedException.because(
                        "there is no file " + file + "; --data names the folder of the recordings");
            }
        }
        return files;
    }

    private static Funding funding(JsonKeys contract) {
        if (!contract.has("funding")) {
            return Funding.NONE;
        }
        List<Json> items = contract.items("funding");
        long[] at = new long[items.size()];
        double[] rates = new double[items.size()];
        for (int i = 0; i < at.length; i++) {
            JsonKeys each = items.get(i).asStruct("funding").keys("funding");
            at[i] = Instant.parse(each.text("at")).toEpochMilli() * 1_000_000;
            rates[i] = each.number("rate");
            each.done();
        }
        return Funding.of(at, rates);
    }

    private static VenueTerms venue(JsonKeys keys) {
        VenueTerms terms = new VenueTerms(
                keys.has("entry") ? latency(keys, "entry") : Latency.NONE,
                keys.has("response") ? latency(keys, "response") : Latency.NONE,
                queue(keys),
                keys.flag("crossing", true),
                keys.number("requests_a_second", Double.POSITIVE_INFINITY),
                (int) whole(keys, "burst", 100, 1, 1_000_000),
                keys.number("refused_share", 0),
                new BarFills(
                        keys.number("bar_share", BarFills.TENTH.share()),
                        duration(keys, "bar_grace", "1s").toNanos()));
        keys.done();
        return terms;
    }

    private static QueueModel queue(JsonKeys keys) {
        return switch (keys.word("queue", List.of("fifo", "power", "logarithmic"), "fifo")) {
            case "power" -> new QueueModel.Power(keys.number("exponent"));
            case "logarithmic" -> new QueueModel.Logarithmic();
            default -> new QueueModel.Fifo();
        };
    }

    private static Latency latency(JsonKeys keys, String key) {
        JsonKeys inside = keys.struct(key).keys(key);
        Latency latency = latency(inside);
        inside.done();
        return latency;
    }

    private static Latency latency(JsonKeys keys) {
        if (keys.has("constant")) {
            return new Latency.Constant(duration(keys, "constant", "0ms").toNanos());
        }
        if (keys.has("median")) {
            return new Latency.LogNormal(duration(keys, "median", "1ms").toNanos(), keys.number("sigma"));
        }
        return new Latency.Uniform(
                duration(keys, "least", null).toNanos(),
                duration(keys, "most", null).toNanos());
    }

    private static long whole(JsonKeys keys, String key, long otherwise, long least, long most) {
        double number = keys.number(key, (double) otherwise);
        if (number != Math.rint(number) || number < (double) least || number > (double) most) {
            throw keys.wrong(key, "must be a whole number within " + least + ".." + most + ": " + number);
        }
        return (long) number;
    }

    private static double within(JsonKeys keys, String key, double least, double most) {
        double number = keys.number(key);
        if (!(number >= least && number <= most)) {
            throw keys.wrong(key, "must be within " + least + ".." + most + ": " + number);
        }
        return number;
    }

    private static Duration within(JsonKeys keys, String key, String otherwise, Duration least, Duration most) {
        Duration read = duration(keys, key, otherwise);
        if (read.compareTo(least) < 0 || read.compareTo(most) > 0) {
            throw keys.wrong(
                    key, "must be within " + words(least) + ".." + words(most) + ": " + keys.text(key, otherwise));
        }
        return read;
    }

    /// As it would be written in the file.
    private static String words(Duration length) {
        long nanos = length.toNanos();
        return nanos < 1_000_000
                ? nanos / 1000 + "us"
                : nanos < 1_000_000_000 ? nanos / 1_000_000 + "ms" : length.toHours() + "h";
    }

    private static Duration duration(JsonKeys keys, String key, @org.jspecify.annotations.Nullable String otherwise) {
        String text = otherwise == null ? keys.text(key) : keys.text(key, otherwise);
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw keys.wrong(key, "must be a duration like 500us, 50ms, 2s, 1m, 8h or 1d: \"" + text + "\"");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "us" -> Duration.ofNanos(amount * 1000);
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
