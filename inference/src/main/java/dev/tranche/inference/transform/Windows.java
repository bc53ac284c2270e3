package dev.tranche.inference.transform;

import dev.tranche.inference.RowRefusedException;
import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonException;
import dev.tranche.inference.format.JsonKeys;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `window` operation: one number out of the events of the last months.
///
/// An event counts when `as_of - months < at <= as_of`, so the windows of 1, 3 and 6 months are nested, a day
/// belongs to one month only, and nothing after `as_of` leaks in. Sums run in the order of the list.
final class Windows {
    private static final int MOST_EVENTS = 10_000;

    private Windows() {}

    static Step window(JsonKeys keys, Columns columns) {
        Column events = columns.of(Kind.EVENTS, keys, "input");
        Dates.AsOf asOf = Dates.AsOf.read(keys, columns, "as_of");
        double months = keys.number("months");
        if (!(months >= 1 && months <= 1200) || months != Math.rint(months)) {
            throw keys.wrong("months", "must be a whole number within 1..1200: " + months);
        }
        String aggregate = keys.word("aggregate", List.of("sum", "mean", "max", "min", "count", "std"));
        String value = aggregate.equals("count") ? keys.text("value", "") : keys.text("value");
        Otherwise empty = Otherwise.read(keys, "empty");
        int from = events.slot();
        int out = columns.number(keys.text("output"), asOf.and(events));
        return frame -> {
            String text = frame.texts[from];
            double day = asOf.day(frame);
            if (text == null || Double.isNaN(day)) {
                frame.numbers[out] = Double.NaN;
                return;
            }
            LocalDate last = LocalDate.ofEpochDay((long) day);
            Window window = new Window(events.name(), value, last.minusMonths((long) months), last);
            double[] inside = window.values(text);
            frame.numbers[out] = inside.length == 0
                    ? empty.of(events.name(), "has no event in the last " + (long) months + " months")
                    : Numbers.finite(aggregate(aggregate, inside));
        };
    }

    private static double aggregate(String aggregate, double[] values) {
        double sum = 0;
        double max = values[0];
        double min = values[0];
        for (double value : values) {
            sum += value;
            max = Math.max(max, value);
            min = Math.min(min, value);
        }
        return switch (aggregate) {
            case "sum" -> sum;
            case "mean" -> sum / values.length;
            case "max" -> max;
            case "min" -> min;
            case "count" -> values.length;
            default -> deviation(values, sum / values.length);
        };
    }

    /// The sample standard deviation (divisor n - 1, as pandas); missing for one event.
    private static double deviation(double[] values, double mean) {
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1));
    }

    /// One row's window.
    private record Window(String feature, String value, LocalDate before, LocalDate last) {
        /// The values of the events inside; an event without the value is left out.
        double[] values(String text) {
            if (!(parsed(text) instanceof Json.Items(List<Json> events)) || events.size() > MOST_EVENTS) {
                throw RowRefusedException.of(feature, "must be an array of at most " + MOST_EVENTS + " events");
            }
            double[] values = new double[events.size()];
            int n = 0;
            for (Json event : events) {
                if (!(event instanceof Json.Struct(Map<String, Json> members))) {
                    throw RowRefusedException.of(feature, "must hold objects, not " + event.kind());
                }
                double number = number(members);
                if (inside(members) && !Double.isNaN(number)) {
                    values[n++] = number;
                }
            }
            return java.util.Arrays.copyOf(values, n);
        }

        private Json parsed(String text) {
            try {
                return Json.parse(text);
            } catch (JsonException broken) {
                throw RowRefusedException.of(feature, "is not JSON: " + broken.getMessage());
            }
        }

        private boolean inside(Map<String, Json> event) {
            @Nullable Json at = event.get("at");
            if (!(at instanceof Json.Text(String text))) {
                throw RowRefusedException.of(feature, "must have a date \"at\" in every event");
            }
            try {
                LocalDate day = LocalDate.parse(text);
                return day.isAfter(before) && !day.isAfter(last);
            } catch (DateTimeException unreadable) {
                throw RowRefusedException.of(feature, "must have dates like 2026-03-31: \"" + text + "\"");
            }
        }

        private double number(Map<String, Json> event) {
            if (value.isEmpty()) {
                return 1;
            }
            @Nullable Json number = event.get(value);
            if (number == null || number instanceof Json.Null) {
                return Double.NaN;
            }
            if (number instanceof Json.Num num && Double.isFinite(num.doubleValue())) {
                return num.doubleValue();
            }
            throw RowRefusedException.of(feature, "must have a number \"" + value + "\" in every event");
        }
    }
}
