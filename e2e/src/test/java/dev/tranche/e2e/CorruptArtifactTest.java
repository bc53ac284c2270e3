package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Bytes of registered artifacts change behind the server's back.
class CorruptArtifactTest {
    private static final String LIVE = "consumer_apply_scorecard_v1.0";
    private static final String CANDIDATE = "consumer_apply_xgb_v1.0";

    @Test
    @Promise("000 §7.2 the checklist verifies the version's bytes, so a corrupted one never goes live")
    void aCorruptedVersionIsRefusedAndTheLastGoodOneStaysLive(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        Product first = Product.startWithScorecard(data);
        first.must("register", Product.CREDIT.resolve(CANDIDATE).toString());
        String digest =
                first.read("/api/v1/versions/" + CANDIDATE).path("digest").asString();
        String other = Rollouts.register(first, folder, "consumer_apply_lgbm_v1.0", "consumer_apply_lgbm_v1.1");
        String rollout = Rollouts.start(first, Rollouts.plan(other, "50%", "health_failures >= 3"));
        spoil(data, "model.ubj");
        spoil(data, "model.txt");
        first.kill();

        try (Product second = Product.start(data)) {
            try (Load load = Load.on(second, 100, 4)) {
                load.awaitMore(50, "by the live version", reply -> reply.model().equals(LIVE));
                Rollouts.awaitState(second, rollout, "ROLLED_BACK");
                assertThat(Rollouts.told(second, rollout, "guard-broken")).contains("health_failures >= 3");
                assertThat(start(second)).contains("do not have their digest").contains(CANDIDATE);
                load.awaitMore(50, "by the live version", reply -> reply.model().equals(LIVE));
                load.finish();
                assertThat(load.unanswered()).isEmpty();
                assertThat(load.refused()).isEmpty();
                assertThat(load.replies()).extracting(Load.Reply::model).containsOnly(LIVE);
            }
            assertThat(second.read("/api/v1/versions/" + CANDIDATE)
                            .path("digest")
                            .asString())
                    .isEqualTo(digest);
        }
    }

    @Test
    void aDamagedCopyOnDiskIsReplacedFromTheDatabase(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        Product.startWithScorecard(data).close();
        List<Path> damaged = blobs(data).stream().toList();
        for (Path file : damaged) flip(file);

        try (Product product = Product.start(data)) {
            Product.await("the live version", Duration.ofSeconds(30), () -> {
                try {
                    return product.post(
                                            "/score",
                                            Applications.ofTheExample().next().body())
                                    .status()
                            == 200;
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
        }
    }

    /// Tries to release the corrupted candidate; returns why it did not go.
    private static String start(Product product) throws Exception {
        String plan = Rollouts.plan(CANDIDATE, "50%", "health_failures >= 3");
        Product.Answer answer =
                product.post("/api/v1/rollouts", "application/yaml", plan.getBytes(StandardCharsets.UTF_8));
        if (answer.status() != 201) return answer.text();
        JsonNode ended = product.ended(answer.json().path("id").asString());
        assertThat(ended.path("state").asString()).isEqualTo("ABORTED");
        return ended.toString();
    }

    /// Flips a byte in every copy of a registered file: on the disk and in the database.
    private static void spoil(Path data, String file) throws Exception {
        byte[] good;
        try (Stream<Path> artifacts = Files.walk(Product.CREDIT)) {
            good = Files.readAllBytes(artifacts
                    .filter(path -> path.endsWith(
                            Path.of(file.equals("model.txt") ? "consumer_apply_lgbm_v1.0" : CANDIDATE, file)))
                    .findFirst()
                    .orElseThrow());
        }
        int spoilt = 0;
        for (Path blob : blobs(data)) {
            if (!Arrays.equals(Files.readAllBytes(blob), good)) continue;
            flip(blob);
            spoilt += Postgres.of(data)
                    .update("UPDATE blob SET bytes = set_byte(bytes, 100, 255 - get_byte(bytes, 100)) WHERE digest ="
                            + " decode('" + blob.getFileName() + "', 'hex')");
        }
        assertThat(spoilt).as("copies of " + file + " in the database").isEqualTo(1);
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int at = Math.min(100, bytes.length - 1);
        bytes[at] = (byte) ~bytes[at];
        Files.write(file, bytes);
    }

    private static List<Path> blobs(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().matches("[0-9a-f]{64}"))
                    .toList();
        }
    }
}
