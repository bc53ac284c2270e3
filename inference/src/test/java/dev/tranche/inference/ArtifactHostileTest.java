package dev.tranche.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What arrives may be broken by accident or on purpose; it is refused with a code and a reason, and nothing
/// else happens.
class ArtifactHostileTest {
    private static Verification verify(Map<String, byte[]> folder, String samples) {
        return Artifact.open(Folders.with(folder, "samples.jsonl", samples)).verify();
    }

    @Test
    void aMarginThatDiffersByOneBitIsToldWithItsPlace() {
        String row =
                "{\"input\":{\"age\":30,\"purpose\":\"radio/tv\"},\"margin\":[%s],\"output\":[0.0196078431372549]}";
        assertThat(verify(Folders.scorecard(), row.formatted("600"))).isEqualTo(new Verification.Reproduced(1));
        assertThat(verify(Folders.scorecard(), "\n" + row.formatted(Double.toString(Math.nextUp(600.0)))))
                .isEqualTo(new Verification.Differs(2, "margin[0]", "600.0000000000001", "600.0"));
    }

    @Test
    void aVectorThatDiffersIsTold() {
        String row = "{\"input\":{\"age\":30},\"transformed\":[30,%s],\"margin\":[570],\"output\":[0.05]}";
        assertThat(verify(Folders.scorecard(), row.formatted("0")))
                .isEqualTo(new Verification.Differs(1, "transformed[1]", "0.0", "NaN"));
        assertThat(verify(Folders.scorecard(), row.formatted("null, 1")))
                .isEqualTo(new Verification.Differs(1, "transformed", "3 values", "2 values"));
    }

    @Test
    void anOutputMayDifferInItsLastBitsOnly() {
        String row = "{\"input\":{\"age\":30,\"purpose\":\"radio/tv\"},\"margin\":[600],\"output\":[%s]}";
        double exact = Artifact.open(Folders.scorecard())
                .model()
                .predict(new double[] {30, 0}, Deadline.NONE)
                .score();
        double near = exact + 60 * Math.ulp(exact);
        double far = exact + 70 * Math.ulp(exact);
        assertThat(verify(Folders.scorecard(), row.formatted(near))).isInstanceOf(Verification.Reproduced.class);
        assertThat(verify(Folders.scorecard(), row.formatted(far)))
                .isInstanceOfSatisfying(
                        Verification.Differs.class,
                        differs -> assertThat(differs.what()).isEqualTo("output[0]"));
    }

