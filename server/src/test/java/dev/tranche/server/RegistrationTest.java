package dev.tranche.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.server.artifact.Zips;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Folders at the real door: what is taken in, what is refused and how the refusal reads.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistrationTest {
    private static final String XGB = "consumer_apply_xgb_v1.0";

    @TempDir
    static Path data;

    private Lab lab;

    @BeforeAll
    void start() throws InterruptedException {
        lab = Lab.start(data);
        Lab.expect(201, lab.register(Lab.example(XGB)));
    }

    @AfterAll
    void stop() {
        lab.close();
    }

    private static Map<String, byte[]> renamed(String name, Map<String, byte[]> files) {
        Map<String, byte[]> renamed = new TreeMap<>(files);
        String model = new String(files.getOrDefault("model.yaml", new byte[0]), StandardCharsets.UTF_8);
        renamed.put("model.yaml", Zips.utf8(model.replace(XGB, name)));
        return renamed;
    }

    @Test
    void aPmmlScorecardIsRegisteredReleasedAndAnswers() throws InterruptedException {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("model.yaml", Zips.utf8("""
                name: card_loan_pmml_v1.0
                format: pmml
                file: card.pmml
                output: probability
                label: {name: bad, definition: 90 dpd in 12 months, positive: bad}
                calibration: {op: platt, a: -0.05, b: 8}
                """));
        files.put("features.json", Zips.utf8("""
                {"features": [{"name": "age", "type": "number"},
                  {"name": "job", "type": "category", "categories": ["sailor", "clerk"], "unseen": "allow"}]}"""));
        files.put("card.pmml", Zips.utf8("""
                <PMML version="4.4"><Header/>
                  <DataDictionary>
                    <DataField name="age" optype="continuous" dataType="double"/>
                    <DataField name="job" optype="categorical" dataType="string"/>
                  </DataDictionary>
                  <Scorecard functionName="regression" initialScore="100" baselineScore="30">
                    <MiningSchema><MiningField name="age"/><MiningField name="job"/></MiningSchema>
                    <Characteristics>
                      <Characteristic name="age" reasonCode="A1">
                        <Attribute partialScore="10"><SimplePredicate field="age" operator="lessThan" value="25"/></Attribute>
                        <Attribute partialScore="40"><True/></Attribute>
                      </Characteristic>
                      <Characteristic name="job" reasonCode="J1">
                        <Attribute partialScore="5"><SimplePredicate field="job" operator="equal" value="clerk"/></Attribute>
                        <Attribute partialScore="40"><True/></Attribute>
                      </Characteristic>
                    </Characteristics>
                  </Scorecard>
                </PMML>"""));
        files.put("samples.jsonl", Zips.utf8("""
                {"input": {"age": 20, "job": "clerk"}, "transformed": [20, 0], "margin": [115], "output": [0.9046505351008906]}
                {"input": {"age": 40, "job": "sailor"}, "transformed": [40, -1], "margin": [180], "output": [0.2689414213699951]}
                """));
        Lab.Said registered = lab.register(files);
        Lab.expect(201, registered);
        assertThat(registered.json().path("checks").toString()).contains("pmml").doesNotContain("\"fail\"");
        Lab.expect(201, lab.register(Map.of("policy.yaml", Zips.utf8("""
                policy:
                  name: card_loan_policy_v1.0
                  deadline: 5s
                  unit: loan_id
                  bands: [{name: LOW, below: 0.5}, {name: HIGH}]
                  actions: {LOW: approve, HIGH: decline}
                  reasons:
                    max: 4
                    map:
                      age: {code: A1, text: "Age of the applicant"}
                      job: {code: J1, text: "Type of occupation"}
                  hard_rules: []
                  fallback_rules: [{score: 0.9, risk: HIGH, reason: {code: F1, text: "No score"}}]
                """))));
        for (String candidate : List.of("card_loan_policy_v1.0", "card_loan_pmml_v1.0")) {
            lab.first("card_loan", candidate);
        }
        Lab.Said scored = lab.post(
                "/score",
                "{\"loan_id\": \"L1\", \"product\": \"card_loan\", \"features\": {\"age\": 20, \"job\": \"clerk\"}}");
        Lab.expect(200, scored);
        assertThat(scored.json().path("source").asString()).as(scored.text()).isEqualTo("model");
        assertThat(scored.json().path("score").asDouble()).isEqualTo(0.904651);
        assertThat(scored.json().path("model_version").asString()).isEqualTo("card_loan_pmml_v1.0");
        assertThat(scored.json().path("decision").asString()).isEqualTo("DECLINE");
        assertThat(scored.json().path("reject_reasons").toString()).isEqualTo("[\"J1\",\"A1\"]");
    }

    @Test
    void aSpreadModelIsRegisteredReleasedAndRolledOutLikeAnyOther() throws InterruptedException {
        String name = "btc_spread_xgb_v1.0";
        Map<String, byte[]> files = Lab.example("market", name);
        Lab.Said registered = lab.register(files);
        Lab.expect(201, registered);
        assertThat(registered.json().path("kind").asString()).isEqualTo("MODEL");
        assertThat(registered.json().path("product").asString()).isEqualTo("btc_spread");
        assertThat(registered.json().path("checks").toString())
                .contains("bit for bit")
                .doesNotContain("\"fail\"");
        lab.first("btc_spread", name);
        JsonNode golden =
                Lab.JSON.readTree(new String(files.getOrDefault("samples.jsonl", new byte[0]), StandardCharsets.UTF_8)
                        .lines()
                        .findFirst()
                        .orElseThrow());
        String asked = "{\"model_id\": \"btc_spread\", \"features\": " + golden.path("input") + "}";
        Lab.Said answered = lab.post("/predict", asked);
        Lab.expect(200, answered);
        assertThat(answered.json().path("prediction").asDouble())
                .isEqualTo(golden.path("output").path(0).asDouble());

        Map<String, byte[]> next = new TreeMap<>(files);
        String model = new String(files.getOrDefault("model.yaml", new byte[0]), StandardCharsets.UTF_8);
        next.put("model.yaml", Zips.utf8(model.replace(name, "btc_spread_xgb_v1.1") + "rounds: all\n"));
        Lab.expect(201, lab.register(next));
        Lab.Said started = lab.post("/api/v1/rollouts", """
                rollout:
                  candidate: btc_spread_xgb_v1.1
                  strategy: canary
                  stages: [{mode: live, share: 50%, dwell: 1s, gates: ["requests >= 1"]}]
                """);
        Lab.expect(201, started);
        String id = started.json().path("id").asString();
        lab.rollout(id, r -> {
            Lab.expect(
                    200,
                    lab.post(
                            "/predict",
                            asked.replace("{\"model_id", "{\"unit\": \"u" + System.nanoTime() + "\", \"model_id")));
            return r.path("state").asString().equals("COMPLETED");
        });
        assertThat(lab.get("/api/v1/routes/btc_spread").text()).contains("btc_spread_xgb_v1.1");
        Lab.expect(200, lab.post("/api/v1/rollouts/" + id + "/rollback", "{\"reason\": \"the other was better\"}"));
        lab.rollout(id, r -> r.path("state").asString().equals("ROLLED_BACK"));
        assertThat(lab.post("/predict", asked).json().path("model").asString()).contains("btc_spread_xgb_v1.0");
    }

    @Test
    void checksAreReportedOneByOne() {
        String checks = lab.get("/api/v1/versions/" + XGB).json().path("checks").toString();
        assertThat(checks).contains("parses", "schema", "golden_rows", "bit for bit", "digests", "minor_compatible");
        assertThat(checks).doesNotContain("\"fail\"");
    }

    @Test
    void theSameBytesAreTheSameVersionAndOthersAreRefused() {
        Lab.Said again = lab.register(Lab.example(XGB));
        assertThat(again.status()).isEqualTo(200);
        Map<String, byte[]> other = new TreeMap<>(Lab.example(XGB));
        other.put("card.md", Zips.utf8("another card"));
        Lab.Said refused = lab.register(other);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("version_taken");
        assertThat(lab.get("/api/v1/versions/" + XGB).json().path("digest").asString())
                .isEqualTo(again.json().path("digest").asString());
    }

    @Test
    void aMinorThatChangesTheLabelIsRefusedAndAMajorIsNot() {
        Map<String, byte[]> relabelled = new TreeMap<>(Lab.example(XGB));
        String model = new String(relabelled.getOrDefault("model.yaml", new byte[0]), StandardCharsets.UTF_8);
        relabelled.put("model.yaml", Zips.utf8(model.replaceAll("definition: .*", "definition: another outcome")));
        Lab.Said refused = lab.register(renamed("consumer_apply_xgb_v1.7", relabelled));
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("label_changed");
        Lab.expect(201, lab.register(renamed("consumer_apply_xgb_v9.0", relabelled)));
    }

    @Test
    void goldenRowsThatDoNotReproduceAreRefused() {
        Map<String, byte[]> files = new TreeMap<>(renamed("consumer_apply_xgb_v7.0", Lab.example(XGB)));
        String samples = new String(files.getOrDefault("samples.jsonl", new byte[0]), StandardCharsets.UTF_8);
        files.put("samples.jsonl", Zips.utf8(samples.replaceFirst("\"margin\": *\\[[^\\]]*", "\"margin\":[7.5")));
        Lab.Said refused = lab.register(files);
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.json().path("detail").asString()).contains("samples.jsonl line 1");
    }

    @Test
    void withoutGoldenRowsAVersionStaysRegisteredAndCannotBeReleased() {
        Map<String, byte[]> files = new TreeMap<>(renamed("consumer_apply_xgb_v8.0", Lab.example(XGB)));
        files.remove("samples.jsonl");
        Lab.Said taken = lab.register(files);
        Lab.expect(201, taken);
        assertThat(taken.json().path("state").asString()).isEqualTo("REGISTERED");
        Lab.Said refused =
                lab.post("/api/v1/rollouts", "rollout: {candidate: consumer_apply_xgb_v8.0, strategy: first}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("not_validated");
    }

    @Test
    void whatRunsCodeIsRefusedWithAdvice() {
        Map<String, byte[]> files = new TreeMap<>(Lab.example(XGB));
        files.put("model.pkl", new byte[] {(byte) 0x80, 4, '.'});
        Lab.Said refused = lab.register(files);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("pickle");
        assertThat(refused.json().path("detail").asString()).contains("save_model");
    }

    @Test
    void bombsBadNamesAndNoZipsAreRefusedWithAClearProblem() {
        assertThat(lab.register(Map.of("zeros", new byte[32 << 20])).code()).isEqualTo("zip_bomb");
        assertThat(lab.register(Map.of("../x", new byte[1])).code()).isEqualTo("unsafe_name");
        assertThat(lab.post("/api/v1/versions", "no zip at all").code()).isEqualTo("not_a_zip");
        assertThat(lab.register(Map.of("readme.txt", new byte[1])).code()).isEqualTo("folder_kind");
        assertThat(lab.register(Map.of("model.yaml", Zips.utf8("a: &x [*x]"))).code())
                .isEqualTo("bad_yaml");
    }

    @Test
    void anMlflowFolderIsTakenInUnderTheNameItIsGiven() {
        Map<String, byte[]> files = new HashMap<>();
        files.put("MLmodel", Zips.utf8("flavors: {lightgbm: {data: model.lgb, lgb_version: 4.3.0}}\nrun_id: abc\n"));
        files.put("model.lgb", Lab.example("consumer_apply_lgbm_v1.0").getOrDefault("model.txt", new byte[0]));
        assertThat(lab.register(files).code()).isEqualTo("name_missing");
        Lab.Said taken = lab.post("/api/v1/versions?name=mlflow_lgbm_v1.0", Zips.of(files));
        Lab.expect(201, taken);
        assertThat(taken.json().path("state").asString()).isEqualTo("REGISTERED");
        assertThat(taken.json().at("/signature/output").asString()).isEqualTo("probability");
    }

    @Test
    void modelsAreShownAndTakenAway() {
        Lab.expect(201, lab.register(renamed("consumer_apply_xgb_v6.0", Lab.example(XGB))));
        assertThat(lab.get("/models").text()).contains("consumer_apply_xgb_v6.0");
        assertThat(lab.get("/model/consumer_apply_xgb_v6")
                        .json()
                        .path("model_version")
                        .asString())
                .isEqualTo("6.0.0");
        Lab.expect(200, lab.delete("/model/consumer_apply_xgb_v6.0"));
        assertThat(lab.get("/models").text()).doesNotContain("consumer_apply_xgb_v6.0");
        assertThat(lab.get("/model/consumer_apply_xgb_v6.0").status()).isEqualTo(404);
    }
}
