package dev.tranche.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.inference.format.Json;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What `model.yaml` may say under `explain`, and what comes of it.
class ExplainTest {
    /// Two stumps on `a` and `b`, each in two classes of three; a LightGBM text as its trainer writes it.
    private static final String CLASSES = lightgbm("multiclass num_class:3", 3, """
            Tree=0
            num_leaves=2
            num_cat=0
            split_feature=0
            split_gain=1
            threshold=0.5
            decision_type=2
            left_child=-1
            right_child=-2
            leaf_value=1 3
            leaf_weight=1 3
            leaf_count=10 30
            internal_value=0
            internal_weight=0
            internal_count=40
            is_linear=0
            shrinkage=1

            Tree=1
            num_leaves=2
            num_cat=0
            split_feature=1
            split_gain=1
            threshold=0.5
            decision_type=2
            left_child=-1
            right_child=-2
            leaf_value=-2 2
            leaf_weight=1 3
            leaf_count=20 20
            internal_value=0
            internal_weight=0
            internal_count=40
            is_linear=0
            shrinkage=1

            Tree=2
            num_leaves=1
            num_cat=0
            leaf_value=7
            is_linear=0
            shrinkage=1

            """);

    private static String lightgbm(String objective, int trees, String blocks) {
        return "tree\nversion=v4\nnum_class=3\nnum_tree_per_iteration=" + trees
                + "\nlabel_index=0\nmax_feature_idx=1\nobjective=" + objective
                + "\nfeature_names=a b\nfeature_infos=[0:1] [0:1]\n\n" + blocks + "end of trees\n\nparameters:\nend of"
                + " parameters\n\npandas_categorical:null\n";
    }

    private static Map<String, byte[]> classes(String explain) {
        Map<String, byte[]> files = new HashMap<>();
        files.put("model.yaml", ("""
                {"name": "seg_lgb_v1.0", "format": "lightgbm", "file": "model.txt", "output": "classes",
                 "label": {"name": "segment", "definition": "which of three", "positive": "1"}%s}""").formatted(explain).getBytes(UTF_8));
        files.put("features.json", "{\"features\": [\"a\", \"b\"]}".getBytes(UTF_8));
        files.put("model.txt", CLASSES.getBytes(UTF_8));
        files.put("background.jsonl", """
                {"input": {"a": 0, "b": 1}}
                {"input": {"a": 1, "b": 1}}

                {"input": {"a": 1, "b": 0}, "margin": [1, 2, 3], "output": [0.1, 0.2, 0.7]}
                {"input": {"a": 1, "b": 1}}
                """.getBytes(UTF_8));
        return files;
    }

    private static Contributions explain(Artifact artifact, String json) {
        Admission admission =
                artifact.schema().admit(artifact.schema().read(Json.parse(json).asStruct("row")));
        return artifact.explain(((Admission.Admitted) admission).row());
    }

    @Test
    void theClassThatIsExplainedIsSaidInTheFile() {
        Artifact second = Artifact.open(classes(", \"explain\": {\"margin\": 1}"));
        assertThat(second.explanation().margin()).isEqualTo(1);
        Contributions why = explain(second, "{\"a\": 1, \"b\": 1}");
        assertThat(why.method()).isEqualTo(Contributions.Method.TREE_PATH);
        assertThat(why.base()).isZero();
        assertThat(why.byFeature()).containsOnlyKeys("a", "b");
        assertThat(why.byFeature().get("a")).isZero();
        assertThat(why.byFeature().get("b")).isCloseTo(2, within(1e-12));
    }

    @Test
    void severalClassesWithoutAChosenOneAreNotExplained() {
        Artifact artifact = Artifact.open(classes(""));
        assertThatThrownBy(() -> explain(artifact, "{\"a\": 1, \"b\": 1}"))
                .isInstanceOfSatisfying(
                        ArtifactException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("not_explainable"))
                .hasMessageContaining("explain.margin which of the 3 margins is explained, 0..2");
    }

    @Test
    void aBackgroundIsNamedByItsFileRowsAndDigest() {
        Artifact artifact = Artifact.open(
                classes(
                        ", \"explain\": {\"margin\": 0, \"method\": \"tree_interventional\", \"background\": \"background.jsonl\"}"));
        Contributions why = explain(artifact, "{\"a\": 0, \"b\": 1}");
        assertThat(why.method()).isEqualTo(Contributions.Method.TREE_INTERVENTIONAL);
        assertThat(why.reference())
                .startsWith("background.jsonl: 4 rows, sha256 ")
                .matches(".* [0-9a-f]{64}");
        assertThat(why.base()).isCloseTo(2.5, within(1e-12));
        assertThat(why.sum()).isCloseTo(-1.5, within(1e-12));
    }

