package dev.tranche.inference.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.inference.Deadline;
import dev.tranche.inference.ModelSource;
import dev.tranche.inference.OutputKind;
import dev.tranche.inference.format.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// What is left to ONNX Runtime, and why.
class OnnxTreesTest {
    private static final OnnxOptions AUTO = new OnnxOptions(Optional.empty(), Optional.empty(), false);

    /// One split of feature 0 at 1, `<=`, with the leaves 10 (no) and 20 (yes).
    private static NodeWriter split(String mode, float threshold, List<String> inputs) {
        return new NodeWriter("ai.onnx.ml", "TreeEnsembleRegressor", inputs, List.of("R"))
                .wholes("nodes_treeids", 0, 0, 0)
                .wholes("nodes_nodeids", 0, 1, 2)
                .wholes("nodes_featureids", 0, 0, 0)
                .wholes("nodes_truenodeids", 2, 0, 0)
                .wholes("nodes_falsenodeids", 1, 0, 0)
                .floats("nodes_values", threshold, 0, 0)
                .texts("nodes_modes", List.of(mode, "LEAF", "LEAF"));
    }

    private static NodeWriter leaves(NodeWriter node, long... nodes) {
        float[] weights = new float[nodes.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 10 * (i + 1);
        }
        return node.wholes("target_treeids", new long[nodes.length])
                .wholes("target_nodeids", nodes)
                .wholes("target_ids", new long[nodes.length])
                .floats("target_weights", weights)
                .whole("n_targets", 1);
    }

    private static NodeWriter plain() {
        return leaves(split("BRANCH_LEQ", 1, List.of("X")), 1, 2);
    }

    private static GraphWriter around(NodeWriter trees) {
        return new GraphWriter(3)
                .input("X", NodeWriter.FLOAT, 2)
                .node(trees)
                .node(new NodeWriter("", "Identity", List.of("R"), List.of("Y")))
                .output("Y", NodeWriter.FLOAT, 1);
    }

    private static OnnxTrees.Outcome read(byte[] file, OnnxOptions options) {
        OnnxGraph graph = OnnxGraph.read(file);
        OnnxAnswer answer = OnnxAnswer.of(graph, options, OutputKind.VALUE);
        ModelSource source = new ModelSource(
                "model.onnx",
                file,
                new Json.Struct(Map.of()),
                OutputKind.VALUE,
                "1",
                List.of("a", "b"),
                name -> List.of());
        return OnnxTrees.read(graph, answer, source, options);
    }

    private static void left(byte[] file, String reason) {
        assertThat(read(file, AUTO))
                .isInstanceOfSatisfying(
                        OnnxTrees.Outcome.Left.class,
                        left -> assertThat(left.reason()).contains(reason));
    }

    private static void left(UnaryOperator<NodeWriter> change, String reason) {
        left(around(change.apply(plain())).toBytes(), reason);
    }

    @Test
    void aGraphWithoutAnInputIsLeft() {
        byte[] file = new GraphWriter(3)
                .node(plain())
                .output("R", NodeWriter.FLOAT, 1)
                .toBytes();
        assertThat(read(file, AUTO)).isInstanceOf(OnnxTrees.Outcome.Left.class);
    }

    @Test
    void theSplitItselfIsTaken() {
        assertThat(read(around(plain()).toBytes(), AUTO))
                .isInstanceOfSatisfying(OnnxTrees.Outcome.Taken.class, taken -> {
                    assertThat(taken.model()
                                    .predict(new double[] {1, 0}, Deadline.NONE)
                                    .score())
                            .isEqualTo(20);
                    assertThat(taken.model()
                                    .predict(new double[] {1.0000001, 0}, Deadline.NONE)
                                    .score())
                            .isEqualTo(10);
                    assertThat(taken.model().tolerance()).isZero();
                    assertThat(taken.model().explainer()).isEmpty();
                });
    }

    @Test
    void theOwnerMayAskForOnnxRuntime() {
        OnnxOptions runtime = new OnnxOptions(Optional.empty(), Optional.empty(), true);
        assertThat(read(around(plain()).toBytes(), runtime))
                .isEqualTo(new OnnxTrees.Outcome.Left("model.yaml says engine: runtime"));
    }

