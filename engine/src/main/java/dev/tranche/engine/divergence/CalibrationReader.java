package dev.tranche.engine.divergence;

import dev.tranche.engine.signal.Forecast;
import dev.tranche.market.divergence.Adjustment;
import dev.tranche.market.divergence.Liquidity;
import dev.tranche.market.divergence.ParameterBook;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.divergence.Session;
import dev.tranche.market.divergence.Source;
import dev.tranche.market.study.Fitness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Reads `calibration.yaml` as `tranche divergence calibrate` writes it, or the canonical JSON of it that
/// a server keeps. Whatever is missing or makes no sense is an `IllegalArgumentException` that says
/// where.
public final class CalibrationReader {
    /// The file's name in a calibration folder, and on a server.
    public static final String FILE = "calibration.yaml";

    private static final ObjectMapper YAML = YAMLMapper.builder().build();

    private CalibrationReader() {}

    /// The calibration of a folder.
    ///
    /// @throws IOException when the file is not there or cannot be read
    public static CalibrationVersion folder(Path folder) throws IOException {
        return read(Files.readAllBytes(folder.resolve(FILE)));
    }

    /// The calibration of a file's bytes.
    public static CalibrationVersion read(byte[] bytes) {
        JsonNode root;
        try {
            root = YAML.readTree(bytes);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(FILE + " is not YAML: " + e.getOriginalMessage(), e);
        }
        JsonNode tree = root.path("calibration");
        if (!tree.isObject()) {
            throw new IllegalArgumentException(FILE + " must begin with calibration: " + root.getNodeType());
        }
        try {
            return version(tree, HexFormat.of().formatHex(sha256(bytes)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(FILE + " has a bad time: " + e.getMessage(), e);
        }
    }

    private static CalibrationVersion version(JsonNode tree, String digest) {
        Parameters parameters = Parameters.SEED.with(numbers(need(tree, "parameters")));
        List<Adjustment> contexts = new ArrayList<>();
        for (JsonNode context : tree.path("contexts")) {
            contexts.add(adjustment(context));
        }
        Set<String> symbols = new HashSet<>();
        need(tree, "symbols").forEach(symbol -> symbols.add(symbol.asString()));
        Fitness.Terms terms = new Fitness.Terms(
                text(tree, "detector"),
                parameters,
                symbols,
                Instant.parse(text(tree, "made")),
                duration(text(tree, "valid")));
        String source = tree.path("source").asString("");
        return new CalibrationVersion(
                text(tree, "name"),
                digest,
                ParameterBook.of(parameters, contexts),
                Optional.of(terms),
                source.isEmpty() ? Optional.empty() : Optional.of(Source.parse(source)),
                tree.path("interval").isMissingNode()
                        ? Optional.empty()
                        : Optional.of(duration(text(tree, "interval"))),
                horizons(need(tree, "horizons")),
                accepted(need(tree, "acceptance")));
    }

    private static CalibrationVersion.Accepted accepted(JsonNode acceptance) {
        List<String> missed = new ArrayList<>();
        for (JsonNode point : acceptance.path("points")) {
            if (!point.path("met").asBoolean(false)) {
                missed.add(point.path("name").asString("") + " must be "
                        + point.path("required").asString("") + ": "
                        + point.path("found").asString(""));
            }
        }
        boolean met = need(acceptance, "met").asBoolean(false);
        return new CalibrationVersion.Accepted(met, met ? "all points are met" : String.join("; ", missed));
    }

    private static List<CalibrationVersion.Horizon> horizons(JsonNode tree) {
        List<CalibrationVersion.Horizon> horizons = new ArrayList<>();
        tree.propertyStream().forEach(each -> {
            if (!each.getKey().matches("[1-9][0-9]{0,5}")) {
                throw new IllegalArgumentException("a horizon is a number of bars: " + each.getKey());
            }
            int bars = Integer.parseInt(each.getKey());
            List<CalibrationVersion.Range> ranges = new ArrayList<>();
            for (JsonNode range : each.getValue()) {
                if (!range.path("score_min").isMissingNode()) {
                    ranges.add(range(bars, range));
                }
            }
            ranges.sort(Comparator.comparingDouble(CalibrationVersion.Range::min));
            horizons.add(new CalibrationVersion.Horizon(bars, ranges));
        });
        horizons.sort(Comparator.comparingInt(CalibrationVersion.Horizon::bars));
        return horizons;
    }

    private static CalibrationVersion.Range range(int bars, JsonNode tree) {
        Forecast forecast = new Forecast(
                bars,
                share(tree, "win_rate"),
                share(tree, "win_rate_low"),
                share(tree, "win_rate_high"),
                number(tree, "expected_return"),
                (long) number(tree, "n"));
        return new CalibrationVersion.Range(number(tree, "score_min"), number(tree, "score_max"), forecast);
    }

    private static Adjustment adjustment(JsonNode context) {
        Map<String, Double> values = new LinkedHashMap<>();
        JsonNode own = context.path("parameters");
        (own.isObject() ? own : context).propertyStream().forEach(each -> {
            if (each.getValue().isNumber()) {
                values.put(each.getKey(), each.getValue().asDouble());
            }
        });
        return new Adjustment(
                wanted(context, "symbol", Function.identity()),
                wanted(context, "session", word -> Session.valueOf(word.toUpperCase(Locale.ROOT))),
                wanted(context, "liquidity", word -> Liquidity.valueOf(word.toUpperCase(Locale.ROOT))),
                wanted(context, "source", word -> Source.parse(word.toUpperCase(Locale.ROOT))),
                values);
    }

    private static <T> Optional<T> wanted(JsonNode tree, String name, Function<String, T> parse) {
        String word = tree.path(name).asString("");
        return word.isEmpty() || word.equals("any") ? Optional.empty() : Optional.of(parse.apply(word));
    }

    private static Map<String, Double> numbers(JsonNode tree) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        tree.propertyStream().forEach(each -> numbers.put(each.getKey(), number(tree, each.getKey())));
        return numbers;
    }

    private static JsonNode need(JsonNode tree, String name) {
        JsonNode found = tree.path(name);
        if (found.isMissingNode() || found.isNull()) {
            throw new IllegalArgumentException(FILE + " must say " + name);
        }
        return found;
    }

    private static String text(JsonNode tree, String name) {
        return need(tree, name).asString("");
    }

    private static double number(JsonNode tree, String name) {
        JsonNode found = need(tree, name);
        if (!found.isNumber() || !Double.isFinite(found.asDouble())) {
            throw new IllegalArgumentException(name + " must be a finite number: " + found);
        }
        return found.asDouble();
    }

    private static double share(JsonNode tree, String name) {
        double share = number(tree, name);
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " must be within 0..1: " + share);
        }
        return share;
    }

    /// `90d`, `5m`, or as ISO 8601 writes it.
    private static Duration duration(String text) {
        if (!text.matches("[1-9][0-9]{0,9}(ms|s|m|h|d)")) {
            return Duration.parse(text);
        }
        long count = Long.parseLong(text.replaceAll("[a-z]", ""));
        return switch (text.replaceAll("[0-9]", "")) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
