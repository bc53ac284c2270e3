package dev.tranche.server.grpc;

import dev.tranche.server.protocol.Column;
import dev.tranche.server.protocol.Datatype;
import dev.tranche.server.protocol.InferAnswer;
import dev.tranche.server.protocol.InferRequest;
import dev.tranche.server.protocol.Parameter;
import dev.tranche.server.protocol.Parameters;
import dev.tranche.server.protocol.ProtocolException;
import dev.tranche.server.protocol.RawTensor;
import dev.tranche.server.protocol.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `ModelInferRequest` and `ModelInferResponse`, field by field. The field numbers are those of the
/// protocol's definition (`open_inference_grpc.proto` of kserve/open-inference-protocol, Apache-2.0; see
/// `open_inference.proto` beside this class).
final class InferMessages {
    private InferMessages() {}

    /// A request as it came.
    ///
    /// @param model the model asked
    /// @param version the version asked, empty when the route decides
    /// @param request what was asked
    /// @param raw true when the tensors came in binary form; then the answer does too
    record Received(String model, String version, InferRequest request, boolean raw) {}

    /// A part of the message's bytes.
    private record Slice(int from, int length) {}

    /// A tensor before its contents are known to be complete.
    private static final class Input {
        private String name = "";
        private String datatype = "";
        private final List<Long> shape = new ArrayList<>();
        private final Map<String, Parameter> parameters = new LinkedHashMap<>();
        private @Nullable Contents contents;
    }

