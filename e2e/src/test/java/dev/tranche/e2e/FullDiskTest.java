package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The decision journal on a disk that really has no room: a memory file system of its own, so it needs root.
class FullDiskTest {
    /// Room for one segment of 64 MiB and not for two.
    private static final String ROOM = "100m";

    private static final String MORE_ROOM = "400m";
    /// Fills a segment in about eighty requests; the door takes bodies up to 1 MiB.
    private static final int LONG_TEXT = 900_000;

    private static final int MOST = 120;

    @Test
    @Promise("001 §2.2 a full disk raises an alarm, loses nothing, and heals when there is room again")
    void whatCannotBeRecordedIsNotAnswered(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        Path journal = Files.createDirectories(data.resolve("journal"));
        assumeTrue(
                mount("mount", "-t", "tmpfs", "-o", "size=" + ROOM, "tmpfs", journal.toString()),
                "needs root and mount(8) to make a small disk");
        try {
            try (Product product = Product.prepareScorecard(data)) {
                assertThat(Health.state(product, "journal")).as("warned before").isEqualTo("degraded");
                List<JsonNode> answered = fill(product);
                assertRefusedAndSaidSo(product);
                assertThat(mount("mount", "-o", "remount,size=" + MORE_ROOM, journal.toString()))
                        .isTrue();
                Product.await(
                        "the journal to be well",
                        Duration.ofSeconds(30),
                        () -> Health.state(product, "journal").equals("ok"));
                Product.Answer healed = product.post("/score", Applications.body("healed", tooLong()));
                assertThat(healed.status()).as(healed.text()).isEqualTo(200);
                answered.add(healed.json());
                assertThat(answered)
                        .isNotEmpty()
                        .allSatisfy(answer -> assertThat(product.read("/api/v1/decisions/"
                                                + answer.path("decision_id").asString())
                                        .path("loan_id")
                                        .asString())
                                .isEqualTo(answer.path("loan_id").asString()));
            }
        } finally {
            assertThat(mount("umount", journal.toString())).isTrue();
        }
    }

    /// Sends long applications until one is refused; returns what was answered.
    private static List<JsonNode> fill(Product product) throws Exception {
        List<JsonNode> answered = new ArrayList<>();
        ObjectNode features = tooLong();
        for (int i = 0; i < MOST; i++) {
            Product.Answer answer = product.post("/score", Applications.body("F-" + i, features));
            if (answer.status() != 200) {
                assertThat(answer.status()).as(answer.text()).isEqualTo(503);
                assertThat(answer.json().path("code").asString()).isEqualTo("journal_unavailable");
                return answered;
            }
            answered.add(answer.json());
        }
        throw new AssertionError("the disk never filled: " + Health.full(product));
    }

    private static void assertRefusedAndSaidSo(Product product) throws Exception {
        Product.Answer refused = product.post("/score", Applications.body("refused", tooLong()));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.type()).startsWith("application/problem+json");
        assertThat(refused.json().path("detail").asString()).contains("full").contains("bytes are free");
        JsonNode health = Health.full(product);
        assertThat(health.path("status").asString()).isEqualTo("down");
        assertThat(health.path("components").path("journal").path("state").asString())
                .isEqualTo("down");
        assertThat(health.path("components").path("journal").path("detail").asString())
                .contains("no room");
        assertThat(product.get("/metrics").text()).contains("journal_full 1.0");
    }

    private static ObjectNode tooLong() {
        ObjectNode features = Applications.ofTheExample().first();
        features.put("checking_status", "x".repeat(LONG_TEXT));
        return features;
    }

    private static boolean mount(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() == 0) return true;
        System.out.println(String.join(" ", command) + ": " + said.strip());
        return false;
    }
}
