package dev.tranche.inference.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Trials;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is learnt of a file before anything runs it, and what is refused.
class OnnxGraphTest {
    private static final NodeWriter IDENTITY = new NodeWriter("", "Identity", List.of("X"), List.of("Y"));

    private static GraphWriter graph() {
        return new GraphWriter(3).input("X", NodeWriter.FLOAT, 4).output("Y", NodeWriter.FLOAT, 4);
    }

    private static void refused(byte[] file, String code, String message) {
        assertThatThrownBy(() -> OnnxGraph.read(file))
                .isInstanceOfSatisfying(
                        ArtifactException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    private static ProtoWriter elsewhere(String name) {
        return new ProtoWriter()
                .packed(1, 2)
                .whole(2, NodeWriter.FLOAT)
                .text(8, name)
                .message(13, new ProtoWriter().text(1, "location").text(2, "/etc/passwd"))
                .whole(14, 1);
    }

    @Test
    void inputsAndOutputsAreTold() {
        OnnxGraph graph = OnnxGraph.read(graph().node(IDENTITY)
                .maps("maps", NodeWriter.INT64)
                .output("open", NodeWriter.DOUBLE, -1)
                .output("line", NodeWriter.STRING, 0)
                .toBytes());
        assertThat(graph.inputs()).hasToString("[X (float[?, 4])]");
        assertThat(graph.outputs())
                .hasToString("[Y (float[?, 4]), maps (a map a row), open (double[?, ?]), line (string[?])]");
        assertThat(graph.outputs().stream().map(OnnxValue::width)).containsExactly(4L, 1L, -1L, 1L);
        assertThat(graph.producer()).isEqualTo("tranche tests");
        assertThat(graph.opset("ai.onnx.ml")).isEqualTo(3);
    }

    @Test
    void anInputWithAValueInTheFileIsNotAsked() {
        ProtoWriter weights = NodeWriter.tensor(NodeWriter.FLOAT, 1, ProtoWriter.floats(1));
        OnnxGraph graph = OnnxGraph.read(graph().node(IDENTITY)
                .input("values", NodeWriter.FLOAT, 1)
                .raw(5, weights)
                .toBytes());
        assertThat(graph.inputs()).hasSize(1);
    }

    @Test
    void valuesInAnotherFileAreRefusedWhereverTheyStand() {
        refused(graph().node(IDENTITY).raw(5, elsewhere("w")).toBytes(), "model_external_data", "\"w\"");
        refused(
                graph().node(new NodeWriter("", "Constant", List.of(), List.of("Y")).tensor("value", elsewhere("c")))
                        .toBytes(),
                "model_external_data",
                "\"c\"");
        ProtoWriter inner = new ProtoWriter().message(5, elsewhere("deep"));
        ProtoWriter branch =
                new ProtoWriter().text(1, "then_branch").message(6, inner).whole(20, 5);
        ProtoWriter node = new ProtoWriter().text(2, "Y").text(4, "If").message(5, branch);
        refused(graph().raw(1, node).toBytes(), "model_external_data", "\"deep\"");
        ProtoWriter sparse = new ProtoWriter().message(1, elsewhere("sparse"));
        refused(graph().node(IDENTITY).raw(15, sparse).toBytes(), "model_external_data", "\"sparse\"");
    }

    @Test
    void operatorsOfSomebodysOwnAreRefusedByName() {
        NodeWriter own = new NodeWriter("com.acme", "Magic", List.of("X"), List.of("Y"));
        refused(graph().node(own).toBytes(), "model_custom_operator", "com.acme:Magic");
        ProtoWriter function = new ProtoWriter()
                .text(1, "Magic")
                .message(7, IDENTITY.written())
                .text(10, "com.acme");
        byte[] file = graph().node(own).model().message(25, function).toBytes();
        assertThat(OnnxGraph.read(file).nodes()).hasSize(1);
    }

    @Test
    void whatIsNoGraphIsRefused() {
        refused(new byte[0], "model_invalid", "no ONNX file");
        refused(new byte[] {8, 1}, "model_invalid", "no graph");
        refused(new byte[] {1}, "model_invalid", "");
        refused(new ProtoWriter().message(20, new ProtoWriter()).toBytes(), "model_invalid", "training");
        refused(new byte[OnnxGraph.MOST_BYTES + 1], "model_too_large", "may have 134217728 bytes: 134217729");
    }

    @Test
    void messagesNestedWithoutEndAreRefused() {
        ProtoWriter node = IDENTITY.written();
        for (int i = 0; i < 40; i++) {
            ProtoWriter graph = new ProtoWriter().message(1, node);
            node = new ProtoWriter()
                    .text(4, "If")
                    .message(5, new ProtoWriter().text(1, "b").message(6, graph));
        }
        refused(graph().raw(1, node).toBytes(), "model_invalid", "nested 48 deep");
    }

    @Test
    void everyCutAndEveryChangedByteIsAGraphOrRefused() {
        Trials.of(60, random -> {
            Grown grown = new Grown(random, 3, 3, List.of("BRANCH_LEQ"), true);
            NodeWriter trees = new NodeWriter("ai.onnx.ml", "TreeEnsembleRegressor", List.of("X"), List.of("Y"));
            grown.older(trees, random.nextBoolean());
            grown.weights(trees, "target", tree -> new long[] {0}, false, false);
            byte[] file = graph().node(trees.whole("n_targets", 1)).toBytes();
            for (int round = 0; round < 100; round++) {
                byte[] broken = Arrays.copyOf(file, random.nextBoolean() ? file.length : random.nextInt(file.length));
                for (int i = random.nextInt(4); i > 0 && broken.length > 0; i--) {
                    broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
                }
                try {
                    OnnxGraph graph = OnnxGraph.read(broken);
                    graph.checkTrees();
                    assertThat(graph.nodes()).isNotEmpty();
                } catch (ArtifactException refused) {
                    assertThat(refused.code()).startsWith("model_");
                }
            }
        });
    }

    @Test
    void treesThatOnnxRuntimeWouldNotSurviveAreRefused() {
        assertThatThrownBy(() -> chain(501, false)).hasMessageContaining("more than 500 splits");
        assertThatThrownBy(() -> chain(10, true)).hasMessageContaining("circle");
        chain(500, false);
    }

    private static void chain(int length, boolean circle) {
        long[] zeros = new long[length + 1];
        long[] ids = new long[length + 1];
        long[] yes = new long[length + 1];
        long[] no = new long[length + 1];
        String[] modes = new String[length + 1];
        for (int i = 0; i <= length; i++) {
            ids[i] = i;
            yes[i] = length;
            no[i] = i + 1L;
            modes[i] = i < length ? "BRANCH_LEQ" : "LEAF";
        }
        no[length - 1] = circle ? 0 : length;
        NodeWriter trees = new NodeWriter("ai.onnx.ml", "TreeEnsembleRegressor", List.of("X"), List.of("Y"))
                .wholes("nodes_treeids", zeros)
                .wholes("nodes_nodeids", ids)
                .wholes("nodes_truenodeids", yes)
                .wholes("nodes_falsenodeids", no)
                .texts("nodes_modes", List.of(modes));
        OnnxGraph.read(graph().node(trees).toBytes()).checkTrees();
    }

    @Test
    void tensorsAreReadInEveryNotation() {
        byte[] unpacked = new ProtoWriter()
                .whole(1, 2)
                .whole(2, NodeWriter.FLOAT)
                .real(4, 1.5f)
                .real(4, -2f)
                .toBytes();
        assertThat(OnnxTensor.read(unpacked).reals()).containsExactly(1.5, -2);
        byte[] doubles = new ProtoWriter()
                .packed(1, 1, 2)
                .whole(2, NodeWriter.DOUBLE)
                .bytes(10, ProtoWriter.doubles(3, 4))
                .toBytes();
        assertThat(OnnxTensor.read(doubles).reals()).containsExactly(3, 4);
        assertThat(OnnxTensor.read(doubles).dims()).containsExactly(1L, 2L);
        byte[] longs = new ProtoWriter()
                .packed(1, 2)
                .whole(2, NodeWriter.INT64)
                .packed(7, -1, 1L << 40)
                .toBytes();
        assertThat(OnnxTensor.read(longs).wholes()).containsExactly(-1, 1L << 40);
        byte[] texts = new ProtoWriter()
                .packed(1, 2)
                .whole(2, NodeWriter.STRING)
                .text(6, "a")
                .text(6, "ü")
                .toBytes();
        assertThat(OnnxTensor.read(texts).texts()).containsExactly("a", "ü");
        byte[] raw = NodeWriter.tensor(NodeWriter.UINT8, 2, new byte[] {1, (byte) 255})
                .toBytes();
        assertThat(OnnxTensor.read(raw).wholes()).containsExactly(1, 255);
    }

    @Test
    void aTensorWhoseShapeAndValuesDifferIsRefused() {
        byte[] three =
                NodeWriter.tensor(NodeWriter.FLOAT, 3, ProtoWriter.floats(1, 2)).toBytes();
        assertThatThrownBy(() -> OnnxTensor.read(three))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("shape [3] has 2 values");
        byte[] odd = NodeWriter.tensor(NodeWriter.FLOAT, 1, new byte[5]).toBytes();
        assertThatThrownBy(() -> OnnxTensor.read(odd)).isInstanceOf(ArtifactException.class);
        byte[] half = NodeWriter.tensor(10, 1, new byte[2]).toBytes();
        assertThatThrownBy(() -> OnnxTensor.read(half)).isInstanceOf(ArtifactException.class);
    }
}
