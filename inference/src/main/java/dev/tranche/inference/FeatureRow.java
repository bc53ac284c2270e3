package dev.tranche.inference;

import dev.tranche.inference.format.Json;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The features of one request by schema position, without boxing. Mutable, one writer, reused by [#clear].
///
/// A value of another type than the feature's is remembered as a fault, and [Schema#admit] then refuses the
/// row: the text `"123"` is not the number 123, and `"False"` is not false.
public final class FeatureRow {
    private static final int ISO_LENGTH = 10; // 2026-03-31
    private final Schema schema;
    private final double[] numbers;
    private final @Nullable String[] texts;
    private int fault = -1;
    private String faultReason = "";

    FeatureRow(Schema schema) {
        this.schema = schema;
        this.numbers = new double[schema.size()];
        this.texts = new String[schema.size()];
        Arrays.fill(numbers, Double.NaN);
    }

    /// The schema whose positions this row uses.
    public Schema schema() {
        return schema;
    }

    /// Sets a number; NaN is missing.
    public void number(int position, double value) {
        if (expect(position, FeatureType.NUMBER, "a number")) {
            numbers[position] = value;
        }
    }

    /// Sets a text: of a category, a free text, the JSON text of an event list, or an ISO date for a date
    /// feature.
    public void text(int position, String value) {
        FeatureType type = schema.feature(position).type();
        if (type == FeatureType.DATE) {
            numbers[position] = epochDay(position, value);
        } else if (type.textual()) {
            texts[position] = value;
        } else {
            fault(position, "takes a " + type + ", not the text \"" + shown(value) + "\"");
        }
    }

    /// Sets a boolean.
    public void flag(int position, boolean value) {
        if (expect(position, FeatureType.BOOLEAN, "a boolean")) {
            numbers[position] = value ? 1 : 0;
        }
    }

    /// Sets a date.
    public void date(int position, LocalDate value) {
        if (expect(position, FeatureType.DATE, "a date")) {
            numbers[position] = value.toEpochDay();
        }
    }

    /// Makes a feature missing, as it is before anything was set.
    public void erase(int position) {
        numbers[position] = Double.NaN;
        texts[position] = null;
    }

    /// Whether nothing is set at a position.
    public boolean missing(int position) {
        return texts[position] == null && Double.isNaN(numbers[position]);
    }

    /// The number, the boolean as 1 or 0, or the date as days since 1970-01-01; NaN when missing or textual.
    public double number(int position) {
        return numbers[position];
    }

    /// The text; null when missing or not textual.
    public @Nullable String text(int position) {
        return texts[position];
    }

    /// Makes every feature missing and forgets faults.
    public void clear() {
        Arrays.fill(numbers, Double.NaN);
        Arrays.fill(texts, null);
        fault = -1;
        faultReason = "";
    }

    /// The row as a JSON object by feature name, missing features left out: what a journal keeps and
    /// [Schema#read] takes back, bit for bit.
    public Json.Struct toJson() {
        Map<String, Json> members = new TreeMap<>();
        for (int position = 0; position < numbers.length; position++) {
            if (!missing(position)) {
                Feature feature = schema.feature(position);
                members.put(feature.name(), value(feature, position));
            }
        }
        return new Json.Struct(members);
    }

    private Json value(Feature feature, int position) {
        double number = numbers[position];
        String text = texts[position] == null ? "" : texts[position];
        return switch (feature.type()) {
            case NUMBER -> Json.of(number);
            case BOOLEAN -> new Json.Flag(number != 0);
            case DATE -> new Json.Text(LocalDate.ofEpochDay((long) number).toString());
            case CATEGORY, TEXT -> new Json.Text(text);
            case EVENTS -> Json.parse(text);
        };
    }

    /// Marks a value that cannot be taken; the first one of a row is kept.
    void fault(int position, String reason) {
        if (fault < 0) {
            fault = position;
            faultReason = reason;
        }
    }

    int faultPosition() {
        return fault;
    }

    String faultReason() {
        return faultReason;
    }

    void fill(int position, double number) {
        numbers[position] = number;
    }

    void fill(int position, String text) {
        texts[position] = text;
    }

    /// Years have four digits: what lies beyond is a slip, and date arithmetic would overflow on it.
    private double epochDay(int position, String value) {
        try {
            if (value.length() == ISO_LENGTH) {
                return LocalDate.parse(value).toEpochDay();
            }
        } catch (DateTimeException _) {
            // No such day: the same fault as any other text.
        }
        fault(position, "must be a date like 2026-03-31: \"" + shown(value) + "\"");
        return Double.NaN;
    }

    private boolean expect(int position, FeatureType given, String word) {
        FeatureType type = schema.feature(position).type();
        if (type != given) {
            fault(position, "takes a " + type + ", not " + word);
        }
        return type == given;
    }

    static String shown(String value) {
        return value.length() <= 40 ? value : value.substring(0, 40) + "…";
    }
}
