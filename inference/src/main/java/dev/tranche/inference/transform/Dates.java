package dev.tranche.inference.transform;

import dev.tranche.inference.format.JsonException;
import dev.tranche.inference.format.JsonKeys;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Operations on dates. "Today" does not exist here: the date to count to is a column of the request or
/// written in the spec, so that the same request gives the same answer next year.
final class Dates {
    private Dates() {}

    /// Complete days, weeks, months or years from one date to another; negative when the other is earlier.
    static Step difference(JsonKeys keys, Columns columns) {
        Column from = columns.of(Kind.DATE, keys, "from");
        AsOf to = AsOf.read(keys, columns, "to");
        ChronoUnit unit = switch (keys.word("unit", List.of("days", "weeks", "months", "years"))) {
            case "days" -> ChronoUnit.DAYS;
            case "weeks" -> ChronoUnit.WEEKS;
            case "months" -> ChronoUnit.MONTHS;
            default -> ChronoUnit.YEARS;
        };
        int slot = from.slot();
        int out = columns.number(keys.text("output"), to.and(from));
        return frame -> frame.numbers[out] = between(unit, frame.numbers[slot], to.day(frame));
    }

    /// Complete years since a birth date; missing for a birth after the day counted to.
    static Step age(JsonKeys keys, Columns columns) {
        Column birth = columns.of(Kind.DATE, keys, "input");
        AsOf asOf = AsOf.read(keys, columns, "as_of");
        int slot = birth.slot();
        int out = columns.number(keys.text("output"), asOf.and(birth));
        return frame -> {
            double born = frame.numbers[slot];
            double day = asOf.day(frame);
            frame.numbers[out] = born <= day ? between(ChronoUnit.YEARS, born, day) : Double.NaN;
        };
    }

    private static double between(ChronoUnit unit, double from, double to) {
        if (Double.isNaN(from) || Double.isNaN(to)) {
            return Double.NaN;
        }
        return unit.between(LocalDate.ofEpochDay((long) from), LocalDate.ofEpochDay((long) to));
    }

    /// The day to count to: a date column, or a date written in the spec.
    ///
    /// @param columns the column, or none
    /// @param constant days since 1970-01-01 when there is no column
    record AsOf(List<Column> columns, double constant) {
        /// Reads a key that holds a column's name or an ISO date.
        static AsOf read(JsonKeys keys, Columns columns, String key) {
            String text = keys.text(key);
            if (text.isEmpty() || !Character.isDigit(text.charAt(0))) {
                return new AsOf(List.of(columns.of(Kind.DATE, keys, key)), Double.NaN);
            }
            try {
                return new AsOf(List.of(), LocalDate.parse(text).toEpochDay());
            } catch (DateTimeException unreadable) {
                throw JsonException.of(
                        keys.where() + ": " + key + " must be a column or a date like 2026-03-31: " + text, unreadable);
            }
        }

        double day(Frame frame) {
            return columns.isEmpty()
                    ? constant
                    : frame.numbers[columns.getFirst().slot()];
        }

        List<Column> and(Column first) {
            List<Column> all = new ArrayList<>(List.of(first));
            all.addAll(columns);
            return all;
        }
    }
}
