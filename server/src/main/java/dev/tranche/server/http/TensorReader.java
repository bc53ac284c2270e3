package dev.tranche.server.http;

import dev.tranche.server.protocol.Column;
import dev.tranche.server.protocol.Datatype;
import dev.tranche.server.protocol.InferRequest;
import dev.tranche.server.protocol.Parameter;
import dev.tranche.server.protocol.Parameters;
import dev.tranche.server.protocol.ProtocolException;
import dev.tranche.server.protocol.RawTensor;
import dev.tranche.server.protocol.Tensor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/// Reads an inference request from JSON, and from the binary parts behind it, straight into tensors; no tree
/// is built. Members may come in any order: data that comes before its shape and datatype is skipped and read
/// afterwards. Members that the protocol does not name are ignored.
final class TensorReader {
    private final byte[] body;
    private final int jsonLength;

    /// A tensor whose data may still be missing.
    private static final class Open {
        private @Nullable String name;
        private @Nullable Datatype datatype;
        private @Nullable List<Long> shape;
        private Parameters parameters = Parameters.NONE;
        private @Nullable Column column;
        private int deferred = -1;
    }

    private TensorReader(byte[] body, int jsonLength) {
        this.body = body;
        this.jsonLength = jsonLength;
    }

    /// Reads a request.
    ///
    /// @param body the JSON, and behind it the binary data of tensors
    /// @param jsonLength how many bytes the JSON has; the whole body when there is no binary data
    /// @throws ProtocolException when it breaks a rule
    /// @throws tools.jackson.core.JacksonException when it is not JSON
    static InferRequest read(byte[] body, int jsonLength) {
        return new TensorReader(body, jsonLength).read();
    }

