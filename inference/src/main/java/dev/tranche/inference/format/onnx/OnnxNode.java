package dev.tranche.inference.format.onnx;

import dev.tranche.inference.ArtifactException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One operator of a graph (`NodeProto`).
///
/// @param operator its name, `TreeEnsembleRegressor`
/// @param domain its domain; empty for ONNX itself
/// @param inputs the names of the values it takes
/// @param outputs the names of the values it makes
/// @param attributes its attributes by name
record OnnxNode(
        String operator, String domain, List<String> inputs, List<String> outputs, Map<String, Attribute> attributes) {
    OnnxNode {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = Map.copyOf(attributes);
    }

    /// The values of an attribute; of a single value, lists of one.
    @SuppressWarnings("ArrayRecordComponent") // read once, then dropped
    record Attribute(
            long[] wholes,
            double[] reals,
            List<String> texts,
            @Nullable Proto tensor) {
        Attribute {
            texts = List.copyOf(texts);
        }
    }

    private static final Attribute NONE = new Attribute(new long[0], new double[0], List.of(), null);

    /// Whether the operator is this one of `ai.onnx.ml`.
    boolean isMl(String name) {
        return domain.equals("ai.onnx.ml") && operator.equals(name);
    }

    /// Whether the operator is this one of ONNX itself.
    boolean isCore(String name) {
        return (domain.isEmpty() || domain.equals("ai.onnx")) && operator.equals(name);
    }

    long[] wholes(String attribute) {
        return attributes.getOrDefault(attribute, NONE).wholes;
    }

    long whole(String attribute, long otherwise) {
        long[] wholes = wholes(attribute);
        return wholes.length == 0 ? otherwise : wholes[0];
    }

    double[] reals(String attribute) {
        return attributes.getOrDefault(attribute, NONE).reals;
    }

    List<String> texts(String attribute) {
        return attributes.getOrDefault(attribute, NONE).texts;
    }

    String text(String attribute, String otherwise) {
        List<String> texts = texts(attribute);
        return texts.isEmpty() ? otherwise : texts.getFirst();
    }

    /// The values of an attribute that is a tensor; null without it.
    @Nullable
    OnnxTensor tensor(String attribute) {
        Proto tensor = attributes.getOrDefault(attribute, NONE).tensor;
        return tensor == null ? null : OnnxTensor.read(tensor.again());
    }

    /// @param graphs told of each graph within an attribute, so that nothing in it goes unseen
    static OnnxNode read(Proto proto, Inner graphs) {
        String operator = "";
        String domain = "";
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        Map<String, Attribute> attributes = new HashMap<>();
        while (proto.next()) {
            switch (proto.field()) {
                case 1 -> inputs.add(proto.text());
                case 2 -> outputs.add(proto.text());
                case 4 -> operator = proto.text();
                case 5 -> attribute(proto.message(), attributes, graphs);
                case 7 -> domain = proto.text();
                default -> proto.skip();
            }
        }
        return new OnnxNode(operator, domain, inputs, outputs, attributes);
    }

    /// Reads a graph within an attribute.
    @FunctionalInterface
    interface Inner {
        void graph(Proto proto);
    }

    private static void attribute(Proto proto, Map<String, Attribute> attributes, Inner graphs) {
        String name = "";
        Longs wholes = new Longs();
        Reals reals = new Reals();
        List<String> texts = new ArrayList<>();
        Proto tensor = null;
        while (proto.next()) {
            switch (proto.field()) {
                case 1 -> name = proto.text();
                case 2, 7 -> proto.floats(reals);
                case 3, 8 -> proto.wholes(wholes);
                case 4, 9 -> texts.add(bytes(proto));
                case 5, 10 -> {
                    tensor = proto.message();
                    OnnxTensor.scan(tensor.again());
                }
                case 6, 11 -> graphs.graph(proto.message());
                case 22, 23 -> OnnxGraph.sparse(proto.message());
                default -> proto.skip();
            }
        }
        if (attributes.put(name, new Attribute(wholes.toArray(), reals.toArray(), texts, tensor)) != null) {
            throw ArtifactException.of("model_invalid", "an operator has the attribute " + name + " twice");
        }
    }

    /// An attribute's text is bytes in the format; those that are no text are of no interest here.
    private static String bytes(Proto proto) {
        return StandardCharsets.UTF_8.decode(proto.raw()).toString();
    }
}
