package dev.tranche.batch.market.spread;

import dev.tranche.batch.file.RefusedException;
import dev.tranche.inference.Artifact;
import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.format.Json;
import dev.tranche.market.spread.SpreadSchema;
import dev.tranche.market.spread.SpreadTarget;
import dev.tranche.market.statistics.Pinball;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// A spread model in its folder, with what its provenance says about the learning: without that nothing can
/// be said about what it is worth.
///
/// @param artifact opened as the server opens it
/// @param target learnt
/// @param quantile learnt; NaN: a mean
/// @param horizonMillis that the target looks ahead
/// @param sampleMillis length of a sample
/// @param fromNanos time of the first row learnt from
/// @param toNanos time of the last
/// @param constant the best constant of the rows learnt from
/// @param factor the best multiple of the realised volatility of those rows
record Learnt(
        Artifact artifact,
        SpreadTarget target,
        double quantile,
        int horizonMillis,
        int sampleMillis,
        long fromNanos,
        long toNanos,
        double constant,
        double factor) {
    private static final long NANOS_A_MILLI = 1_000_000;
    private static final List<String> NEEDED = List.of(
            "target",
            "quantile",
            "horizon_millis",
            "sample_millis",
            "trained_from_millis",
            "trained_to_millis",
            "constant",
            "volatility_factor");

    /// @throws RefusedException when the folder is no artifact, no spread model, or says too little
    static Learnt read(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        JsonNode provenance = null;
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = String.valueOf(path.getFileName());
                byte[] bytes = Files.readAllBytes(path);
                if (name.endsWith(".yaml")) {
                    JsonNode yaml = YAMLMapper.shared().readTree(bytes);
                    provenance = name.equals("model.yaml") ? yaml.path("provenance") : provenance;
                    bytes = Json.parse(yaml.toString()).canonical().getBytes(StandardCharsets.UTF_8);
                }
                files.put(name, bytes);
            }
        }
        if (provenance == null) {
            throw RefusedException.because(folder + " has no model.yaml: it is no artifact folder");
        }
        for (String key : NEEDED) {
            if (!provenance.has(key)) {
                throw RefusedException.because("the provenance in " + folder.resolve("model.yaml") + " must say "
                        + NEEDED + ": " + key + " is missing");
            }
        }
        try {
            Artifact artifact = Artifact.open(files);
            int sample = provenance.path("sample_millis").asInt();
            if (SpreadSchema.places(artifact).length == 0 || !SpreadSchema.clocked(artifact, sample)) {
                throw RefusedException.because(folder + ": its features are not of samples of " + sample + " ms");
            }
            SpreadTarget target =
                    SpreadTarget.valueOf(provenance.path("target").asString().toUpperCase(Locale.ROOT));
            return new Learnt(
                    artifact,
                    target,
                    target == SpreadTarget.MOVE ? provenance.path("quantile").asDouble() : Double.NaN,
                    provenance.path("horizon_millis").asInt(),
                    sample,
                    NANOS_A_MILLI * provenance.path("trained_from_millis").asLong(),
                    NANOS_A_MILLI * provenance.path("trained_to_millis").asLong(),
                    provenance.path("constant").asDouble(),
                    provenance.path("volatility_factor").asDouble());
        } catch (ArtifactException | IllegalArgumentException unusable) {
            throw RefusedException.because(folder + ": " + unusable.getMessage());
        }
    }

    /// Time of the last sample that any target learnt from reaches to: what comes after it was never seen.
    long seenNanos() {
        return toNanos + horizonMillis * NANOS_A_MILLI;
    }

    /// How many samples the target looks ahead.
    int horizon() {
        return horizonMillis / sampleMillis;
    }

    /// Of one answer: pinball loss in basis points, or the squared error where a mean was learnt.
    double loss(double target, double answer) {
        return Double.isNaN(quantile) ? (target - answer) * (target - answer) : Pinball.loss(target, answer, quantile);
    }
}
