package dev.tranche.inference;

import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonException;
import dev.tranche.inference.format.JsonKeys;
import dev.tranche.inference.format.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/// Reads `samples.jsonl`: one golden row a line, numbers in the model's precision.
final class SamplesFile {
    private SamplesFile() {}

    /// @throws JsonException naming the line and what is wrong in it
    static List<GoldenRow> read(byte[] bytes, Precision precision) {
        return read(bytes, precision, true);
    }

    /// @param margins whether every row must have one
    /// @throws JsonException naming the line and what is wrong in it
    static List<GoldenRow> read(byte[] bytes, Precision precision, boolean margins) {
        List<Integer> from = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        int start = 0;
        int line = 1;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                String text = new String(bytes, start, i - start, StandardCharsets.UTF_8);
                if (!text.isBlank()) {
                    row(Arrays.copyOfRange(bytes, start, i), line, precision, margins);
                    from.add(start);
                    numbers.add(line);
                }
                start = i + 1;
                line++;
            }
        }
        return from.isEmpty() ? List.of() : new Kept(bytes.clone(), ints(from), ints(numbers), precision, margins);
    }

    private static int[] ints(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    /// The rows as the text of the file: read when asked for, because a parsed row takes ten times its text
    /// and is asked for seldom. Every row was read once before, so reading it again cannot fail.
    private static final class Kept extends AbstractList<GoldenRow> implements RandomAccess {
        private final byte[] bytes;
        private final int[] from;
        private final int[] lines;
        private final Precision precision;
        private final boolean margins;

        Kept(byte[] bytes, int[] from, int[] lines, Precision precision, boolean margins) {
            this.bytes = bytes;
            this.from = from;
            this.lines = lines;
            this.precision = precision;
            this.margins = margins;
        }

        @Override
        public int size() {
            return from.length;
        }

        @Override
        public GoldenRow get(int index) {
            int end = from[index];
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            return row(Arrays.copyOfRange(bytes, from[index], end), lines[index], precision, margins);
        }
    }

    private static GoldenRow row(byte[] text, int line, Precision precision, boolean margins) {
        try {
            JsonKeys keys = Json.parse(text, JsonLimits.LINE).asStruct("row").keys("row");
            GoldenRow row = new GoldenRow(
                    line,
                    keys.struct("input"),
                    keys.has("transformed") ? numbers(keys, "transformed", precision) : new double[0],
                    margins || keys.has("margin") ? numbers(keys, "margin", precision) : new double[0],
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
