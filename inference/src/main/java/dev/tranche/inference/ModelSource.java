package dev.tranche.inference;

import dev.tranche.inference.format.Json;
import java.util.List;
import java.util.function.Function;

/// What a folder says of its model file, for a [ModelReader].
///
/// @param file the name of the model file
/// @param bytes the whole file; not to be changed
/// @param options the member of `model.yaml` with the name of the format; empty when it is not there
/// @param output what the outputs mean
/// @param positive the class whose probability is the score
/// @param columns the names of the vector's places
/// @param levels by column, the categories whose places it holds as numbers; empty for a number
@SuppressWarnings("ArrayRecordComponent") // read once, then dropped
public record ModelSource(
        String file,
        byte[] bytes,
        Json.Struct options,
        OutputKind output,
        String positive,
        List<String> columns,
        Function<String, List<String>> levels) {
    public ModelSource {
        columns = List.copyOf(columns);
    }
}
