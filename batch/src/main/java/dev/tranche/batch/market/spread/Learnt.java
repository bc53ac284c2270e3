package dev.tranche.batch.market.spread;

import dev.tranche.batch.file.RefusedException;
import dev.tranche.inference.Artifact;
import dev.tranche.market.spread.SpreadSchema;
import dev.tranche.market.spread.SpreadTarget;
import dev.tranche.market.statistics.Pinball;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
    static Learnt read(Path folder) {
        Map<String, byte[]> files = ArtifactFolder.files(folder);
        JsonNode provenance = JsonMapper.shared()
                .readTree(files.getOrDefault("model.yaml", new byte[0]))
                .path("provenance");
        for (String key : NEEDED) {
            if (!provenance.has(key)) {
                throw RefusedException.because("the provenance in " + folder.resolve("model.yaml") + " must say "
                        + NEEDED + ": " + key + " is missing");
            }
        }
        try {
            Artifact artifact = ArtifactFolder.open(folder, files);
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
        } catch (IllegalArgumentException unusable) {
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
