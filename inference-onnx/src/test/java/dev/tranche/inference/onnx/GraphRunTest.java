package dev.tranche.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.format.onnx.ElementType;
import dev.tranche.inference.format.onnx.OnnxTensor;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Graphs run as they are, tensors in and tensors out.
class GraphRunTest {
    private static OnnxTensor reals(ElementType type, List<Long> shape, double... values) {
        return new OnnxTensor("", type, shape, new long[0], values, List.of());
    }

    private static OnnxTensor wholes(ElementType type, List<Long> shape, long... values) {
        return new OnnxTensor("", type, shape, values, new double[0], List.of());
    }

    @Test
    void labelsAndProbabilitiesComeInTheOrderOfTheGraph() {
        double[][] rows = Vectors.rows("forest");
        double[] all =
                Stream.of(rows).limit(3).flatMapToDouble(DoubleStream::of).toArray();
        List<OnnxTensor> answers =
                GraphRun.run(Vectors.bytes("forest.onnx"), List.of(reals(ElementType.FLOAT, List.of(3L, 4L), all)));
        OnnxTensor labels = answers.get(0);
        OnnxTensor probabilities = answers.get(1);
        assertThat(labels.dims()).containsExactly(3L);
        assertThat(probabilities.dims()).containsExactly(3L, 2L);
        for (int row = 0; row < 3; row++) {
            double bad = probabilities.reals()[2 * row + 1];
            assertThat(bad).isCloseTo(Vectors.probabilities("forest")[row][1], within(2e-6));
            assertThat(labels.texts().get(row)).isIn("good", "bad");
        }
    }

    @Test
    void everyTypeThatAGraphTakesCanBeGiven() {
        List<Long> two = List.of(2L, 1L);
        List<OnnxTensor> answers = GraphRun.run(
                Vectors.bytes("columns.onnx"),
                List.of(
                        reals(ElementType.FLOAT, two, 30, 40),
                        reals(ElementType.DOUBLE, two, 1500, 1500),
                        wholes(ElementType.INT64, two, 2, 0),
                        wholes(ElementType.BOOL, two, 1, 0),
                        new OnnxTensor(
                                "", ElementType.STRING, two, new long[0], new double[0], List.of("radio/tv", "car"))));
        double[] scores = answers.getFirst().reals();
        assertThat(scores[0]).isCloseTo(1 / (1 + Math.exp(1.95)), within(1e-6));
        assertThat(scores[1]).isCloseTo(1 / (1 + Math.exp(-(0.8 - 1.5 + 0.25 - 0.4))), within(1e-6));
    }

    @Test
    void whatDoesNotFitTheGraphIsRefused() {
        byte[] net = Vectors.bytes("net.onnx");
        OnnxTensor narrow = reals(ElementType.FLOAT, List.of(1L, 3L), 1, 2, 3);
        assertThatThrownBy(() -> GraphRun.run(net, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 inputs: 0 are given");
        assertThatThrownBy(() -> GraphRun.run(net, List.of(narrow)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ONNX Runtime cannot run the graph");
        assertThatThrownBy(() -> GraphRun.run(net, List.of(wholes(ElementType.OTHER, List.of(1L), 1))))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> GraphRun.run(new byte[] {1, 2, 3}, List.of())).isInstanceOf(ArtifactException.class);
    }

    @Test
    void mapsAreNoTensors() {
        OnnxTensor row = reals(ElementType.FLOAT, List.of(1L, 4L), 1, 2, 3, 4);
        assertThatThrownBy(() -> GraphRun.run(Vectors.bytes("logistic.onnx"), List.of(row)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("probabilities (a map a row) is no tensor");
    }

    @Test
    void wholeNumbersOfOtherWidthsMeetTheGraphsOwnRefusal() {
        for (ElementType type : List.of(ElementType.INT8, ElementType.UINT8, ElementType.INT16, ElementType.INT32)) {
            assertThatThrownBy(() ->
                            GraphRun.run(Vectors.bytes("net.onnx"), List.of(wholes(type, List.of(1L, 4L), 1, 2, 3, 4))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("ONNX Runtime cannot run the graph");
        }
    }
}
