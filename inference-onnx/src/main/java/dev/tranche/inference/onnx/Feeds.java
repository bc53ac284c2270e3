package dev.tranche.inference.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.ModelSource;
import dev.tranche.inference.RowRefusedException;
import dev.tranche.inference.format.onnx.ElementType;
import dev.tranche.inference.format.onnx.OnnxGraph;
import dev.tranche.inference.format.onnx.OnnxValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gives rows to the inputs of a graph: to one table `[N, F]`, or to one input for each feature or group of
/// features, each `[N, k]` or `[N]`. The places of a row go to the inputs in the order in which the graph
/// names them.
///
/// Immutable, safe for any number of threads.
final class Feeds {
    /// The largest whole number that every smaller one is exact below.
    private static final double EXACT = 1L << 53;

    /// One input: where its values begin in a row and how many they are.
    private record Feed(OnnxValue input, int from, int width, List<List<String>> levels) {}

    private final List<Feed> feeds;
    private final List<String> names;

    private Feeds(List<Feed> feeds, List<String> names) {
        this.feeds = List.copyOf(feeds);
        this.names = List.copyOf(names);
    }

    /// @throws ArtifactException `onnx_input` when an input cannot be given from a row
    static Feeds of(OnnxGraph graph, ModelSource source) {
        List<OnnxValue> inputs = graph.inputs();
        if (inputs.isEmpty()) {
            throw wrong("the graph has no input");
        }
        List<Feed> feeds = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (OnnxValue input : inputs) {
            int from = names.size();
            int width = width(input, inputs.size() == 1 ? source.columns().size() : 1);
            List<List<String>> levels = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                names.add(inputs.size() == 1 ? "f" + i : width == 1 ? input.name() : input.name() + "[" + i + "]");
                String column =
                        from + i < source.columns().size() ? source.columns().get(from + i) : input.name();
                levels.add(input.type() == ElementType.STRING ? levels(input, column, source) : List.of());
            }
            feeds.add(new Feed(input, from, width, levels));
        }
        return new Feeds(feeds, names);
    }

    private static int width(OnnxValue input, int open) {
        boolean type = input.kind() == OnnxValue.Kind.TENSOR
                && switch (input.type()) {
                    case FLOAT, DOUBLE, INT32, INT64, BOOL, STRING -> true;
                    case INT8, UINT8, INT16, OTHER -> false;
                };
        if (!type || input.dims().isEmpty() || input.dims().size() > 2) {
            throw wrong("the input " + input + " must be a tensor [rows, features] or [rows] of floats, doubles, 32- or"
                    + " 64-bit whole numbers, booleans or strings");
        }
        if (input.dims().getFirst() > 1) {
            throw wrong("the input " + input + " takes exactly " + input.dims().getFirst()
                    + " rows at once; export it for any number of rows");
        }
        long width = input.width();
        return width < 0 ? open : (int) width;
    }

    /// The categories behind a place: those of the feature with the input's name, else of the one in its
    /// place.
    private static List<String> levels(OnnxValue input, String column, ModelSource source) {
        List<String> named =
                source.columns().contains(input.name()) ? source.levels().apply(input.name()) : List.of();
        List<String> levels = named.isEmpty() ? source.levels().apply(column) : named;
        if (levels.isEmpty()) {
            throw wrong("the input " + input + " takes texts, so the column "
                    + (source.columns().contains(input.name()) ? input.name() : column)
                    + " must be a feature of type category with its list of categories");
        }
        return levels;
    }

    /// The names of a row's places: `f0, f1, …` of a table, which names no features.
    List<String> names() {
        return names;
    }

    /// The largest number of rows that one run may take: 1 where the graph says so.
    int mostRows() {
        return feeds.stream().anyMatch(feed -> feed.input.dims().getFirst() == 1) ? 1 : Integer.MAX_VALUE;
    }

    /// The tensors of these rows, which the caller closes.
    ///
    /// @param vectors row by row
    /// @throws RowRefusedException when a value cannot be given to its input
    Tensors tensors(double[] vectors, int rows) throws OrtException {
        OrtEnvironment environment = Session.environment();
        Tensors tensors = new Tensors();
        try {
            for (Feed feed : feeds) {
                tensors.byName.put(feed.input.name(), tensor(environment, feed, vectors, rows));
            }
            return tensors;
        } catch (OrtException | RuntimeException failed) {
            tensors.close();
            throw failed;
        }
    }

    /// Tensors by the name of their input.
    static final class Tensors implements AutoCloseable {
        private final Map<String, OnnxTensor> byName = new LinkedHashMap<>();

        private Tensors() {}

        Map<String, OnnxTensor> byName() {
            return byName;
        }

        @Override
        public void close() {
            byName.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor tensor(OrtEnvironment environment, Feed feed, double[] vectors, int rows) throws OrtException {
        int size = Math.multiplyExact(rows, feed.width);
        long[] shape = feed.input.dims().size() == 1 ? new long[] {rows} : new long[] {rows, feed.width};
        if (feed.input.type() == ElementType.STRING) {
            String[] texts = new String[size];
            for (int i = 0; i < size; i++) {
                texts[i] = text(feed, i % feed.width, value(feed, vectors, i));
            }
            return OnnxTensor.createTensor(environment, texts, shape);
        }
        int unit = switch (feed.input.type()) {
            case FLOAT, INT32 -> Integer.BYTES;
            case DOUBLE, INT64 -> Long.BYTES;
            case BOOL -> 1;
            case INT8, UINT8, INT16, STRING, OTHER ->
                throw new IllegalStateException("no row is given to " + feed.input);
        };
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(Math.multiplyExact(size, unit)).order(ByteOrder.nativeOrder());
        for (int i = 0; i < size; i++) {
            put(bytes, feed, i % feed.width, value(feed, vectors, i));
        }
        bytes.flip();
        OnnxJavaType type = switch (feed.input.type()) {
            case FLOAT -> OnnxJavaType.FLOAT;
            case DOUBLE -> OnnxJavaType.DOUBLE;
            case INT32 -> OnnxJavaType.INT32;
            case INT64 -> OnnxJavaType.INT64;
            case BOOL, INT8, UINT8, INT16, STRING, OTHER -> OnnxJavaType.BOOL;
        };
        return OnnxTensor.createTensor(environment, bytes, shape, type);
    }

    private double value(Feed feed, double[] vectors, int i) {
        return vectors[i / feed.width * names.size() + feed.from + i % feed.width];
    }

    private void put(ByteBuffer bytes, Feed feed, int place, double value) {
        switch (feed.input.type()) {
            case FLOAT -> bytes.putFloat((float) value);
            case DOUBLE -> bytes.putDouble(value);
            case INT32 -> bytes.putInt((int) whole(feed, place, value, Integer.MAX_VALUE));
            case INT64 -> bytes.putLong(whole(feed, place, value, EXACT));
            case BOOL -> {
                if (value != 0 && value != 1) {
                    throw refused(feed, place, "must be 0 or 1", value);
                }
                bytes.put((byte) value);
            }
            case INT8, UINT8, INT16, STRING, OTHER -> throw new IllegalStateException("no number for " + feed.input);
        }
    }

    private long whole(Feed feed, int place, double value, double most) {
        if (!(Math.abs(value) <= most) || value != Math.rint(value)) {
            throw refused(feed, place, "must be a whole number within -" + (long) most + ".." + (long) most, value);
        }
        return (long) value;
    }

    private String text(Feed feed, int place, double value) {
        List<String> levels = feed.levels.get(place);
        if (!(value >= 0 && value < levels.size()) || value != Math.rint(value)) {
            throw refused(
                    feed, place, "must be one of " + levels + ", a missing or another one cannot be given", value);
        }
        return levels.get((int) value);
    }

    private RowRefusedException refused(Feed feed, int place, String rule, double value) {
        return RowRefusedException.of(
                names.get(feed.from + place), rule + ": " + (Double.isNaN(value) ? "missing" : value));
    }

    private static ArtifactException wrong(String reason) {
        return ArtifactException.of("onnx_input", reason);
    }
}
