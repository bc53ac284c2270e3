package dev.tranche.server.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowFolderTest {
    private static final String MLMODEL = """
            artifact_path: model
            flavors:
              python_function:
                data: model.ubj
                env: {conda: conda.yaml, virtualenv: python_env.yaml}
                loader_module: mlflow.xgboost
                python_version: 3.11.2
              xgboost:
                code: null
                data: model.ubj
                model_class: xgboost.sklearn.XGBClassifier
                model_format: ubj
                xgb_version: 3.0.4
            mlflow_version: 3.4.0
            model_uuid: 3f2504e04f8911d39a0c0305e82c3301
            run_id: 0123456789abcdef
            saved_input_example_info:
              artifact_path: input_example.json
              pandas_orient: split
              type: dataframe
            signature:
              inputs: '[{"type": "double", "name": "income", "required": true}, {"type": "long", "name": "age", "required": true}]'
              outputs: '[{"type": "long", "required": true}]'
              params: null
            utc_time_created: '2026-11-02 09:00:00.000000'
            """;

    private static SortedMap<String, byte[]> folder(String mlmodel) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put("MLmodel", Zips.utf8(mlmodel));
        files.put("model.ubj", Zips.utf8("{the model}"));
        files.put(
                "input_example.json",
                Zips.utf8("{\"columns\": [\"income\", \"age\"], \"data\": [[1200.5, 30], [null, 41]]}"));
        files.put("conda.yaml", Zips.utf8("name: x"));
        return files;
    }

    private static String text(SortedMap<String, byte[]> files, String name) {
        return new String(Objects.requireNonNull(files.get(name)), StandardCharsets.UTF_8);
    }

    private static MlflowFolder.Imported read(SortedMap<String, byte[]> files, List<String> names) {
        return MlflowFolder.read(
                files, "consumer_apply_xgb_v3.0", (format, bytes) -> new MlflowFolder.Peek(names, 2, "probability"));
    }

    private static Refused refused(SortedMap<String, byte[]> files) {
        Refused refused = catchThrowableOfType(Refused.class, () -> read(files, List.of()));
        assertThat(refused).isNotNull();
        return refused;
    }

    @Test
    void theFolderBecomesOursWithLineageAsProvenance() {
        SortedMap<String, byte[]> files = read(folder(MLMODEL), List.of()).files();
        assertThat(files).containsOnlyKeys("features.json", "meta.json", "model.ubj", "model.yaml");
        assertThat(text(files, "model.yaml"))
                .contains(
                        "\"name\":\"consumer_apply_xgb_v3.0\"",
                        "\"format\":\"xgboost\"",
                        "\"output\":\"probability\"",
                        "\"run_id\":\"0123456789abcdef\"",
                        "\"xgb_version\":\"3.0.4\"");
    }

    @Test
    void columnsTakeTheModelsOrderAndTheExampleFollows() {
        MlflowFolder.Imported imported = read(folder(MLMODEL), List.of("age", "income"));
        assertThat(text(imported.files(), "features.json"))
                .isEqualTo("{\"features\":[{\"missing\":\"allow\",\"name\":\"age\",\"type\":\"number\"},"
                        + "{\"missing\":\"allow\",\"name\":\"income\",\"type\":\"number\"}]}");
        assertThat(imported.example()).containsExactly(Arrays.asList(30.0, 1200.5), Arrays.asList(41.0, null));
        assertThat(imported.notes()).anyMatch(note -> note.contains("model file's order"));
    }

    @Test
    void theClassifiersDefaultOfClassesIsNamed() {
        assertThat(read(folder(MLMODEL), List.of()).notes())
                .anyMatch(note -> note.contains("XGBClassifier") && note.contains("probability"));
    }

    @Test
    void withoutASignatureTheModelsOwnNamesAreTaken() {
        String unsigned = MLMODEL.replaceAll("(?s)signature:.*params: null\n", "");
        assertThat(read(folder(unsigned), List.of("age", "income")).notes())
                .anyMatch(n -> n.startsWith("no signature"));
        assertThat(refused(folder(unsigned)).code()).isEqualTo("mlflow_signature");
    }

    @Test
    void aFlavourThatNeedsPythonIsRefusedWithAdvice() {
        String sklearn = MLMODEL.replace("  xgboost:\n", "  sklearn:\n");
        assertThat(refused(folder(sklearn)))
                .hasMessageContaining("save_model")
                .extracting(Refused::code, Refused::value)
                .containsExactly("mlflow_flavour", "python_function, sklearn");
    }

    @Test
    void aPickleIsRefusedByNameAndByContent() {
        SortedMap<String, byte[]> named = folder(MLMODEL.replace("data: model.ubj", "data: model.pkl"));
        named.put("model.pkl", Zips.utf8("x"));
        assertThat(refused(named).code()).isEqualTo("pickle");
        SortedMap<String, byte[]> disguised = folder(MLMODEL);
        disguised.put("model.ubj", new byte[] {(byte) 0x80, 4, 'c', 'o', 's', '.'});
        assertThat(refused(disguised)).hasMessageContaining("save_model").hasMessageContaining("model.ubj");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../model.ubj", "file:///etc/passwd", "a/../../b", "s3://bucket/model"})
    void aPathOutsideTheFolderIsNeverFollowed(String path) {
        assertThat(refused(folder(MLMODEL.replace("data: model.ubj", "data: " + path)))
                        .code())
                .isEqualTo("mlflow_path");
    }

    @Test
    void columnsThatNeedPreprocessingAreRefused() {
        assertThat(refused(folder(MLMODEL.replace("\"long\", \"name\": \"age\"", "\"string\", \"name\": \"age\""))))
                .hasMessageContaining("column age")
                .extracting(Refused::value)
                .isEqualTo("string");
    }

    @Test
    void aSignatureOfAnotherWidthIsRefused() {
        SortedMap<String, byte[]> files =
                folder(MLMODEL.replace(", {\"type\": \"long\", \"name\": \"age\", \"required\": true}", ""));
        assertThat(refused(files).code()).isEqualTo("mlflow_signature");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        SortedMap<String, byte[]> files = folder(MLMODEL);
        files.remove("model.ubj");
        assertThat(refused(files)).hasMessageContaining("model.ubj");
    }
}
