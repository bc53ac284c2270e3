package dev.tranche.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.inference.Artifact;
import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Deadline;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which number of a graph is the score.
class OnnxAnswerTest {
    private static final double[] ROW = Vectors.rows("forest")[0];

    private static double score(String name, String positive, String onnx) {
        try (Artifact artifact = Vectors.open(name, positive, onnx)) {
            return artifact.model().predict(ROW, Deadline.NONE).score();
        }
    }

    @Test
    void theClassOfTheLabelIsFound() {
        assertThat(score("forest", "good", "") + score("forest", "bad", "")).isCloseTo(1, within());
    }

    @Test
    void theClassThatIsNamedGoesBeforeTheLabel() {
        assertThat(score("forest", "bad", "\"onnx\": {\"class\": \"good\"}, ")).isEqualTo(score("forest", "good", ""));
        assertThat(score("logistic", "bad", "\"onnx\": {\"class\": 0}, ")).isNotEqualTo(score("logistic", "bad", ""));
    }

    @Test
    void allClassesAreAnsweredInTheOrderOfTheGraph() {
        try (Artifact artifact = Artifact.open(
                Vectors.folder(Vectors.bytes("logistic.onnx"), "classes", "1", ""), List.of(new OnnxReader()))) {
            double[] outputs = artifact.model().predict(ROW, Deadline.NONE).outputs();
            assertThat(outputs).hasSize(2);
            assertThat(outputs[1]).isEqualTo(score("logistic", "1", ""));
        }
    }

    @Test
    void aLabelMayBeAskedForByName() {
        try (Artifact artifact = Artifact.open(
                Vectors.folder(Vectors.bytes("logistic.onnx"), "value", "1", "\"onnx\": {\"output\": \"label\"}, "),
                List.of(new OnnxReader()))) {
            double label = artifact.model().predict(ROW, Deadline.NONE).score();
            assertThat(label).isEqualTo(score("logistic", "1", "") > 0.5 ? 1 : 0);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            forest   | probability | yes | ""                     | onnx_class  | one of [good, bad]: not said
            forest   | probability | yes | {"class": "ugly"}      | onnx_class  | one of [good, bad]: ugly
            forest   | probability | bad | {"output": "nothing"}  | onnx_output | it has [label (string[?]), probabilities (float[?, 2])]
            forest   | value       | bad | {"output": "label"}    | onnx_output | holds no numbers
            net      | classes     | bad | ""                     | onnx_output | must have a column for each class: 1
            logistic | probability | bad | {"engine": "gpu"}      | file_invalid | must be one of [auto, runtime]: "gpu"
            logistic | probability | bad | {"klass": 1}           | file_invalid | has no key "klass"
            """)
    void whatCouldBeMeantInTwoWaysIsRefused(
            String name, String output, String positive, String onnx, String code, String message) {
        String member = onnx.equals("\"\"") ? "" : "\"onnx\": " + onnx + ", ";
        assertThatThrownBy(() -> Artifact.open(
                        Vectors.folder(Vectors.bytes(name + ".onnx"), output, positive, member),
                        List.of(new OnnxReader())))
                .isInstanceOfSatisfying(
                        ArtifactException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-6);
    }
}
