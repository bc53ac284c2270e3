package dev.tranche.inference.transform;

import dev.tranche.inference.RowRefusedException;
import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonException;
import dev.tranche.inference.format.JsonKeys;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/// The `parse` operation: the only place where a value changes its type, and only as the spec says.
final class Parsing {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private Parsing() {}

    static Step parse(JsonKeys keys, Columns columns) {
        Column in = columns.any(keys, "input");
        String type = keys.word("type", List.of("number", "boolean", "date", "text"));
        return switch (in.kind()) {
            case NUMBER -> type.equals("text") ? toText(keys, columns, in) : sentinels(keys, columns, in, type);
            case TEXT ->
                switch (type) {
                    case "number" -> read(keys, columns, in, Kind.NUMBER, Parsing::number, "must be a number");
                    case "boolean" -> toFlag(keys, columns, in);
                    case "date" -> toDate(keys, columns, in);
                    default -> throw keys.wrong("type", "must differ from the input's: " + in.name() + " is a text");
                };
            case DATE, EVENTS ->
                throw keys.wrong("input", "must be a number or text column: " + in.name() + " is of kind " + in.kind());
        };
    }

    /// A number that stands for missing, like -999, becomes missing.
    private static Step sentinels(JsonKeys keys, Columns columns, Column in, String type) {
        if (!type.equals("number")) {
            throw keys.wrong("type", "must be number or text, as " + in.name() + " holds numbers: " + type);
        }
        double[] sentinels = keys.numbers("sentinels");
        return Numbers.unary(keys, columns, x -> contains(sentinels, x) ? Double.NaN : x);
    }

    /// A number code becomes a category: 101 and 101.0 both become `101`.
    private static Step toText(JsonKeys keys, Columns columns, Column in) {
        int from = in.slot();
        int to = columns.enter(keys.text("output", in.name()), Kind.TEXT, List.of(), in.features());
        return frame -> {
            double x = frame.numbers[from];
            frame.texts[to] = Double.isNaN(x) ? null : Json.of(x).literal();
        };
    }

    private static Step toFlag(JsonKeys keys, Columns columns, Column in) {
        List<String> yes = keys.texts("true");
        List<String> no = keys.texts("false");
        if (yes.isEmpty() || no.isEmpty() || yes.stream().anyMatch(no::contains)) {
            throw keys.wrong("true", "and false must each list texts, none in both: " + yes + ", " + no);
        }
        ToDoubleFunction<String> reader = text -> yes.contains(text) ? 1 : no.contains(text) ? 0 : Double.NaN;
        return read(keys, columns, in, Kind.NUMBER, reader, "must be one of " + yes + " or " + no);
    }

    private static Step toDate(JsonKeys keys, Columns columns, Column in) {
        String layout = keys.text("layout", "date");
        ToDoubleFunction<String> reader = switch (layout) {
            case "date" -> text -> day(LocalDate.parse(text));
            case "instant" -> {
                ZoneId zone = zone(keys);
                yield text -> day(LocalDate.ofInstant(Instant.parse(text), zone));
            }
            default -> {
                DateTimeFormatter format = format(keys, layout);
                yield text -> day(LocalDate.parse(text, format));
            }
        };
        return read(keys, columns, in, Kind.DATE, reader, "must be a date with layout " + layout);
    }

    /// Years of four digits, as at the door; anything else is unreadable.
    private static double day(LocalDate date) {
        return date.getYear() >= 0 && date.getYear() <= 9999 ? date.toEpochDay() : Double.NaN;
    }

    private static ZoneId zone(JsonKeys keys) {
        String zone = keys.text("zone");
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException unknown) {
            throw JsonException.of(keys.where() + ": zone must be like Asia/Shanghai or +08:00: " + zone, unknown);
        }
    }

    private static DateTimeFormatter format(JsonKeys keys, String layout) {
        try {
            return DateTimeFormatter.ofPattern(layout, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException unknown) {
            throw JsonException.of(
                    keys.where() + ": layout must be date, instant or a pattern like uuuu/MM/dd: " + layout, unknown);
        }
    }

    private static Step read(
            JsonKeys keys, Columns columns, Column in, Kind kind, ToDoubleFunction<String> reader, String rule) {
        Set<String> missing = Set.copyOf(keys.texts("missing_tokens"));
        double[] sentinels = keys.has("sentinels") ? keys.numbers("sentinels") : new double[0];
        boolean refuse = keys.word("on_error", List.of("missing", "refuse")).equals("refuse");
        int from = in.slot();
        int to = columns.enter(keys.text("output", in.name()), kind, List.of(), in.features());
        return frame -> {
            String text = frame.texts[from];
            if (text == null || missing.contains(text)) {
                frame.numbers[to] = Double.NaN;
                return;
            }
            double value = valueOf(reader, text);
            if (Double.isNaN(value) && refuse) {
                throw RowRefusedException.of(in.name(), rule + ": \"" + text + "\"");
            }
            frame.numbers[to] = contains(sentinels, value) ? Double.NaN : value;
        };
    }

    private static double valueOf(ToDoubleFunction<String> reader, String text) {
        try {
            return reader.applyAsDouble(text);
        } catch (DateTimeException unreadable) {
            // Declared by the spec's on_error, which the caller applies.
            return Double.NaN;
        }
    }

    /// JSON's number grammar and nothing else: no blanks, no hexadecimal, no NaN, no thousands separators.
    private static double number(String text) {
        return NUMBER.matcher(text).matches() ? Numbers.finite(Double.parseDouble(text)) : Double.NaN;
    }

    private static boolean contains(double[] values, double value) {
        for (double one : values) {
            if (one == value) {
                return true;
            }
        }
        return false;
    }
}
