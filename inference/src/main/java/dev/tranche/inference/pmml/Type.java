package dev.tranche.inference.pmml;

import java.util.List;

/// What a field holds. Every value is a double while a row is answered: a text is its place in the file's
/// list of texts, -1 for a text that the file does not know; a truth value is 1 or 0; NaN is missing.
enum Type {
    TEXT,
    DOUBLE,
    /// Numbers in single precision: values and thresholds are narrowed before they meet.
    FLOAT,
    INTEGER,
    BOOLEAN;

    /// The type of the attribute `dataType`.
    static Type of(Element element) {
        return of(element, "double");
    }

    static Type of(Element element, String otherwise) {
        return switch (element.word("dataType", otherwise)) {
            case "string" -> TEXT;
            case "double" -> DOUBLE;
            case "float" -> FLOAT;
            case "integer" -> INTEGER;
            case "boolean" -> BOOLEAN;
            case String other ->
                throw element.unread("dataType is read as one of "
                        + List.of("string", "double", "float", "integer", "boolean") + ", not as " + other);
        };
    }

    /// The number that a literal of this type says.
    double parse(String literal, Element at) {
        return switch (this) {
            case TEXT -> throw new IllegalStateException("a text has no number");
            case DOUBLE, INTEGER -> at.parse(literal);
            case FLOAT -> {
                at.parse(literal);
                yield Float.parseFloat(literal.strip());
            }
            case BOOLEAN ->
                switch (literal.strip()) {
                    case "true", "1" -> 1;
                    case "false", "0" -> 0;
                    default -> throw at.wrong("must be true or false: " + literal);
                };
        };
    }

    /// A value as this type holds it.
    double narrow(double value) {
        return this == FLOAT ? (float) value : value;
    }

    /// Whether a present value is one of this type.
    boolean holds(double value) {
        return switch (this) {
            case TEXT, DOUBLE, FLOAT -> true;
            case INTEGER -> value == Math.rint(value);
            case BOOLEAN -> value == 0 || value == 1;
        };
    }
}
