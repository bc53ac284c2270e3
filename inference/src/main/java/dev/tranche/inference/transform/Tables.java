package dev.tranche.inference.transform;

import dev.tranche.inference.format.JsonKeys;
import java.util.List;

/// Operations that look a number or a category up in a fitted table.
final class Tables {
    private Tables() {}

    /// The number of the bin, from 0, or its label.
    static Step bin(JsonKeys keys, Columns columns) {
        Column in = columns.of(Kind.NUMBER, keys, "input");
        Edges edges = Edges.read(keys);
        String output = keys.text("output", in.name());
        int from = in.slot();
        if (!keys.has("labels")) {
            int to = columns.number(output, List.of(in));
            return frame -> {
                double x = frame.numbers[from];
                frame.numbers[to] = Double.isNaN(x) ? x : edges.bin(x);
            };
        }
        String[] labels = keys.texts("labels").toArray(new String[0]);
        if (labels.length != edges.bins()) {
            throw keys.wrong("labels", "must have one text a bin, " + edges.bins() + ": " + labels.length);
        }
        int to = columns.enter(output, Kind.TEXT, List.of(labels), in.features());
        return frame -> {
            double x = frame.numbers[from];
            frame.texts[to] = Double.isNaN(x) ? null : labels[edges.bin(x)];
        };
    }

    static Step woe(JsonKeys keys, Columns columns) {
        return lookup(keys, columns, "woe");
    }

    static Step points(JsonKeys keys, Columns columns) {
        return lookup(keys, columns, "points");
    }

    private static Step lookup(JsonKeys keys, Columns columns, String key) {
        Column in = columns.any(keys, "input");
        int from = in.slot();
        return switch (in.kind()) {
            case NUMBER -> {
                NumericTable table = NumericTable.read(in.name(), keys, key);
                int to = columns.number(keys.text("output", in.name()), List.of(in));
                yield frame -> frame.numbers[to] = table.of(frame.numbers[from]);
            }
            case TEXT -> {
                CategoryTable table = CategoryTable.read(in.name(), keys, key);
                int to = columns.number(keys.text("output", in.name()), List.of(in));
                yield frame -> frame.numbers[to] = table.of(frame.texts[from]);
            }
            case DATE, EVENTS ->
                throw keys.wrong("input", "must be a number or text column: " + in.name() + " is of kind " + in.kind());
        };
    }
}
