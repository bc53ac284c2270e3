package dev.tranche.server.protocol;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An inference request as any transport reads it.
///
/// @param id the caller's name for the request, null when it gave none
/// @param parameters of the whole request
/// @param inputs the tensors; their names differ
/// @param outputs the outputs asked for; empty means all
public record InferRequest(@Nullable String id, Parameters parameters, List<Tensor> inputs, List<Wanted> outputs) {

    /// Most tensors taken in one request.
    public static final int TENSOR_LIMIT = 5000;

    /// An output that was asked for.
    ///
    /// @param name its name
    /// @param parameters what was said beside it
    public record Wanted(String name, Parameters parameters) {}

    /// @throws ProtocolException when a tensor or an output is named twice, or no tensor is given
    public InferRequest {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        if (inputs.isEmpty()) {
            throw ProtocolException.invalid("the request has no inputs");
        }
        if (id != null && id.length() > 1000) {
            throw ProtocolException.invalid("id must have at most 1000 characters: " + id.length());
        }
        Set<String> names = new HashSet<>();
        for (Tensor input : inputs) {
            if (!names.add(input.name())) {
                throw ProtocolException.invalid("input " + input.name() + " is given twice");
            }
        }
        names.clear();
        for (Wanted output : outputs) {
            if (!names.add(output.name())) {
                throw ProtocolException.invalid("output " + output.name() + " is requested twice");
            }
        }
    }
}