    @Test
    void aBackgroundIsPartOfWhatAFolderComputes() {
        String explain =
                ", \"explain\": {\"margin\": 0, \"method\": \"tree_interventional\", \"background\": \"background.jsonl\"}";
        Map<String, byte[]> other = classes(explain);
        other.put("background.jsonl", "{\"input\": {\"a\": 0, \"b\": 1}}".getBytes(UTF_8));
        assertThat(Artifact.essence(classes(explain))).isNotEqualTo(Artifact.essence(other));
        assertThat(Artifact.essence(classes(explain))).isEqualTo(Artifact.essence(classes(explain)));
    }

    @Test
    void pointsCountFromTheMeanOfABackground() {
        Map<String, byte[]> folder = Folders.logistic();
        String spec = Folders.text(folder, "model.yaml")
                .replace("\"label\"", "\"explain\": {\"background\": \"background.jsonl\"}, \"label\"");
        Map<String, byte[]> files = new HashMap<>(Folders.with(folder, "model.yaml", spec));
        files.put("background.jsonl", """
                {"input": {"debt": 100, "income": 1000, "purpose": "car"}}
                {"input": {"debt": 300, "income": 1000, "purpose": "radio/tv"}}
                """.getBytes(UTF_8));
        Artifact artifact = Artifact.open(files);
        String row = "{\"debt\":300,\"income\":1200,\"purpose\":\"radio/tv\"}";
        Contributions why = explain(artifact, row);
        Contributions own = explain(Artifact.open(folder), row);
        assertThat(why.reference()).startsWith("mean of background.jsonl: 2 rows");
        assertThat(why.base() + why.sum()).isCloseTo(own.base() + own.sum(), within(1e-12));
        assertThat(why.parts().get(0).value()).isCloseTo(2 * (0.25 - 0.2), within(1e-12));
    }

    @Test
    void pointsOfAScorecardFallAsPartsRise() {
        Artifact artifact = Artifact.open(Folders.scorecard());
        Contributions why = explain(artifact, "{\"age\":30,\"purpose\":\"radio/tv\"}");
        assertThat(why.direction()).isEqualTo(-1);
        assertThat(why.base() - why.sum()).isCloseTo(600, within(1e-9));
    }

    @Test
    void whatTheFileDemandsAndTheModelCannotGiveIsRefusedByName() {
        refused("{\"margin\": 3}", "margin must be within 0..2: 3");
        refused("{\"margin\": -1}", "margin must be a whole number from 0: -1");
        refused("{\"method\": \"lime\"}", "must be one of [points_below_reference, tree_path, tree_interventional]");
        refused("{\"method\": \"points_below_reference\"}", "does not fit a model that is explained by tree_path");
        refused("{\"method\": \"tree_interventional\"}", "must name a file of rows");
        refused("{\"method\": \"tree_path\", \"background\": \"b.jsonl\"}", "must be left out");
        refused("{\"background\": \"background.jsonl\"}", "a background needs method tree_interventional");
        refused("{\"method\": \"tree_interventional\", \"background\": \"b.jsonl\"}", "the folder has no b.jsonl");
        refused("{\"sort\": 1}", "sort");
        assertThatThrownBy(() -> {
                    Map<String, byte[]> folder = Folders.logistic();
                    Artifact.open(Folders.with(
                            folder,
                            "model.yaml",
                            Folders.text(folder, "model.yaml")
                                    .replace(
                                            "\"label\"",
                                            "\"explain\": {\"method\": \"tree_interventional\", \"background\":"
                                                    + " \"b\"}, \"label\"")));
                })
                .hasMessageContaining("tree_interventional needs a model of trees");
    }

    @Test
    void aBrokenBackgroundIsRefusedWithItsLine() {
        background("{\"input\": {\"a\": 0, \"b\": 1}}\n{\"input\": {\"a\": \"x\"}}", "line 2: ");
        background("{\"input\": {\"a\": 0}, \"weight\": 2}", "line 1: row has no key \"weight\"");
        background("", "a background must have 1..1024 rows: 0");
        background("{\"input\": {\"a\": 0, \"b\": 1}}\n".repeat(1030), "a background must have 1..1024 rows: 1030");
    }

    private static void background(String text, String message) {
        Map<String, byte[]> files = classes(
                ", \"explain\": {\"margin\": 0, \"method\": \"tree_interventional\", \"background\": \"background.jsonl\"}");
        files.put("background.jsonl", text.getBytes(UTF_8));
        assertThatThrownBy(() -> Artifact.open(files))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("background.jsonl")
                .hasMessageContaining(message);
    }

    private static void refused(String explain, String message) {
        assertThatThrownBy(() -> Artifact.open(classes(", \"explain\": " + explain)))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining(message);
    }
}
