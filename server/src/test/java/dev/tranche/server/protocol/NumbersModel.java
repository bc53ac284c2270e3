package dev.tranche.server.protocol;

import dev.tranche.inference.Artifact;
import dev.tranche.release.Digest;
import dev.tranche.release.VersionName;
import dev.tranche.server.Core;
import dev.tranche.server.Examples;
import dev.tranche.server.serving.LoadedVersion;
import dev.tranche.server.serving.Route;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A model of two numbers without a policy: z = 0.5 debt - 0.25 income - 1, a missing number counts 0.
final class NumbersModel {
    static final String PRODUCT = "risk";
    static final VersionName LIVE = VersionName.parse("risk_lr_v1.0");
    static final VersionName OTHER = VersionName.parse("risk_lr_v2.0");
    private static final Map<String, byte[]> FILES = Map.of(
            "model.yaml",
            text("{\"file\":\"logistic.json\",\"format\":\"logistic\",\"label\":{\"definition\":\"d\",\"name\":\"bad\","
                    + "\"positive\":\"bad\"},\"name\":\"risk_lr_v1.0\",\"output\":\"probability\"}"),
            "features.json",
            text("{\"features\":[\"debt\",\"income\"]}"),
            "logistic.json",
            text("{\"intercept\":-1,\"terms\":[{\"input\":\"debt\",\"coefficient\":0.5,\"missing\":0},"
                    + "{\"input\":\"income\",\"coefficient\":-0.25,\"missing\":0}]}"),
            "samples.jsonl",
            text("{\"input\":{\"debt\":2,\"income\":4},\"transformed\":[2,4],\"margin\":[-1],"
                    + "\"output\":[0.2689414213699951]}\n"));
    static final Digest DIGEST = new Digest(Artifact.digest(FILES));

    private NumbersModel() {}

    private static byte[] text(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /// Puts it in force beside the example.
    static void live(Core core, Examples examples) {
        core.artifacts()
                .source(digest -> digest.equals(DIGEST)
                        ? Optional.of(FILES)
                        : Optional.ofNullable(examples.folders().get(digest)));
        try (LoadedVersion version = core.artifacts().load(LIVE, DIGEST)) {
            core.routes().swap(Route.of(PRODUCT, 1, version, null, null, null, List.of()));
        }
    }

    static double z(double debt, double income) {
        return 0.5 * debt - 0.25 * income - 1;
    }
}