    @Test
    void aGoldenRowThatWouldNotBeAdmittedIsADifference() {
        String row = "{\"input\":%s,\"margin\":[600],\"output\":[0.5]}";
        assertThat(verify(Folders.scorecard(), row.formatted("{\"age\":7}")))
                .isEqualTo(new Verification.Differs(1, "admission", "admitted", "age must be within 18.0..100.0: 7.0"));
        assertThat(verify(Folders.scorecard(), row.formatted("{\"agee\":7}")))
                .isEqualTo(new Verification.Differs(1, "input.agee", "a feature of features.json", "unknown"));
        assertThat(verify(Folders.logistic(), row.formatted("{\"debt\":1,\"income\":0}")))
                .isEqualTo(new Verification.Differs(
                        1, "admission", "admitted", "income must not be zero: it divides debt"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"input\":{}}",
                "{\"input\":{},\"margin\":[\"600\"],\"output\":[1]}",
                "{\"input\":{},\"margin\":600,\"output\":[1]}",
                "{\"input\":{},\"margin\":[NaN],\"output\":[1]}",
                "{\"input\":[],\"margin\":[1],\"output\":[1]}",
                "{\"input\":{},\"margin\":[1],\"output\":[1],\"x\":1}",
                "{\"input\":{\"a\":1,\"a\":2},\"margin\":[1],\"output\":[1]}"
            })
    void samplesThatAreNotRowsAreRefusedWithTheirLine(String line) {
        assertThatThrownBy(() -> verify(Folders.scorecard(), "\n\n" + line))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("samples.jsonl: line 3:");
    }

    @ParameterizedTest
    @CsvSource({"model.yaml", "features.json", "scorecard.json"})
    void aMissingFileIsNamed(String name) {
        assertThatThrownBy(() -> Artifact.open(Folders.without(Folders.scorecard(), name)))
                .isInstanceOfSatisfying(
                        ArtifactException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("file_missing"))
                .hasMessageContaining(name);
    }

    @Test
    void everyDamagedByteIsReadOrRefusedAndNothingElse() {
        Trials.of(400, random -> {
            Map<String, byte[]> folder = Folders.scorecard();
            List<String> names = List.copyOf(folder.keySet());
            byte[] bytes = folder.getOrDefault(names.get(random.nextInt(names.size())), new byte[0]);
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(Artifact.open(folder).verify()).isNotNull();
            } catch (ArtifactException refused) {
                assertThat(refused.code()).isNotEmpty();
                assertThat(refused.getMessage()).isNotEmpty();
            }
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "format": "logistic"          | "format": "sklearn"          | must be one of [xgboost, lightgbm, scorecard, logistic, onnx, catboost, pmml]
            "output": "probability"       | "output": "percent"          | output must be probability, value, classes or score
            "output": "probability"       | "output": "value"            | gives output probability, but model.yaml says value
            "positive": "bad"             | "positve": "bad"             | needs the key "positive"
            "label"                       | "rounds": 0, "label"         | rounds must be all, best or at least 1
            "label"                       | "rounds": true, "label"      | rounds must be all, best or a whole number
            "label"                       | "notes": "", "label"         | has no key "notes"
            "label"                       | "calibration": {"op": "beta"}, "label" | must be prior_shift, platt, isotonic or pdo
            "label"                       | "calibration": {"op": "platt", "a": 1, "b": 0, "c": 0}, "label" | has no key "c"
            """)
    void modelYamlIsReadStrictly(String found, String replaced, String message) {
        Map<String, byte[]> folder = Folders.logistic();
        String changed = Folders.text(folder, "model.yaml").replace(found, replaced);
        assertThatThrownBy(() -> Artifact.open(Folders.with(folder, "model.yaml", changed)))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining(message);
    }

    @Test
    void columnsInAnotherOrderAreRefused() {
        Map<String, byte[]> folder = Folders.logistic();
        String swapped = Folders.text(folder, "transform.yaml")
                .replace("\"purpose=radio/tv\", \"purpose=car\"]", "\"purpose=car\", \"purpose=radio/tv\"]");
        Map<String, byte[]> wrong = Folders.with(folder, "transform.yaml", swapped);
        assertThatThrownBy(() -> Artifact.open(wrong))
                .isInstanceOfSatisfying(
                        ArtifactException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("inputs_mismatch"))
                .hasMessageContaining("column 2 of the transform is purpose=car");
        Map<String, byte[]> meant = Folders.with(
                wrong,
                "model.yaml",
                Folders.text(folder, "model.yaml").replace("\"label\"", "\"inputs\": \"by_position\", \"label\""));
        assertThat(Artifact.open(meant).verify()).isEqualTo(new Verification.Absent());
        String fewer = swapped.replace("\"purpose=car\", ", "");
        assertThatThrownBy(() -> Artifact.open(Folders.with(folder, "transform.yaml", fewer)))
                .hasMessageContaining("2 columns, the model takes 3");
    }

    @Test
    void aFeatureThatIsNoNumberNeedsATransform() {
        Map<String, byte[]> folder = Folders.without(Folders.logistic(), "transform.yaml");
        Map<String, byte[]> text = Folders.with(
                folder, "logistic.json", "{\"intercept\":0,\"terms\":[{\"input\":\"note\",\"coefficient\":1}]}");
        assertThatThrownBy(() -> Artifact.open(text)).hasMessageContaining("no column is named \"note\"");
        Map<String, byte[]> note =
                Folders.with(text, "features.json", "{\"features\":[{\"name\":\"note\",\"type\":\"text\"}]}");
        assertThatThrownBy(() -> Artifact.open(note))
                .hasMessageContaining("must be a number or a category with a list");
    }

    @Test
    void aPickleIsRefusedWithAdvice() {
        Map<String, byte[]> folder = Folders.logistic();
        byte[] pickle = {(byte) 0x80, 4, (byte) 0x95, 0, 0};
        folder.put("logistic.json", pickle);
        assertThatThrownBy(() -> Artifact.open(folder))
                .isInstanceOfSatisfying(
                        ArtifactException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("pickle_refused"))
                .hasMessageContaining("save_model");
        Map<String, byte[]> named = Folders.with(folder, "model.pkl", "{}");
        named.put(
                "model.yaml",
                Folders.text(named, "model.yaml")
                        .replace("\"logistic.json\"", "\"model.pkl\"")
                        .getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Artifact.open(named)).hasMessageContaining("model.pkl is a pickle");
    }
}