    @Test
    void questionsThatOursCannotAskAreLeft() {
        for (String mode : List.of("BRANCH_EQ", "BRANCH_NEQ", "BRANCH_MAYBE")) {
            left(around(leaves(split(mode, 1, List.of("X")), 1, 2)).toBytes(), "mode");
        }
        left(
                around(leaves(split("BRANCH_LEQ", Float.POSITIVE_INFINITY, List.of("X")), 1, 2))
                        .toBytes(),
                "threshold is not finite");
        left(around(leaves(split("BRANCH_LEQ", Float.NaN, List.of("X")), 1, 2)).toBytes(), "not finite");
    }

    @Test
    void sumsThatOursDoesNotMakeAreLeft() {
        left(node -> node.text("aggregate_function", "MAX"), "aggregate_function");
        left(node -> node.text("aggregate_function", "AVERAGE").floats("base_values", 1), "average");
        left(node -> node.floats("base_values", 1, 2), "base_values");
        left(node -> node.text("post_transform", "CUBE"), "post_transform is CUBE");
        left(node -> node.whole("invented_later", 1), "the attribute invented_later");
    }

    @Test
    void treesThatAreNoneAreLeft() {
        left(around(leaves(split("BRANCH_LEQ", 1, List.of("X")), 1)).toBytes(), "no weight");
        left(around(leaves(split("BRANCH_LEQ", 1, List.of("X")), 1, 2, 2)).toBytes(), "two for the same target");
        left(around(leaves(split("BRANCH_LEQ", 1, List.of("X")), 0, 1, 2)).toBytes(), "is no leaf");
        left(around(leaves(split("BRANCH_LEQ", 1, List.of("X")), 1, 2, 7)).toBytes(), "no node 7");
    }

    @Test
    void otherOperatorsAroundTheTreesAreLeft() {
        GraphWriter before = new GraphWriter(3)
                .input("X", NodeWriter.FLOAT, 2)
                .node(new NodeWriter("", "Abs", List.of("X"), List.of("A")))
                .node(leaves(split("BRANCH_LEQ", 1, List.of("A")), 1, 2))
                .output("R", NodeWriter.FLOAT, 1);
        left(before.toBytes(), "Abs stands before the trees");
        GraphWriter behind = new GraphWriter(3)
                .input("X", NodeWriter.FLOAT, 2)
                .node(plain())
                .node(new NodeWriter("", "Exp", List.of("R"), List.of("Y")))
                .output("Y", NodeWriter.FLOAT, 1);
        left(behind.toBytes(), "Exp stands behind the trees");
        GraphWriter wider = new GraphWriter(3)
                .input("X", NodeWriter.FLOAT, 2)
                .node(new NodeWriter("", "Cast", List.of("X"), List.of("D")).whole("to", NodeWriter.DOUBLE))
                .node(leaves(split("BRANCH_LEQ", 1, List.of("D")), 1, 2))
                .output("R", NodeWriter.FLOAT, 1);
        left(wider.toBytes(), "cast to something else than float");
        GraphWriter whole =
                new GraphWriter(3).input("X", NodeWriter.INT64, 2).node(plain()).output("R", NodeWriter.FLOAT, 1);
        left(whole.toBytes(), "no table of floats or doubles");
        GraphWriter two = new GraphWriter(3)
                .input("X", NodeWriter.FLOAT, 2)
                .input("Z", NodeWriter.FLOAT, 2)
                .node(plain())
                .output("R", NodeWriter.FLOAT, 1);
        left(two.toBytes(), "not given the one input");
        GraphWriter none = new GraphWriter(3)
                .input("X", NodeWriter.FLOAT, 2)
                .node(new NodeWriter("", "Identity", List.of("X"), List.of("Y")))
                .output("Y", NodeWriter.FLOAT, 2);
        left(none.toBytes(), "no trees make Y");
    }

    @Test
    void aFeatureBeyondTheRowIsLeft() {
        NodeWriter node = new NodeWriter("ai.onnx.ml", "TreeEnsembleRegressor", List.of("X"), List.of("R"))
                .wholes("nodes_treeids", 0, 0, 0)
                .wholes("nodes_nodeids", 0, 1, 2)
                .wholes("nodes_featureids", 2, 0, 0)
                .wholes("nodes_truenodeids", 2, 0, 0)
                .wholes("nodes_falsenodeids", 1, 0, 0)
                .floats("nodes_values", 1, 0, 0)
                .texts("nodes_modes", List.of("BRANCH_LEQ", "LEAF", "LEAF"));
        left(around(leaves(node, 1, 2)).toBytes(), "feature 2");
    }
}
