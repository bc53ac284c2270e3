package dev.tranche.inference.format.onnx;

/// Writes an ONNX file.
final class GraphWriter {
    private final ProtoWriter graph = new ProtoWriter().text(2, "graph");
    private final long mlVersion;

    GraphWriter(long mlVersion) {
        this.mlVersion = mlVersion;
    }

    GraphWriter node(NodeWriter node) {
        graph.message(1, node.written());
        return this;
    }

    /// A table of rows; a negative width is open.
    GraphWriter input(String name, int type, long width) {
        graph.message(11, tensor(name, type, width));
        return this;
    }

    GraphWriter output(String name, int type, long width) {
        graph.message(12, tensor(name, type, width));
        return this;
    }

    /// A map from class to probability for each row.
    GraphWriter maps(String name, int keys) {
        ProtoWriter map = new ProtoWriter()
                .whole(1, keys)
                .message(2, new ProtoWriter().message(1, new ProtoWriter().whole(1, NodeWriter.FLOAT)));
        ProtoWriter sequence = new ProtoWriter().message(1, new ProtoWriter().message(5, map));
        graph.message(12, new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(4, sequence)));
        return this;
    }

    GraphWriter raw(int field, ProtoWriter message) {
        graph.message(field, message);
        return this;
    }

    byte[] toBytes() {
        return model().toBytes();
    }

    ProtoWriter model() {
        return new ProtoWriter()
                .whole(1, 8)
                .text(2, "tranche tests")
                .message(7, graph)
                .message(8, new ProtoWriter().text(1, "").whole(2, 17))
                .message(8, new ProtoWriter().text(1, "ai.onnx.ml").whole(2, mlVersion));
    }

    private static ProtoWriter tensor(String name, int type, long width) {
        ProtoWriter rows = new ProtoWriter().text(2, "N");
        ProtoWriter columns = width < 0 ? new ProtoWriter().text(2, "F") : new ProtoWriter().whole(1, width);
        ProtoWriter shape = new ProtoWriter().message(1, rows);
        if (width != 0) {
            shape.message(1, columns);
        }
        return new ProtoWriter()
                .text(1, name)
                .message(
                        2,
                        new ProtoWriter()
                                .message(1, new ProtoWriter().whole(1, type).message(2, shape)));
    }
}
