package dev.tranche.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.release.Audience;
import dev.tranche.release.Bucketing;
import dev.tranche.release.Horizon;
import dev.tranche.release.Metric;
import dev.tranche.release.Mode;
import dev.tranche.release.Reading;
import dev.tranche.server.TestServer.Got;
import dev.tranche.server.journal.Followed;
import dev.tranche.server.serving.Candidate;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A whole life on a real PostgreSQL: a shadow beside the live version, outcomes, a clean stop, and the same
/// again.
class ArchiveTest {
    private static final Examples EXAMPLES = new Examples();
    private static final List<String> APPLICANTS = Examples.applicants();
    private static final String PRODUCT = "consumer_apply";

    @TempDir
    private Path data;

    @Test
    void aCandidatesCalibrationIsKnownFromItsShadowAndEverythingIsCopiedOnce() throws Exception {
        Instant begun = Instant.now();
        Reading calibration;
        Reading flips;
        try (TestServer server = TestServer.start(data, EXAMPLES, settings -> settings)) {
            Candidate candidate = new Candidate(
                    "r1", EXAMPLES.version(Examples.XGB), Mode.SHADOW, Audience.EVERYONE, Bucketing.murmur3("salt"));
            server.core().routes().swap(RouteWing.route(EXAMPLES, 2, Examples.SCORECARD, candidate));
            follow(server, begun);
            for (int i = 0; i < 60; i++) {
                assertThat(server.score("L" + i, APPLICANTS.get(i % APPLICANTS.size()))
                                .status())
                        .isEqualTo(200);
            }
            server.settle();
            for (int i = 0; i < 30; i++) {
                Got got = server.post("/api/v1/outcomes", "{\"loan_id\":\"L" + i + "\",\"outcome\":" + i % 2 + "}");
                assertThat(got.json().get("accepted").asInt()).as(got.body()).isEqualTo(1);
            }
            server.settle();
            calibration = reading(server, Metric.CALIBRATION_RATIO);
            flips = reading(server, Metric.DECISION_FLIP_RATE);
            assertThat(calibration).isInstanceOfSatisfying(Reading.Calibration.class, known -> {
                assertThat(known.of()).isEqualTo(30);
                assertThat(known.observed()).isEqualTo(15);
                assertThat(known.expected()).isPositive();
            });
            assertThat(flips)
                    .isInstanceOfSatisfying(
                            Reading.Proportion.class,
                            known -> assertThat(known.of()).isBetween(50L, 60L));
            JsonNode shadows = server.get("/api/v1/windows?product=" + PRODUCT).json();
            assertThat(shadows.toString()).contains("\"shadow\":true");
            server.core().store().awaitUp(Duration.ofSeconds(60));
            awaitCopies(server, "decision", 60);
            awaitCopies(server, "shadow", 60);
            awaitCopies(server, "outcome", 30);
        }
        try (TestServer server = TestServer.start(data, EXAMPLES, settings -> settings)) {
            server.settle();
            follow(server, begun);
            assertThat(again(reading(server, Metric.CALIBRATION_RATIO))).isEqualTo(again(calibration));
            assertThat(again(reading(server, Metric.DECISION_FLIP_RATE))).isEqualTo(again(flips));
            Got known = server.post("/api/v1/outcomes", "{\"loan_id\":\"L1\",\"outcome\":1}");
            assertThat(known.json().get("duplicates").asInt()).as(known.body()).isEqualTo(1);
            server.score("NEW", APPLICANTS.getFirst());
            server.core().store().awaitUp(Duration.ofSeconds(60));
            awaitCopies(server, "decision", 61);
            awaitCopies(server, "shadow", 60);
        }
    }

    private static void follow(TestServer server, Instant begun) {
        server.core().windows().follow(PRODUCT, new Followed(Examples.XGB, true, begun, begun));
    }

    private static Reading reading(TestServer server, Metric metric) {
        return server.core().windows().reading(PRODUCT, Examples.XGB, metric, new Horizon.SinceStage(), Instant.now());
    }

    /// A reading without the time it was taken at.
    private static String again(Reading reading) {
        return reading.toString().replaceAll("asOf=[^\\]]*", "");
    }

    private static void awaitCopies(TestServer server, String table, int rows) throws InterruptedException {
        long due = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        long found = -1;
        while (found != rows && System.nanoTime() < due) {
            found = server.core().store().transaction(connection -> {
                try (Statement query = connection.createStatement();
                        ResultSet count = query.executeQuery("SELECT count(*) FROM " + table)) {
                    count.next();
                    return count.getLong(1);
                }
            });
            Thread.onSpinWait();
        }
        assertThat(found).as("rows of " + table).isEqualTo(rows);
    }
}