    /// Reads a `ModelInferRequest`.
    ///
    /// @throws ProtocolException when it breaks a rule
    static Received read(ProtoReader in) {
        String model = "";
        String version = "";
        String id = "";
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        List<Input> inputs = new ArrayList<>();
        List<InferRequest.Wanted> outputs = new ArrayList<>();
        List<Slice> raw = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> model = in.text();
                case 2 -> version = in.text();
                case 3 -> id = in.text();
                case 4 -> parameter(in.message(), parameters);
                case 5 -> inputs.add(input(in.message()));
                case 6 -> outputs.add(wanted(in.message()));
                case 7 -> {
                    ProtoReader part = in.message();
                    raw.add(new Slice(part.position(), part.left()));
                }
                default -> in.skip();
            }
            if (inputs.size() > InferRequest.TENSOR_LIMIT || outputs.size() > InferRequest.TENSOR_LIMIT) {
                throw ProtocolException.invalid(
                        "a request may have at most " + InferRequest.TENSOR_LIMIT + " inputs and outputs");
            }
        }
        List<Tensor> tensors = raw.isEmpty() ? contents(inputs) : raw(inputs, raw, in.array());
        InferRequest request = new InferRequest(id.isEmpty() ? null : id, new Parameters(parameters), tensors, outputs);
        return new Received(model, version, request, !raw.isEmpty());
    }

    private static Input input(ProtoReader in) {
        Input input = new Input();
        Growing shape = new Growing();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> input.name = in.text();
                case 2 -> input.datatype = in.text();
                case 3 -> in.wholes(shape);
                case 4 -> parameter(in.message(), input.parameters);
                case 5 -> {
                    Contents contents = input.contents == null ? new Contents() : input.contents;
                    contents.read(in.message());
                    input.contents = contents;
                }
                default -> in.skip();
            }
        }
        Tensor.named(input.name);
        if (shape.size() > Tensor.RANK_LIMIT) {
            throw ProtocolException.invalid("tensor " + input.name + ": shape must have 1.." + Tensor.RANK_LIMIT
                    + " dimensions: " + shape.size());
        }
        for (int i = 0; i < shape.size(); i++) {
            input.shape.add(shape.get(i));
        }
        return input;
    }

    private static InferRequest.Wanted wanted(ProtoReader in) {
        String name = "";
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = in.text();
                case 2 -> parameter(in.message(), parameters);
                default -> in.skip();
            }
        }
        return new InferRequest.Wanted(Tensor.named(name), new Parameters(parameters));
    }

    /// An entry of a map from texts to `InferParameter`.
    static void parameter(ProtoReader in, Map<String, Parameter> into) {
        String name = "";
        Parameter value = null;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = in.text();
                case 2 -> value = parameter(in.message());
                default -> in.skip();
            }
        }
        if (value == null) {
            throw ProtocolException.invalid(
                    "the parameter " + name + " has no value: a boolean, a whole number, a text or a fraction");
        }
        into.put(name, value);
        if (into.size() > Parameters.MOST) {
            throw ProtocolException.invalid("parameters must be at most " + Parameters.MOST);
        }
    }

    private static @Nullable Parameter parameter(ProtoReader in) {
        Parameter value = null;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> value = new Parameter.Flag(in.flag());
                case 2 -> value = new Parameter.Whole(in.whole());
                case 3 -> value = new Parameter.Text(in.text());
                case 4 -> value = new Parameter.Real(in.real64());
                case 5 -> {
                    long unsigned = in.whole();
                    value = unsigned >= 0
                            ? new Parameter.Whole(unsigned)
                            : new Parameter.Text(Long.toUnsignedString(unsigned));
                }
                default -> in.skip();
            }
        }
        return value;
    }

    private static List<Tensor> contents(List<Input> inputs) {
        List<Tensor> tensors = new ArrayList<>(inputs.size());
        for (Input each : inputs) {
            Datatype datatype = Datatype.parse(each.name, each.datatype);
            long elements = Tensor.elements(each.name, each.shape);
            Contents contents = each.contents == null ? new Contents() : each.contents;
            tensors.add(new Tensor(
                    each.name,
                    datatype,
                    each.shape,
                    new Parameters(each.parameters),
                    contents.column(each.name, datatype, elements)));
        }
        return tensors;
    }

    private static List<Tensor> raw(List<Input> inputs, List<Slice> raw, byte[] bytes) {
        if (raw.size() != inputs.size()) {
            throw ProtocolException.invalid("raw_input_contents must have one entry for each of the " + inputs.size()
                    + " inputs, in their order: " + raw.size());
        }
        List<Tensor> tensors = new ArrayList<>(inputs.size());
        for (int i = 0; i < raw.size(); i++) {
            Input each = inputs.get(i);
            if (each.contents != null && !each.contents.empty()) {
                throw ProtocolException.invalid("input " + each.name
                        + " has contents beside raw_input_contents; a request uses one of them for all inputs");
            }
            tensors.add(RawTensor.read(
                    each.name,
                    Datatype.parse(each.name, each.datatype),
                    each.shape,
                    new Parameters(each.parameters),
                    bytes,
                    raw.get(i).from(),
                    raw.get(i).length()));
        }
        return tensors;
    }

    /// Writes a `ModelInferResponse`.
    ///
    /// @param raw true puts the tensors into `raw_output_contents`
    static byte[] write(InferAnswer answer, boolean raw) {
        ProtoWriter out = new ProtoWriter().text(1, answer.modelName()).text(2, answer.modelVersion());
        out.text(3, answer.id() == null ? "" : answer.id());
        answer.parameters()
                .values()
                .forEach((name, value) ->
                        out.message(4, entry -> entry.text(1, name).message(2, inner -> parameter(inner, value))));
        for (Tensor tensor : answer.outputs()) {
            out.message(5, inner -> {
                inner.text(1, tensor.name()).text(2, tensor.datatype().name()).packed(3, tensor.shape());
                if (!raw) {
                    inner.message(5, contents -> contents(contents, tensor));
                }
            });
        }
        if (raw) {
            answer.outputs().forEach(tensor -> out.block(6, RawTensor.write(tensor)));
        }
        return out.bytes();
    }

    private static void parameter(ProtoWriter out, Parameter value) {
        switch (value) {
            case Parameter.Flag flag -> out.chosen(1, flag.value());
            case Parameter.Whole whole -> out.chosen(2, whole.value());
            case Parameter.Text text -> out.element(3, text.value());
            case Parameter.Real real -> out.chosen(4, real.value());
        }
    }

    private static void contents(ProtoWriter out, Tensor tensor) {
        switch (tensor.column()) {
            case Column.Reals reals -> out.packed(7, reals);
            case Column.Texts texts -> {
                for (String value : texts.values()) {
                    out.element(8, value == null ? "" : value);
                }
            }
            case Column.Wholes _, Column.Flags _ ->
                throw new IllegalStateException("no output is of " + tensor.datatype());
        }
    }
}
