package dev.tranche.inference.transform;

import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonKeys;
import java.util.List;
import java.util.Set;
import java.util.function.DoublePredicate;

/// Operations about what is there: imputing what is not, and 0/1 flags.
final class Presence {
    private Presence() {}

    /// The fitted value in place of missing; `strategy` says how it was fitted, `indicator` names a 0/1 column
    /// that tells where it was missing.
    static Step impute(JsonKeys keys, Columns columns) {
        Column in = columns.any(keys, "input");
        keys.word("strategy", List.of("constant", "mean", "median", "most_frequent"));
        Json value = keys.need("value");
        String output = keys.text("output", in.name());
        int from = in.slot();
        if (value instanceof Json.Text(String text)) {
            columns.of(Kind.TEXT, keys, "input");
            List<String> levels = in.levels().isEmpty() || in.levels().contains(text) ? in.levels() : and(in, text);
            int to = columns.enter(output, Kind.TEXT, levels, in.features());
            int indicator = indicator(keys, columns, in);
            return frame -> {
                boolean missing = frame.texts[from] == null;
                frame.texts[to] = missing ? text : frame.texts[from];
                mark(frame, indicator, missing);
            };
        }
        double number = keys.number("value");
        columns.of(Kind.NUMBER, keys, "input");
        int to = columns.number(output, List.of(in));
        int indicator = indicator(keys, columns, in);
        return frame -> {
            boolean missing = Double.isNaN(frame.numbers[from]);
            frame.numbers[to] = missing ? number : frame.numbers[from];
            mark(frame, indicator, missing);
        };
    }

    private static List<String> and(Column in, String text) {
        List<String> levels = new java.util.ArrayList<>(in.levels());
        levels.add(text);
        return List.copyOf(levels);
    }

    private static int indicator(JsonKeys keys, Columns columns, Column in) {
        return keys.has("indicator") ? columns.number(keys.text("indicator"), List.of(in)) : -1;
    }

    private static void mark(Frame frame, int indicator, boolean missing) {
        if (indicator >= 0) {
            frame.numbers[indicator] = missing ? 1 : 0;
        }
    }

    /// 1 where the comparison holds, 0 where it does not, and a declared answer for missing.
    static Step flag(JsonKeys keys, Columns columns) {
        Column in = columns.any(keys, "input");
        String is = keys.word("is", List.of("<", "<=", "=", "!=", ">", ">=", "in", "missing"));
        int from = in.slot();
        boolean textual = in.kind() == Kind.TEXT || in.kind() == Kind.EVENTS;
        if (is.equals("missing")) {
            int to = columns.number(keys.text("output"), List.of(in));
            return frame -> {
                boolean missing = textual ? frame.texts[from] == null : Double.isNaN(frame.numbers[from]);
                frame.numbers[to] = missing ? 1 : 0;
            };
        }
        Otherwise missing = Otherwise.read(keys, "missing");
        if (textual) {
            Set<String> allowed = texts(keys, is);
            boolean when = !is.equals("!=");
            int to = columns.number(keys.text("output"), List.of(in));
            return frame -> {
                String text = frame.texts[from];
                frame.numbers[to] =
                        text == null ? missing.of(in.name(), "is missing") : allowed.contains(text) == when ? 1 : 0;
            };
        }
        columns.of(Kind.NUMBER, keys, "input");
        DoublePredicate holds = predicate(keys, is);
        int to = columns.number(keys.text("output"), List.of(in));
        return frame -> {
            double x = frame.numbers[from];
            frame.numbers[to] = Double.isNaN(x) ? missing.of(in.name(), "is missing") : holds.test(x) ? 1 : 0;
        };
    }

    private static Set<String> texts(JsonKeys keys, String is) {
        return switch (is) {
            case "in" -> Set.copyOf(keys.texts("values"));
            case "=", "!=" -> Set.of(keys.text("value"));
            default -> throw keys.wrong("is", "must be =, != or in for a text: " + is);
        };
    }

    private static DoublePredicate predicate(JsonKeys keys, String is) {
        if (is.equals("in")) {
            double[] values = keys.numbers("values");
            return x -> java.util.Arrays.stream(values).anyMatch(value -> value == x);
        }
        double value = keys.number("value");
        return switch (is) {
            case "<" -> x -> x < value;
            case "<=" -> x -> x <= value;
            case "=" -> x -> x == value;
            case "!=" -> x -> x != value;
            case ">" -> x -> x > value;
            default -> x -> x >= value;
        };
    }
}
