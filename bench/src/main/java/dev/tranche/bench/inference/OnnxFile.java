package dev.tranche.bench.inference;

import dev.tranche.inference.tree.Ensemble;
import dev.tranche.inference.tree.Tree;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Writes XGBoost's numeric trees as an ONNX model with one `TreeEnsembleRegressor` (`ai.onnx.ml` 3): the
/// mode is BRANCH_LT, and missing follows the default side. Field numbers are those of `onnx/onnx.proto3`.
final class OnnxFile {
    static final String INPUT = "rows";

    private static final int FLOAT = 1;
    private static final int ATTRIBUTE = 5;

    private final List<Integer> trees = new ArrayList<>();
    private final List<Integer> nodes = new ArrayList<>();
    private final List<Integer> features = new ArrayList<>();
    private final List<String> modes = new ArrayList<>();
    private final List<Float> thresholds = new ArrayList<>();
    private final List<Integer> left = new ArrayList<>();
    private final List<Integer> right = new ArrayList<>();
    private final List<Integer> missing = new ArrayList<>();
    private final List<Integer> leafTrees = new ArrayList<>();
    private final List<Integer> leafNodes = new ArrayList<>();
    private final List<Float> leaves = new ArrayList<>();

    private OnnxFile() {}

    /// The bytes of the model; its one output is the margin.
    static byte[] of(Ensemble ensemble) {
        OnnxFile file = new OnnxFile();
        for (int t = 0; t < ensemble.trees().size(); t++) {
            file.add(t, ensemble.trees().get(t));
        }
        return file.model(ensemble.start().getFirst().floatValue());
    }

    private void add(int t, Tree tree) {
        double[] nothing = new double[CreditTable.FEATURES];
        Arrays.fill(nothing, Double.NaN);
        for (int node = 0; node < tree.size(); node++) {
            boolean leaf = tree.isLeaf(node);
            trees.add(t);
            nodes.add(node);
            modes.add(leaf ? "LEAF" : "BRANCH_LT");
            features.add(leaf ? 0 : tree.feature(node));
            thresholds.add(leaf ? 0f : (float) tree.threshold(node));
            left.add(leaf ? 0 : tree.left(node));
            right.add(leaf ? 0 : tree.right(node));
            missing.add(!leaf && tree.goesLeft(node, nothing) ? 1 : 0);
            if (leaf) {
                leafTrees.add(t);
                leafNodes.add(node);
                leaves.add((float) tree.value(node));
            }
        }
    }

    private byte[] model(float base) {
        Message node = new Message()
                .text(1, INPUT)
                .text(2, "margin")
                .text(4, "TreeEnsembleRegressor")
                .text(7, "ai.onnx.ml");
        wholes(node, "nodes_treeids", trees);
        wholes(node, "nodes_nodeids", nodes);
        wholes(node, "nodes_featureids", features);
        texts(node, "nodes_modes", modes);
        floats(node, "nodes_values", thresholds);
        wholes(node, "nodes_truenodeids", left);
        wholes(node, "nodes_falsenodeids", right);
        wholes(node, "nodes_missing_value_tracks_true", missing);
        wholes(node, "target_treeids", leafTrees);
        wholes(node, "target_nodeids", leafNodes);
        wholes(node, "target_ids", leafTrees.stream().map(tree -> 0).toList());
        floats(node, "target_weights", leaves);
        floats(node, "base_values", List.of(base));
        node.message(ATTRIBUTE, new Message().text(1, "n_targets").whole(3, 1).whole(20, 2));
        Message graph = new Message()
                .message(1, node)
                .text(2, "trees")
                .message(11, matrix(INPUT, CreditTable.FEATURES))
                .message(12, matrix("margin", 1));
        return new Message()
                .whole(1, 8)
                .message(7, graph)
                .message(8, new Message().text(1, "").whole(2, 15))
                .message(8, new Message().text(1, "ai.onnx.ml").whole(2, 3))
                .bytes();
    }

    private static Message matrix(String name, int columns) {
        Message shape =
                new Message().message(1, new Message().text(2, "n")).message(1, new Message().whole(1, columns));
        Message type = new Message().message(1, new Message().whole(1, FLOAT).message(2, shape));
        return new Message().text(1, name).message(2, type);
    }

    private static void wholes(Message node, String name, List<Integer> values) {
        Message packed = new Message();
        values.forEach(packed::varint);
        node.message(ATTRIBUTE, new Message().text(1, name).message(8, packed).whole(20, 7));
    }

    private static void texts(Message node, String name, List<String> values) {
        Message attribute = new Message().text(1, name);
        values.forEach(value -> attribute.text(9, value));
        node.message(ATTRIBUTE, attribute.whole(20, 8));
    }

    private static void floats(Message node, String name, List<Float> values) {
        ByteBuffer packed = ByteBuffer.allocate(values.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(packed::putFloat);
        node.message(
                ATTRIBUTE, new Message().text(1, name).field(7, packed.array()).whole(20, 6));
    }

    /// A protobuf message, written field by field.
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message whole(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        Message text(int field, String value) {
            return field(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return field(field, value.bytes());
        }

        Message field(int field, byte[] value) {
            varint(((long) field << 3) | 2);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        void varint(long value) {
            long rest = value;
            for (; rest > 0x7f; rest >>>= 7) {
                out.write((int) ((rest & 0x7f) | 0x80));
            }
            out.write((int) rest);
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
