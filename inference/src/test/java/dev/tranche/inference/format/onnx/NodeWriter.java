package dev.tranche.inference.format.onnx;

import java.util.List;

/// Writes one operator.
final class NodeWriter {
    static final int FLOAT = 1;
    static final int UINT8 = 2;
    static final int INT64 = 7;
    static final int STRING = 8;
    static final int DOUBLE = 11;

    private final ProtoWriter node = new ProtoWriter();

    NodeWriter(String domain, String operator, List<String> inputs, List<String> outputs) {
        inputs.forEach(input -> node.text(1, input));
        outputs.forEach(output -> node.text(2, output));
        node.text(4, operator);
        node.text(7, domain);
    }

    NodeWriter whole(String name, long value) {
        node.message(5, new ProtoWriter().text(1, name).whole(3, value).whole(20, 2));
        return this;
    }

    NodeWriter text(String name, String value) {
        node.message(5, new ProtoWriter().text(1, name).text(4, value).whole(20, 3));
        return this;
    }

    NodeWriter wholes(String name, long... values) {
        node.message(5, new ProtoWriter().text(1, name).packed(8, values).whole(20, 7));
        return this;
    }

    NodeWriter floats(String name, float... values) {
        node.message(
                5,
                new ProtoWriter()
                        .text(1, name)
                        .bytes(7, ProtoWriter.floats(values))
                        .whole(20, 6));
        return this;
    }

    NodeWriter texts(String name, List<String> values) {
        ProtoWriter attribute = new ProtoWriter().text(1, name);
        values.forEach(value -> attribute.text(9, value));
        node.message(5, attribute.whole(20, 8));
        return this;
    }

    NodeWriter tensor(String name, ProtoWriter tensor) {
        node.message(5, new ProtoWriter().text(1, name).message(5, tensor).whole(20, 4));
        return this;
    }

    ProtoWriter written() {
        return node;
    }

    static ProtoWriter tensor(int type, int size, byte[] raw) {
        return new ProtoWriter()
                .packed(1, size)
                .whole(2, type)
                .text(8, "values")
                .bytes(9, raw);
    }
}
