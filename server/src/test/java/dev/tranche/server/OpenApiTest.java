package dev.tranche.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The description is held against what the server really answers.
class OpenApiTest {
    @TempDir
    Path data;

    @Test
    void everyDescribedDoorThatCanBeAskedAnswersAsDescribed() throws InterruptedException {
        try (Lab lab = Lab.start(data)) {
            lab.scorecardLive();
            Lab.expect(
                    201,
                    lab.post(
                            "/abtests",
                            "experiment: {id: trial, models: [{id: consumer_apply_scorecard_v1.0, weight: 1},"
                                    + " {id: consumer_apply_xgb_v1.0, weight: 1}]}"));
            Lab.expect(200, lab.score(Lab.applicants("consumer_apply_xgb_v1.0")));
            JsonNode description = lab.get("/openapi.json").json();
            assertThat(description.path("openapi").asString()).isEqualTo("3.1.0");
            OpenApi api = new OpenApi(description);
            Map<String, String> values = Map.of(
                    "{name}",
                    "consumer_apply_xgb_v1.0",
                    "{product}",
                    "consumer_apply",
                    "/model/{id}",
                    "/model/consumer_apply_xgb_v1.0",
                    "/rollouts/{id}",
                    "/rollouts/consumer_apply-1",
                    "/experiments/{id}",
                    "/experiments/trial",
                    "{model}",
                    "consumer_apply",
                    "{version}",
                    "xgb_v1.0");
            Lab.expect(
                    204,
                    lab.post(
                            "/api/v1/desks/consumer_apply",
                            "{\"desk\": \"consumer_apply\", \"engine\": \"e\", \"seq\": 1, \"at\": \"" + Instant.now()
                                    + "\", \"state\": \"QUOTING\", \"strategies\": [], \"breaker\": {\"state\": \"NORMAL\"}}"));
            int asked = 0;
            for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
                if (!path.getValue().has("get")
                        || List.of("/metrics", "/api/v1/events").contains(path.getKey())) {
                    continue;
                }
                String real = path.getKey();
                for (Map.Entry<String, String> value : values.entrySet()) {
                    real = real.replace(value.getKey(), value.getValue());
                }
                if (real.contains("{")) {
                    continue;
                }
                Lab.Said said = lab.get(real);
                assertThat(said.status()).as("%s: %s", real, said.text()).isEqualTo(200);
                assertThat(api.wrong("get", path.getKey(), said)).as(real).isEmpty();
                asked++;
            }
            assertThat(asked).isGreaterThanOrEqualTo(15);
            assertThat(api.wrong("get", "/v2/models/{model}", lab.get("/v2/models/nobody")))
                    .isEmpty();
            assertThat(api.wrong("post", "/v2/repository/index", lab.post("/v2/repository/index", "{}")))
                    .isEmpty();
            Lab.Said loaded = lab.post("/v2/repository/models/consumer_apply_xgb_v1.0/unload", "{}");
            assertThat(loaded.status()).as("it is an arm: %s", loaded.text()).isEqualTo(409);
            assertThat(api.wrong("post", "/v2/repository/models/{model}/unload", loaded))
                    .isEmpty();
            assertThat(api.wrong("post", "/v2/models/{model}/infer", lab.post("/v2/models/consumer_apply/infer", "{}")))
                    .isEmpty();
            assertThat(api.wrong("get", "/model/{id}", lab.get("/model/nobody_x_v1.0")))
                    .isEmpty();
            assertThat(api.wrong("post", "/api/v1/rollouts", lab.post("/api/v1/rollouts", "{}")))
                    .isEmpty();
        }
    }
}