    private InferRequest read() {
        String id = null;
        Parameters parameters = Parameters.NONE;
        List<Open> inputs = List.of();
        List<InferRequest.Wanted> outputs = List.of();
        try (JsonParser in = Json.FACTORY.createParser(ObjectReadContext.empty(), body, 0, jsonLength)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw ProtocolException.invalid("the body must be a JSON object");
            }
            BitSet seen = new BitSet();
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                JsonToken token = in.nextToken();
                switch (name) {
                    case "id" -> {
                        once(seen, 0, name);
                        id = token == JsonToken.VALUE_NULL ? null : text("id", token, in);
                    }
                    case "parameters" -> {
                        once(seen, 1, name);
                        parameters = parameters("the request", token, in);
                    }
                    case "inputs" -> {
                        once(seen, 2, name);
                        inputs = inputs(token, in);
                    }
                    case "outputs" -> {
                        once(seen, 3, name);
                        outputs = outputs(token, in);
                    }
                    default -> in.skipChildren();
                }
            }
            if (in.nextToken() != null) {
                throw ProtocolException.invalid("something follows the JSON object");
            }
        }
        return new InferRequest(id, parameters, closed(inputs), outputs);
    }

    private static void once(BitSet seen, int field, String name) {
        if (seen.get(field)) {
            throw ProtocolException.invalid("the member " + name + " is given twice");
        }
        seen.set(field);
    }

    private List<Open> inputs(JsonToken token, JsonParser in) {
        if (token != JsonToken.START_ARRAY) {
            throw ProtocolException.invalid("inputs must be an array of tensors");
        }
        List<Open> inputs = new ArrayList<>();
        for (JsonToken each = in.nextToken(); each != JsonToken.END_ARRAY; each = in.nextToken()) {
            if (each != JsonToken.START_OBJECT) {
                throw ProtocolException.invalid("an input must be an object with name, shape, datatype and data");
            }
            if (inputs.size() == InferRequest.TENSOR_LIMIT) {
                throw ProtocolException.invalid("a request may have at most " + InferRequest.TENSOR_LIMIT + " inputs");
            }
            inputs.add(input(in));
        }
        return inputs;
    }

    private Open input(JsonParser in) {
        Open tensor = new Open();
        BitSet seen = new BitSet();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            JsonToken token = in.nextToken();
            switch (name) {
                case "name" -> {
                    once(seen, 0, name);
                    tensor.name = Tensor.named(text("the name of an input", token, in));
                }
                case "datatype" -> {
                    once(seen, 1, name);
                    tensor.datatype = Datatype.parse(named(tensor), text("datatype", token, in));
                }
                case "shape" -> {
                    once(seen, 2, name);
                    tensor.shape = shape(named(tensor), token, in);
                }
                case "parameters" -> {
                    once(seen, 3, name);
                    tensor.parameters = parameters("input " + named(tensor), token, in);
                }
                case "data" -> {
                    once(seen, 4, name);
                    data(tensor, token, in);
                }
                default -> in.skipChildren();
            }
        }
        return tensor;
    }

    private static String named(Open tensor) {
        return tensor.name == null ? "(not named yet)" : tensor.name;
    }

    private void data(Open tensor, JsonToken token, JsonParser in) {
        if (token != JsonToken.START_ARRAY) {
            throw ProtocolException.invalid("the data of input " + named(tensor) + " must be an array");
        }
        if (tensor.datatype != null && tensor.shape != null) {
            tensor.column = new TensorElements(named(tensor), tensor.datatype, tensor.shape, jsonLength).read(in);
        } else {
            tensor.deferred = (int) in.currentTokenLocation().getByteOffset();
            in.skipChildren();
        }
    }

    private static List<Long> shape(String name, JsonToken token, JsonParser in) {
        if (token != JsonToken.START_ARRAY) {
            throw ProtocolException.invalid("the shape of input " + name + " must be an array of whole numbers");
        }
        List<Long> shape = new ArrayList<>();
        for (JsonToken each = in.nextToken(); each != JsonToken.END_ARRAY; each = in.nextToken()) {
            if (each != JsonToken.VALUE_NUMBER_INT || shape.size() == Tensor.RANK_LIMIT) {
                throw ProtocolException.invalid("the shape of input " + name + " must be an array of 1.."
                        + Tensor.RANK_LIMIT + " whole numbers");
            }
            shape.add(whole("a dimension of the shape of input " + name, in));
        }
        Tensor.elements(name, shape);
        return shape;
    }

    private static long whole(String what, JsonParser in) {
        if (in.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw ProtocolException.invalid(what + " must be a whole number of 64 bits: " + in.getString());
        }
        return in.getLongValue();
    }

    private static List<InferRequest.Wanted> outputs(JsonToken token, JsonParser in) {
        if (token == JsonToken.VALUE_NULL) {
            return List.of();
        }
        if (token != JsonToken.START_ARRAY) {
            throw ProtocolException.invalid("outputs must be an array of objects with a name");
        }
        List<InferRequest.Wanted> outputs = new ArrayList<>();
        for (JsonToken each = in.nextToken(); each != JsonToken.END_ARRAY; each = in.nextToken()) {
            if (each != JsonToken.START_OBJECT || outputs.size() == InferRequest.TENSOR_LIMIT) {
                throw ProtocolException.invalid("outputs must be an array of objects with a name");
            }
            String output = null;
            Parameters parameters = Parameters.NONE;
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                JsonToken value = in.nextToken();
                switch (name) {
                    case "name" -> output = Tensor.named(text("the name of an output", value, in));
                    case "parameters" -> parameters = parameters("an output", value, in);
                    default -> in.skipChildren();
                }
            }
            if (output == null) {
                throw ProtocolException.invalid("a requested output has no name");
            }
            outputs.add(new InferRequest.Wanted(output, parameters));
        }
        return outputs;
    }

    /// Texts, numbers and booleans by name.
    static Parameters parameters(String of, JsonToken token, JsonParser in) {
        if (token == JsonToken.VALUE_NULL) {
            return Parameters.NONE;
        }
        if (token != JsonToken.START_OBJECT) {
            throw ProtocolException.invalid("the parameters of " + of + " must be an object");
        }
        Map<String, Parameter> values = new LinkedHashMap<>();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            JsonToken value = in.nextToken();
            Parameter parameter = switch (value) {
                case VALUE_STRING -> new Parameter.Text(in.getString());
                case VALUE_TRUE -> new Parameter.Flag(true);
                case VALUE_FALSE -> new Parameter.Flag(false);
                case VALUE_NUMBER_FLOAT -> new Parameter.Real(in.getDoubleValue());
                case VALUE_NUMBER_INT -> new Parameter.Whole(whole("the parameter " + name, in));
                default ->
                    throw ProtocolException.invalid(
                            "the parameter " + name + " of " + of + " must be a text, a number or a boolean");
            };
            if (values.put(name, parameter) != null) {
                throw ProtocolException.invalid("the parameter " + name + " of " + of + " is given twice");
            }
            if (values.size() > Parameters.MOST) {
                throw ProtocolException.invalid("parameters of " + of + " must be at most " + Parameters.MOST);
            }
        }
        return new Parameters(values);
    }

    private static String text(String what, JsonToken token, JsonParser in) {
        if (token != JsonToken.VALUE_STRING) {
            throw ProtocolException.invalid(what + " must be a text");
        }
        return in.getString();
    }

    /// Reads what was put off: data that came before its shape, and the binary parts in the order of the
    /// inputs.
    private List<Tensor> closed(List<Open> inputs) {
        List<Tensor> tensors = new ArrayList<>(inputs.size());
        int binary = jsonLength;
        for (Open each : inputs) {
            String name = each.name;
            Datatype datatype = each.datatype;
            List<Long> shape = each.shape;
            if (name == null || datatype == null || shape == null) {
                throw ProtocolException.invalid("input " + named(each) + " lacks "
                        + (name == null ? "name" : datatype == null ? "datatype" : "shape"));
            }
            Column column = each.column;
            Long size = each.parameters.whole("binary_data_size").orElse(null);
            if (size != null) {
                if (column != null || each.deferred >= 0) {
                    throw ProtocolException.invalid("input " + name + " has data and binary_data_size");
                }
                if (size > body.length - binary) {
                    throw ProtocolException.invalid("input " + name + " has the binary_data_size " + size
                            + ", but only " + (body.length - binary) + " bytes follow");
                }
                tensors.add(RawTensor.read(name, datatype, shape, each.parameters, body, binary, size.intValue()));
                binary += size.intValue();
                continue;
            }
            if (column == null && each.deferred >= 0) {
                try (JsonParser again = Json.FACTORY.createParser(
                        ObjectReadContext.empty(), body, each.deferred, jsonLength - each.deferred)) {
                    again.nextToken();
                    column = new TensorElements(name, datatype, shape, jsonLength).read(again);
                }
            }
            if (column == null) {
                throw ProtocolException.invalid("input " + name + " lacks data");
            }
            tensors.add(new Tensor(name, datatype, shape, each.parameters, column));
        }
        if (binary != body.length) {
            throw ProtocolException.invalid((body.length - binary)
                    + " bytes of binary data belong to no input: binary_data_size says whose they are");
        }
        return tensors;
    }
}
