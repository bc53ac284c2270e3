package dev.tranche.inference.format.onnx;

import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonKeys;
import java.util.List;
import java.util.Optional;

/// What `model.yaml` says under `onnx`, all of it optional.
///
/// @param output the output of the graph that is the answer
/// @param answer the class whose probability is the score, by its label, or by its place from 0 where the
///     graph names no labels
/// @param runtime whether ONNX Runtime shall answer even where our own engine could
public record OnnxOptions(Optional<String> output, Optional<String> answer, boolean runtime) {
    /// Reads the options.
    ///
    /// @throws dev.tranche.inference.format.JsonException for another key, or a value of another kind
    public static OnnxOptions read(Json.Struct struct) {
        JsonKeys keys = struct.keys("model.yaml: onnx");
        Optional<String> output = keys.has("output") ? Optional.of(keys.text("output")) : Optional.empty();
        Optional<String> answer = keys.find("class").map(value -> switch (value) {
            case Json.Text(String text) -> text;
            case Json.Num(String literal) -> literal;
            case Json.Null _, Json.Flag _, Json.Items _, Json.Struct _ ->
                throw keys.wrong("class", "must be a label or the place of one");
        });
        boolean runtime =
                keys.word("engine", List.of("auto", "runtime"), "auto").equals("runtime");
        keys.done();
        return new OnnxOptions(output, answer, runtime);
    }
}
