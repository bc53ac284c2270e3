package dev.tranche.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.inference.Admission;
import dev.tranche.inference.Artifact;
import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.FeatureRow;
import dev.tranche.inference.RowRefusedException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A graph with one input for each feature, each of another type.
class ColumnsTest {
    private static final String FEATURES = """
            {"features": [
              {"name": "purpose", "type": "category", "missing": "allow", "categories": ["repairs", "car", "radio/tv"]},
              {"name": "owner", "type": "boolean"}, {"name": "children", "type": "number", "missing": "allow"},
              {"name": "income", "type": "number"}, {"name": "age", "type": "number"}]}""";

    private final Artifact artifact = open(FEATURES);

    private static Artifact open(String features) {
        Map<String, byte[]> files = Vectors.folder(Vectors.bytes("columns.onnx"), "probability", "bad", "");
        Vectors.text(files, "features.json", features);
        return Artifact.open(files, List.of(new OnnxReader()));
    }

    @AfterEach
    void close() {
        artifact.close();
    }

    private double score(double age, double income, double children, boolean owner, String purpose) {
        FeatureRow row = artifact.schema().row();
        row.number(artifact.schema().position("age"), age);
        row.number(artifact.schema().position("income"), income);
        if (!Double.isNaN(children)) {
            row.number(artifact.schema().position("children"), children);
        }
        row.flag(artifact.schema().position("owner"), owner);
        if (!purpose.isEmpty()) {
            row.text(artifact.schema().position("purpose"), purpose);
        }
        Admission admission = artifact.schema().admit(row);
        return artifact.score(((Admission.Admitted) admission).row(), Deadline.NONE)
                .score();
    }

    @Test
    void eachFeatureGoesToTheInputOfItsName() {
        double z = 0.02 * 30 - 0.001 * 1500 + 0.3 * 2 - 0.5 - 0.75 - 0.4;
        assertThat(artifact.model().inputNames()).containsExactly("age", "income", "children", "owner", "purpose");
        assertThat(score(30, 1500, 2, true, "radio/tv")).isCloseTo(1 / (1 + Math.exp(-z)), within(1e-6));
        assertThat(score(30, 1500, 2, false, "repairs"))
                .isCloseTo(1 / (1 + Math.exp(-(z + 0.5 + 0.75 + 1.5))), within(1e-6));
    }

    @Test
    void whatAnInputCannotHoldRefusesTheRow() {
        assertThatThrownBy(() -> score(30, 1500, 2.5, true, "car"))
                .isInstanceOf(RowRefusedException.class)
                .hasMessageContaining("children must be a whole number")
                .hasMessageContaining("2.5");
        assertThatThrownBy(() -> score(30, 1500, Double.NaN, true, "car"))
                .isInstanceOf(RowRefusedException.class)
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> score(30, 1500, 2, true, ""))
                .isInstanceOf(RowRefusedException.class)
                .hasMessageContaining("purpose must be one of [repairs, car, radio/tv]");
        assertThatThrownBy(() -> artifact.model().predict(new double[] {30, 1500, 2, 0.5, 1}, Deadline.NONE))
                .isInstanceOf(RowRefusedException.class)
                .hasMessageContaining("owner must be 0 or 1");
    }

    @Test
    void anInputOfTextsNeedsAListOfCategories() {
        assertThatThrownBy(() -> open(FEATURES.replace(
                        "\"type\": \"category\", \"missing\": \"allow\", \"categories\": [\"repairs\", \"car\","
                                + " \"radio/tv\"]",
                        "\"type\": \"number\"")))
                .isInstanceOfSatisfying(
                        ArtifactException.class, e -> assertThat(e.code()).isEqualTo("onnx_input"))
                .hasMessageContaining("purpose");
    }

    @Test
    void aFeatureThatNoInputAsksForIsNotGiven() {
        assertThatThrownBy(() -> open(FEATURES.replace("\"age\"", "\"years\"")))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("age");
    }
}
