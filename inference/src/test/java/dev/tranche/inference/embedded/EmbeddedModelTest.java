package dev.tranche.inference.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.RowRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedModelTest {
    private static final String SAMPLE =
            "{\"input\": {\"debt\": 4}, \"transformed\": [4, 0], \"margin\": [3], \"output\": [3]}\n";

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        write("model.yaml", """
                {"name": "a_linear_v1.0", "format": "logistic", "file": "logistic.json", "output": "value",
                 "label": {"name": "loss", "definition": "a test", "positive": "1"}}""");
        write("features.json", """
                {"features": [{"name": "debt", "missing": "reject", "type": "number", "range": [0, 100]},
                 {"name": "owner", "type": "boolean", "missing": "default", "default": false},
                 {"name": "opened", "type": "date"}, {"name": "purpose", "type": "category", "categories": ["car"]},
                 {"name": "age", "type": "number", "missing": "default", "default": 30}]}""");
        write("transform.yaml", """
                {"steps": [{"op": "linear", "intercept": 0, "terms": [{"input": "owner", "coefficient": 1}],
                 "output": "home"}], "output": ["debt", "home"]}""");
        write("logistic.json", """
                {"intercept": 1, "link": "identity",
                 "terms": [{"input": "debt", "coefficient": 0.5}, {"input": "home", "coefficient": -1}]}""");
        write("samples.jsonl", SAMPLE);
    }

    @Test
    void aFolderIsOpenedAndAskedInThreeLines() throws IOException {
        EmbeddedModel model = EmbeddedModel.open(folder);
        Map<String, Object> request = Map.of("debt", 10, "owner", true, "opened", LocalDate.EPOCH, "purpose", "car");
        assertThat(model.score(request)).isEqualTo(5);
        assertThat(model.predict(request).margins()).containsExactly(5);
        assertThat(model.artifact().goldenRows()).hasSize(1);
    }

    @Test
    void aFolderWithYamlByHandSaysHowItBecomesJson() throws IOException {
        write("model.yaml", "name: a_linear_v1.0\nformat: logistic\n");
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> EmbeddedModel.open(folder))
                .withMessageContaining("model.yaml is written as YAML")
                .withMessageContaining("json.dumps(yaml.safe_load(sys.stdin))")
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("yaml_not_json"));
    }

    @Test
    void whatIsAbsentOrNullTakesItsDefault() throws IOException {
        EmbeddedModel model = EmbeddedModel.open(folder);
        assertThat(model.score(Map.of("debt", 10L))).isEqualTo(6);
        assertThatExceptionOfType(RowRefusedException.class)
                .isThrownBy(() -> model.score(Collections.singletonMap("debt", null)))
                .withMessage("debt is required");
    }

    @Test
    void aRowThatTheSchemaRefusesIsRefusedWithItsValue() throws IOException {
        EmbeddedModel model = EmbeddedModel.open(folder);
        assertThatExceptionOfType(RowRefusedException.class)
                .isThrownBy(() -> model.score(Map.of("debt", 101)))
                .withMessageContaining("101");
        assertThatExceptionOfType(RowRefusedException.class)
                .isThrownBy(() -> model.score(Map.of("debt", 1, "purpose", "yacht")))
                .withMessageContaining("yacht");
    }

    @Test
    void aMisspeltNameIsNoMissingFeature() throws IOException {
        EmbeddedModel model = EmbeddedModel.open(folder);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.score(Map.of("debts", 1)))
                .withMessage("no feature is named \"debts\"; there are [debt, owner, opened, purpose, age]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.score(Map.of("debt", List.of(1))))
                .withMessageContaining("debt must be a number");
    }

    @Test
    void aFolderWhoseGoldenRowsComeOutOtherwiseIsNotOpened() throws IOException {
        write("samples.jsonl", SAMPLE.replace("[3], \"output\"", "[3.0000000000000004], \"output\""));
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> EmbeddedModel.open(folder))
                .withMessageContaining("3.0000000000000004");
    }

    @Test
    void aFolderThatIsNotThereIsSaidToBeNotThere() {
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> EmbeddedModel.open(folder.resolve("x")));
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> EmbeddedModel.open(Files.createDirectory(folder.resolve("empty"))))
                .withMessageContaining("model.yaml");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
