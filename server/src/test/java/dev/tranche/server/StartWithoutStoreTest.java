package dev.tranche.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.runtime.store.StorePlace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A node whose database cannot be reached starts from its last known good copy and answers.
class StartWithoutStoreTest {
    @TempDir
    Path data;

    @Test
    void aNodeStartsAndAnswersFromItsCopy() throws InterruptedException, IOException {
        JsonNode applicant;
        try (Lab lab = Lab.start(data)) {
            lab.scorecardLive();
            applicant = Lab.applicants("consumer_apply_scorecard_v1.0").getFirst();
        }
        StorePlace nowhere = new StorePlace.Server("jdbc:postgresql://127.0.0.1:1/none", "", "");
        try (Composition server =
                        Composition.start(Settings.of(data).withPort(0).withPlace(nowhere), Wings.all());
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest score = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/score"))
                    .header(
                            "Authorization",
                            "Bearer "
                                    + Files.readString(data.resolve("admin.token"))
                                            .strip())
                    .POST(HttpRequest.BodyPublishers.ofString("{\"loan_id\": \"L1\", \"features\": " + applicant + "}"))
                    .build();
            HttpResponse<String> said = client.send(score, HttpResponse.BodyHandlers.ofString());
            // The first answer of a cold process on a busy machine may come late, and is then the fallback's.
            for (int again = 0; again < 10 && said.body().contains("fallback_rules"); again++) {
                said = client.send(score, HttpResponse.BodyHandlers.ofString());
            }
            assertThat(said.statusCode()).as(said.body()).isEqualTo(200);
            assertThat(said.body()).contains("consumer_apply_scorecard_v1.0", "\"source\":\"model\"");
        }
    }
}
