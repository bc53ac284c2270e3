package dev.tranche.inference.format;

import java.util.Map;
import java.util.TreeMap;

/// Writes the canonical text of a value.
final class JsonWriter {
    private static final double WHOLE_LIMIT = 1e15; // below it a double's whole numbers have at most 15 digits

    private JsonWriter() {}

    static String canonical(Json value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    /// A number as short as it can be: whole numbers without a point, the rest as Java writes a double.
    static String shortest(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("JSON has no " + value);
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < WHOLE_LIMIT;
        if (whole && Double.doubleToRawLongBits(value) != Long.MIN_VALUE) {
            return Long.toString((long) value);
        }
        return Double.toString(value);
    }

    private static void write(Json value, StringBuilder out) {
        switch (value) {
            case Json.Null _ -> out.append("null");
            case Json.Flag flag -> out.append(flag.value());
            case Json.Num num -> out.append(number(num));
            case Json.Text text -> quote(text.value(), out);
            case Json.Items items -> {
                char before = '[';
                for (Json item : items.values()) {
                    out.append(before);
                    write(item, out);
                    before = ',';
                }
                out.append(before == '[' ? "[]" : "]");
            }
            case Json.Struct struct -> {
                char before = '{';
                for (Map.Entry<String, Json> member : new TreeMap<>(struct.members()).entrySet()) {
                    out.append(before);
                    quote(member.getKey(), out);
                    out.append(':');
                    write(member.getValue(), out);
                    before = ',';
                }
                out.append(before == '{' ? "{}" : "}");
            }
        }
    }

    /// Whole numbers that fit 64 bits keep every digit; the rest goes through a double.
    private static String number(Json.Num num) {
        String literal = num.literal();
        boolean whole = literal.length() <= 18 && literal.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E');
        if (whole && !literal.equals("-0")) {
            return literal;
        }
        double value = num.doubleValue();
        return Double.isInfinite(value) ? literal : shortest(value);
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
