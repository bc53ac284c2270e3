package dev.tranche.inference;

import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonException;
import dev.tranche.inference.format.JsonKeys;
import dev.tranche.inference.format.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads `samples.jsonl`: one golden row a line, numbers in the model's precision.
final class SamplesFile {
    private SamplesFile() {}

    /// @throws JsonException naming the line and what is wrong in it
    static List<GoldenRow> read(byte[] bytes, Precision precision) {
        List<GoldenRow> rows = new ArrayList<>();
        int start = 0;
        int line = 1;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                String text = new String(bytes, start, i - start, StandardCharsets.UTF_8);
                if (!text.isBlank()) {
                    rows.add(row(text.getBytes(StandardCharsets.UTF_8), line, precision));
                }
                start = i + 1;
                line++;
            }
        }
        return List.copyOf(rows);
    }

    private static GoldenRow row(byte[] text, int line, Precision precision) {
        try {
            JsonKeys keys = Json.parse(text, JsonLimits.LINE).asStruct("row").keys("row");
            GoldenRow row = new GoldenRow(
                    line,
                    keys.struct("input"),
                    keys.has("transformed") ? numbers(keys, "transformed", precision) : new double[0],
                    numbers(keys, "margin", precision),
                    numbers(keys, "output", precision));
            keys.done();
            return row;
        } catch (JsonException broken) {
            throw JsonException.of("line " + line + ": " + broken.getMessage(), broken);
        }
    }

    /// A float is rounded once, from the text.
    private static double[] numbers(JsonKeys keys, String key, Precision precision) {
        List<Json> items = keys.items(key);
        double[] numbers = new double[items.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = switch (items.get(i)) {
                case Json.Null _ -> Double.NaN;
                case Json.Num num ->
                    switch (precision) {
                        case FLOAT -> num.floatValue();
                        case DOUBLE -> num.doubleValue();
                    };
                case Json.Text _, Json.Flag _, Json.Items _, Json.Struct _ ->
                    throw keys.wrong(key, "must hold numbers or null");
            };
        }
        return numbers;
    }
}
