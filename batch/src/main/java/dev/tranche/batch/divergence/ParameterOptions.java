package dev.tranche.batch.divergence;

import dev.tranche.market.divergence.Parameter;
import dev.tranche.market.divergence.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The options that say what the detector goes by: the seed's values, then a file, then the flags.
final class ParameterOptions {
    @Option(
            names = "--parameters",
            paramLabel = "FILE",
            description = "YAML or JSON with `parameters:` by name, such as a calibration.yaml or what tune wrote; how"
                    + " many trials they were chosen from comes along.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--swing-L", paramLabel = "N", description = "Half-width of a pivot in bars.")
    private Optional<Double> swingL = Optional.empty();

    @Option(names = "--z-hi", paramLabel = "Z", description = "Where a part of the score is full.")
    private Optional<Double> zHi = Optional.empty();

    @Option(names = "--z-mid", paramLabel = "Z", description = "Least flow that diverges.")
    private Optional<Double> zMid = Optional.empty();

    @Option(names = "--min-separation", paramLabel = "N", description = "Least bars between the pivots of a pair.")
    private Optional<Double> minSeparation = Optional.empty();

    @Option(names = "--cooldown", paramLabel = "SECONDS", description = "How long a source stays silent.")
    private Optional<Double> cooldown = Optional.empty();

    @Option(names = "--warmup", paramLabel = "N", description = "Bars after a start or a gap that do not count.")
    private Optional<Double> warmup = Optional.empty();

    @Option(names = "--max-lag", paramLabel = "N", description = "Most bars between a pivot and the line's beside it.")
    private Optional<Double> maxLag = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            split = ",",
            description = "Any parameter by its name, such as weak_threshold=40.")
    private Map<String, Double> set = new LinkedHashMap<>();

    private ParameterOptions() {}

    /// Parameters and how many combinations they were chosen from.
    record Chosen(Parameters parameters, long trials) {}

    Chosen chosen(CommandLine command) throws IOException {
        Map<String, Double> changes = new LinkedHashMap<>();
        long trials = 1;
        if (file.isPresent()) {
            JsonNode found = read(file.get(), command);
            trials = Math.max(1, found.path("trials").asLong(1));
            for (Map.Entry<String, JsonNode> each : found.path("parameters").properties()) {
                changes.put(each.getKey(), each.getValue().asDouble(Double.NaN));
            }
        }
        flag(changes, Parameter.SWING_L, swingL);
        flag(changes, Parameter.Z_HI, zHi);
        flag(changes, Parameter.Z_MID, zMid);
        flag(changes, Parameter.MIN_SEPARATION, minSeparation);
        flag(changes, Parameter.COOLDOWN, cooldown);
        flag(changes, Parameter.WARMUP, warmup);
        flag(changes, Parameter.MAX_LAG, maxLag);
        changes.putAll(set);
        try {
            return new Chosen(Parameters.SEED.with(changes), trials);
        } catch (IllegalArgumentException unusable) {
            throw new ParameterException(command, String.valueOf(unusable.getMessage()), unusable);
        }
    }

    private static void flag(Map<String, Double> changes, Parameter parameter, Optional<Double> value) {
        value.ifPresent(given -> changes.put(parameter.text(), given));
    }

    private static JsonNode read(Path file, CommandLine command) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ParameterException(command, "--parameters: there is no file " + file);
        }
        try {
            JsonNode root = new YAMLMapper().readTree(Files.readString(file));
            JsonNode found = root.has("calibration") ? root.path("calibration") : root;
            if (!found.path("parameters").isObject()) {
                throw new ParameterException(command, "--parameters: " + file + " holds no mapping `parameters`");
            }
            return found;
        } catch (JacksonException malformed) {
            throw new ParameterException(
                    command, "--parameters: " + file + ": " + malformed.getOriginalMessage(), malformed);
        }
    }
}
