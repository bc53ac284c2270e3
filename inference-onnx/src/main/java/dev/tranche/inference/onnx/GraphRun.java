package dev.tranche.inference.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.format.onnx.ElementType;
import dev.tranche.inference.format.onnx.OnnxGraph;
import dev.tranche.inference.format.onnx.OnnxTensor;
import dev.tranche.inference.format.onnx.OnnxValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Runs any graph of tensors as it is, whatever their shapes: for parity, where a model is no table of
/// features.
public final class GraphRun {
    private GraphRun() {}

    /// The version of ONNX Runtime that answers.
    public static String version() {
        return Session.environment().getVersion();
    }

    /// Runs a graph once.
    ///
    /// @param model the bytes of the ONNX file
    /// @param inputs one tensor for each input of the graph, in its order
    /// @return one tensor for each output of the graph, in its order
    /// @throws ArtifactException when the graph is broken or refused
    /// @throws IllegalArgumentException when there are more or fewer tensors than inputs
    /// @throws IllegalStateException when ONNX Runtime cannot run it
    public static List<OnnxTensor> run(byte[] model, List<OnnxTensor> inputs) {
        OnnxGraph graph = OnnxGraph.read(model);
        if (inputs.size() != graph.inputs().size()) {
            throw new IllegalArgumentException(
                    "the graph has " + graph.inputs().size() + " inputs: " + inputs.size() + " are given");
        }
        Map<String, ai.onnxruntime.OnnxTensor> tensors = new LinkedHashMap<>();
        try (Session session = Session.open(model, graph)) {
            for (int i = 0; i < inputs.size(); i++) {
                tensors.put(graph.inputs().get(i).name(), tensor(inputs.get(i)));
            }
            Set<String> names = new LinkedHashSet<>();
            graph.outputs().forEach(output -> names.add(output.name()));
            return session.run(tensors, names, result -> read(result, graph));
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot run the graph: " + Session.firstLine(e), e);
        } finally {
            tensors.values().forEach(ai.onnxruntime.OnnxTensor::close);
        }
    }

    private static ai.onnxruntime.OnnxTensor tensor(OnnxTensor given) throws OrtException {
        OrtEnvironment environment = Session.environment();
        long[] shape = given.dims().stream().mapToLong(Long::longValue).toArray();
        int size = given.type().real() ? given.reals().length : given.wholes().length;
        ByteBuffer bytes = ByteBuffer.allocateDirect(size * Long.BYTES).order(ByteOrder.nativeOrder());
        for (int i = 0; i < size; i++) {
            switch (given.type()) {
                case FLOAT -> bytes.putFloat((float) given.reals()[i]);
                case DOUBLE -> bytes.putDouble(given.reals()[i]);
                case INT32 -> bytes.putInt((int) given.wholes()[i]);
                case INT64 -> bytes.putLong(given.wholes()[i]);
                case INT16 -> bytes.putShort((short) given.wholes()[i]);
                case INT8, UINT8, BOOL -> bytes.put((byte) given.wholes()[i]);
                case STRING, OTHER -> throw new IllegalStateException("no numbers are of type " + given.type());
            }
        }
        bytes.flip();
        return switch (given.type()) {
            case FLOAT -> create(environment, bytes, shape, OnnxJavaType.FLOAT);
            case DOUBLE -> create(environment, bytes, shape, OnnxJavaType.DOUBLE);
            case INT32 -> create(environment, bytes, shape, OnnxJavaType.INT32);
            case INT64 -> create(environment, bytes, shape, OnnxJavaType.INT64);
            case INT16 -> create(environment, bytes, shape, OnnxJavaType.INT16);
            case INT8 -> create(environment, bytes, shape, OnnxJavaType.INT8);
            case UINT8 -> create(environment, bytes, shape, OnnxJavaType.UINT8);
            case BOOL -> create(environment, bytes, shape, OnnxJavaType.BOOL);
            case STRING ->
                ai.onnxruntime.OnnxTensor.createTensor(
                        environment, given.texts().toArray(String[]::new), shape);
            case OTHER ->
                throw new IllegalArgumentException("a tensor of another type cannot be given: " + given.name());
        };
    }

    private static ai.onnxruntime.OnnxTensor create(
            OrtEnvironment environment, ByteBuffer bytes, long[] shape, OnnxJavaType type) throws OrtException {
        return ai.onnxruntime.OnnxTensor.createTensor(environment, bytes, shape, type);
    }

    private static List<OnnxTensor> read(OrtSession.Result result, OnnxGraph graph) throws OrtException {
        List<OnnxTensor> tensors = new ArrayList<>();
        for (OnnxValue output : graph.outputs()) {
            ai.onnxruntime.OnnxValue value =
                    result.get(output.name()).orElseThrow(() -> new IllegalStateException("no value for " + output));
            if (!(value instanceof ai.onnxruntime.OnnxTensor tensor)) {
                throw new IllegalStateException("the output " + output + " is no tensor");
            }
            tensors.add(read(output, tensor));
        }
        return tensors;
    }

    private static OnnxTensor read(OnnxValue output, ai.onnxruntime.OnnxTensor tensor) throws OrtException {
        List<Long> shape =
                java.util.Arrays.stream(tensor.getInfo().getShape()).boxed().toList();
        if (output.type() == ElementType.STRING) {
            return new OnnxTensor(
                    output.name(), output.type(), shape, new long[0], new double[0], texts(tensor.getValue()));
        }
        double[] numbers = Columns.numbers(tensor);
        return output.type().real()
                ? new OnnxTensor(output.name(), output.type(), shape, new long[0], numbers, List.of())
                : new OnnxTensor(
                        output.name(),
                        output.type(),
                        shape,
                        java.util.Arrays.stream(numbers)
                                .mapToLong(number -> (long) number)
                                .toArray(),
                        new double[0],
                        List.of());
    }

    /// The texts of an array of any number of dimensions.
    private static List<String> texts(Object value) {
        if (value instanceof Object[] array) {
            List<String> texts = new ArrayList<>();
            for (Object item : array) {
                texts.addAll(texts(item));
            }
            return texts;
        }
        return List.of(String.valueOf(value));
    }
}
