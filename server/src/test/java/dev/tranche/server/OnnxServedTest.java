package dev.tranche.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.inference.Artifact;
import dev.tranche.release.Digest;
import dev.tranche.release.VersionName;
import dev.tranche.server.artifact.Zips;
import dev.tranche.server.serving.Artifacts;
import dev.tranche.server.serving.LoadedVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// ONNX models at the real door: registered, made live, asked, replayed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OnnxServedTest {
    private static final Path VECTORS =
            Path.of(System.getProperty("tranche.root", ".."), "inference-onnx/src/test/resources/vectors");

    @TempDir
    static Path data;

    private Lab lab;

    @BeforeAll
    void start() throws InterruptedException {
        lab = Lab.start(data);
    }

    @AfterAll
    void stop() {
        lab.close();
    }

    private static byte[] vector(String file) {
        try {
            return Files.readAllBytes(VECTORS.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> folder(String name, String model, String samples) {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("model.onnx", vector(model));
        files.put("features.json", Zips.utf8("{\"features\": [\"a\", \"b\", \"c\", \"d\"]}"));
        files.put("model.yaml", Zips.utf8("""
                {"name": "%s", "format": "onnx", "file": "model.onnx", "output": "probability", "label":
                  {"name": "bad", "definition": "90 days past due within 12 months", "positive": "bad"}}
                """.formatted(name)));
        files.put("samples.jsonl", Zips.utf8(samples));
        return files;
    }

    private static String features(JsonNode row) {
        return "{\"a\": %s, \"b\": %s, \"c\": %s, \"d\": %s}".formatted(row.get(0), row.get(1), row.get(2), row.get(3));
    }

    /// What scikit-learn answered, as golden rows without margins.
    private static String samples(JsonNode known, int column) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < known.path("rows").size(); i++) {
            lines.append("{\"input\": ")
                    .append(features(known.path("rows").get(i)))
                    .append(", \"output\": [")
                    .append(known.path("probabilities").get(i).get(column))
                    .append("]}\n");
        }
        return lines.toString();
    }

    /// Asks until the route is there: it loads and warms its model after the rollout has decided.
    private JsonNode predict(String product, JsonNode row) throws InterruptedException {
        String question = "{\"model_id\": \"" + product + "\", \"features\": " + features(row) + "}";
        return Lab.await(
                "an answer of " + product,
                Duration.ofSeconds(60),
                () -> lab.post("/predict", question).json(),
                answer -> answer.has("prediction"));
    }

    private void live(String product, String candidate) throws InterruptedException {
        Lab.Said started = lab.post(
                "/api/v1/rollouts",
                "rollout: {product: " + product + ", strategy: first, candidate: " + candidate + "}");
        Lab.expect(201, started);
        lab.rollout(
                started.json().path("id").stringValue(),
                rollout -> rollout.path("state").asString("").equals("COMPLETED"));
    }

    private void everyDecisionReplaysExactly(String product) {
        JsonNode decisions =
                lab.get("/api/v1/decisions?limit=5&product=" + product).json();
        JsonNode list = decisions.isArray() ? decisions : decisions.path("decisions");
        assertThat(list.size()).isPositive();
        for (JsonNode decision : list) {
            String id =
                    decision.path("id").asString(decision.path("decision_id").asString(""));
            assertThat(lab.post("/api/v1/decisions/" + id + "/replay", "{}").text())
                    .contains("EXACT");
        }
    }

    @Test
    void aNetIsAnsweredByOnnxRuntime() throws InterruptedException {
        JsonNode known = Lab.JSON.readTree(vector("net.json"));
        Lab.Said registered = lab.register(folder("nets_nn_v1.0", "net.onnx", samples(known, 0)));
        Lab.expect(201, registered);
        assertThat(registered.text()).contains("40 rows reproduce, margins within 1.0E-5");
        live("nets", "nets_nn_v1.0");
        for (int i = 0; i < 5; i++) {
            double score = predict("nets", known.path("rows").get(i))
                    .path("prediction")
                    .asDouble();
            assertThat(score)
                    .isCloseTo(known.path("probabilities").get(i).get(0).asDouble(), offset());
        }
        everyDecisionReplaysExactly("nets");
    }

    @Test
    void treesAreAnsweredByOurOwnEngine() {
        JsonNode known = Lab.JSON.readTree(vector("forest.json"));
        Lab.Said registered = lab.register(folder("woods_rf_v1.0", "forest.onnx", ""));
        Lab.expect(201, registered);
        assertThat(registered.text()).contains("REGISTERED").doesNotContain("onnx with 0 trees");
        assertThat(known.path("tool").asString()).startsWith("scikit-learn");
    }

    @Test
    void aSlowNetIsKeptFromTheEventLoopAndClosedByItsLastUse() {
        double z = Math.pow(0.375 * 0.0025, 4) * Math.pow(400, 3);
        double known = 1 / (1 + Math.exp(-z));
        String samples = "{\"input\": {\"a\": 0.5, \"b\": -1, \"c\": 2, \"d\": 0}, \"output\": [" + known + "]}\n";
        Map<String, byte[]> files = folder("slow_nn_v1.0", "slow.onnx", samples);
        Artifacts artifacts = Artifacts.of(digest -> Optional.of(files));
        Digest digest = Digest.parse(Artifact.digest(files));
        try (LoadedVersion version = artifacts.load(VersionName.parse("slow_nn_v1.0"), digest)) {
            assertThat(version.costNanos()).isGreaterThan(LoadedVersion.INLINE_LIMIT_NANOS);
            assertThat(version.inline()).isFalse();
        }
        assertThat(artifacts.census().closed()).isEqualTo(1);
    }

    @Test
    void aBrokenGraphIsRefusedWithItsReason() {
        Map<String, byte[]> files = folder("nets_nn_v3.0", "net.onnx", "");
        files.put("model.onnx", java.util.Arrays.copyOf(vector("net.onnx"), 100));
        Lab.Said refused = lab.register(files);
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("model_invalid");
    }

    private static org.assertj.core.data.Offset<Double> offset() {
        return org.assertj.core.data.Offset.offset(1e-5);
    }
}
