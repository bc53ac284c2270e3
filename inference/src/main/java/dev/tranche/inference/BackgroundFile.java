package dev.tranche.inference;

import dev.tranche.inference.explain.Background;
import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonException;
import dev.tranche.inference.format.JsonKeys;
import dev.tranche.inference.format.JsonLimits;
import dev.tranche.inference.transform.Program;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads a background: `{"input": {…features by name…}}` a line, as in `samples.jsonl`, whose other keys may
/// stand beside it. A row goes the way of a request: admitted by the schema, then through the transform.
final class BackgroundFile {
    private BackgroundFile() {}

    /// @throws JsonException naming the line and what is wrong in it
    static Background read(String file, byte[] bytes, Schema schema, Program program) {
        List<double[]> rows = new ArrayList<>();
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                if (rows.size() == Background.MOST_ROWS) {
                    throw JsonException.of("a background must have 1.." + Background.MOST_ROWS + " rows: "
                            + lines.stream().filter(line -> !line.isBlank()).count());
                }
                rows.add(row(lines.get(i), i + 1, schema, program));
            }
        }
        String name = file + ": " + rows.size() + " rows, sha256 " + Artifact.sha256(bytes);
        try {
            return Background.of(name, rows);
        } catch (IllegalArgumentException empty) {
            throw JsonException.of(String.valueOf(empty.getMessage()), empty);
        }
    }

    private static double[] row(String text, int line, Schema schema, Program program) {
        try {
            JsonKeys keys = Json.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.LINE)
                    .asStruct("row")
                    .keys("row");
            Json.Struct input = keys.struct("input");
            List.of("transformed", "margin", "output").forEach(keys::find);
            keys.done();
            return switch (schema.admit(schema.read(input))) {
                case Admission.Admitted admitted -> program.run(admitted.row());
                case Admission.Rejected rejected ->
                    throw JsonException.of(rejected.feature() + " " + rejected.reason());
                case Admission.FallBack back -> throw JsonException.of(back.feature() + " " + back.reason());
            };
        } catch (JsonException broken) {
            throw JsonException.of("line " + line + ": " + broken.getMessage(), broken);
        } catch (RowRefusedException refused) {
            throw JsonException.of("line " + line + ": " + refused.column() + " " + refused.reason(), refused);
        }
    }
}
