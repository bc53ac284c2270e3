package dev.tranche.server.measured;

import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads one line of InfluxDB's line protocol, `measurement,tag=value field=value timestamp`, from left
/// to right.
///
/// In names and tag values a backslash takes the meaning from a comma, a space and (not in a
/// measurement) an equals sign; before anything else it is itself. In a quoted text it does so for a
/// quote and a backslash.
final class LineReader {
    private static final Set<String> TRUE = Set.of("t", "T", "true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("f", "F", "false", "False", "FALSE");
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,19}");
    private static final Pattern REAL = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,4})?");

    private final String text;
    private int at;

    LineReader(String text) {
        this.text = text;
    }

    Line read() {
        String measurement = name(", ", "the measurement");
        SortedMap<String, String> tags = new TreeMap<>();
        while (skip(',')) {
            String key = name(",= ", "a tag");
            require('=', "a tag and its value");
            if (tags.put(key, name(",= ", "the value of the tag " + key)) != null) {
                throw wrong("the tag " + key + " stands there twice");
            }
        }
        spaces("fields");
        SortedMap<String, Value> fields = new TreeMap<>();
        do {
            String key = name(",= ", "a field");
            require('=', "a field and its value");
            if (fields.put(key, value(key)) != null) {
                throw wrong("the field " + key + " stands there twice");
            }
        } while (skip(','));
        return new Line(measurement, tags, fields, timestamp());
    }

    /// Text up to one of `ends`, unescaped; not empty.
    private String name(String ends, String what) {
        StringBuilder name = new StringBuilder();
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length() && escapes(text.charAt(at + 1), ends)) {
                at++;
                c = text.charAt(at);
            }
            name.append(c);
            at++;
        }
        if (name.isEmpty()) {
            throw wrong(what + " is empty");
        }
        return name.toString();
    }

    private static boolean escapes(char c, String ends) {
        return ends.indexOf(c) >= 0;
    }

    private Value value(String key) {
        if (at < text.length() && text.charAt(at) == '"') {
            return new Value.Text(quoted(key));
        }
        int from = at;
        while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != ' ') {
            at++;
        }
        String word = text.substring(from, at);
        if (TRUE.contains(word) || FALSE.contains(word)) {
            return new Value.Flag(TRUE.contains(word));
        }
        boolean marked = word.endsWith("i") || word.endsWith("u");
        String digits = marked ? word.substring(0, word.length() - 1) : word;
        if (WHOLE.matcher(digits).matches()) {
            return whole(key, digits, word.endsWith("u"));
        }
        if (!marked && REAL.matcher(word).matches() && Double.isFinite(Double.parseDouble(word))) {
            return new Value.Real(Double.parseDouble(word));
        }
        throw wrong("the field " + key + " is no number, boolean or \"text\": " + word);
    }

    private Value whole(String key, String digits, boolean unsigned) {
        try {
            long value = Long.parseLong(digits);
            if (!unsigned || value >= 0) {
                return new Value.Whole(value);
            }
        } catch (NumberFormatException large) {
            throw new IllegalArgumentException(
                    "column " + (at + 1) + ": the field " + key + " is beyond 64 bits: " + digits, large);
        }
        throw wrong("the field " + key + " is below 0 without a sign: " + digits);
    }

    private String quoted(String key) {
        StringBuilder inner = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length() && (text.charAt(at + 1) == '"' || text.charAt(at + 1) == '\\')) {
                at++;
                c = text.charAt(at);
            }
            inner.append(c);
            at++;
        }
        if (at == text.length()) {
            throw wrong("the text of the field " + key + " has no closing quote");
        }
        at++;
        return inner.toString();
    }

    private OptionalLong timestamp() {
        int from = at;
        while (skip(' ')) {}
        if (at == text.length()) {
            return OptionalLong.empty();
        }
        if (from == at) {
            throw wrong("a comma, a space or the end must follow a field");
        }
        String word = text.substring(at).stripTrailing();
        if (!WHOLE.matcher(word).matches()) {
            throw wrong("the timestamp is no whole number: " + word);
        }
        try {
            return OptionalLong.of(Long.parseLong(word));
        } catch (NumberFormatException large) {
            throw new IllegalArgumentException("the timestamp is beyond 64 bits: " + word, large);
        }
    }

    private void spaces(String before) {
        if (!skip(' ')) {
            throw wrong("a space and " + before + " must follow the measurement and its tags");
        }
        while (skip(' ')) {}
    }

    private boolean skip(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void require(char c, String between) {
        if (!skip(c)) {
            throw wrong("'" + c + "' must stand between " + between);
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("column " + (Math.min(at, text.length()) + 1) + ": " + what);
    }
}
