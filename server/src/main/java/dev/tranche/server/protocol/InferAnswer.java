package dev.tranche.server.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to an inference request.
///
/// @param modelName the model as it was asked for
/// @param modelVersion the version that answered; several joined by a comma when the rows had different
///     ones
/// @param id the request's id, null when it had none
/// @param parameters `decision_id` of a single row, `failed_rows` when rows failed
/// @param outputs the tensors
public record InferAnswer(
        String modelName, String modelVersion, @Nullable String id, Parameters parameters, List<Tensor> outputs) {
    public InferAnswer {
        outputs = List.copyOf(outputs);
    }
}
