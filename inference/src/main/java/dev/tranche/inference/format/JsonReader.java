package dev.tranche.inference.format;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads RFC 8259 and nothing more: no comments, no trailing commas, no NaN, no duplicate keys, no byte order
/// mark.
final class JsonReader {
    private final String text;
    private final JsonLimits limits;
    private int at;
    private int depth;

    private JsonReader(String text, JsonLimits limits) {
        this.text = text;
        this.limits = limits;
    }

    static Json read(byte[] utf8, JsonLimits limits) {
        checkLength(utf8.length, limits);
        try {
            return read(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(utf8))
                            .toString(),
                    limits);
        } catch (CharacterCodingException notUtf8) {
            throw JsonException.of("the bytes are not UTF-8", notUtf8);
        }
    }

    static Json read(String text, JsonLimits limits) {
        checkLength(text.length(), limits);
        JsonReader reader = new JsonReader(text, limits);
        reader.space();
        Json value = reader.value();
        reader.space();
        if (reader.at < text.length()) {
            throw reader.broken("nothing may follow the value");
        }
        return value;
    }

    private static void checkLength(int length, JsonLimits limits) {
        if (length > limits.length()) {
            throw JsonException.of("the text must have at most " + limits.length() + " characters: " + length);
        }
    }

    private Json value() {
        return switch (peek()) {
            case '{' -> struct();
            case '[' -> items();
            case '"' -> new Json.Text(string());
            case 't' -> word("true", new Json.Flag(true));
            case 'f' -> word("false", new Json.Flag(false));
            case 'n' -> word("null", new Json.Null());
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw broken("a value must begin here");
        };
    }

    private Json struct() {
        enter();
        Map<String, Json> members = new LinkedHashMap<>();
        boolean more = !closes('}');
        while (more) {
            if (peek() != '"') {
                throw broken("a key in quotes must stand here");
            }
            int start = at;
            String key = string();
            space();
            expect(':');
            space();
            if (members.containsKey(key)) {
                at = start;
                throw broken("the key \"" + key + "\" appears twice");
            }
            members.put(key, value());
            more = continues('}');
        }
        depth--;
        return new Json.Struct(members);
    }

    private Json items() {
        enter();
        List<Json> values = new ArrayList<>();
        boolean more = !closes(']');
        while (more) {
            values.add(value());
            more = continues(']');
        }
        depth--;
        return new Json.Items(values);
    }

    private void enter() {
        if (++depth > limits.depth()) {
            throw broken("at most " + limits.depth() + " arrays and objects may be inside each other");
        }
        at++;
        space();
    }

    private boolean closes(char end) {
        if (peek() == end) {
            at++;
            return true;
        }
        return false;
    }

    private boolean continues(char end) {
        space();
        if (closes(end)) {
            return false;
        }
        expect(',');
        space();
        return true;
    }

    private String string() {
        at++;
        int start = at;
        while (true) {
            char c = peek();
            if (c == '"') {
                return text.substring(start, at++);
            }
            if (c == '\\') {
                return escaped(start);
            }
            plain(c);
        }
    }

    private String escaped(int start) {
        StringBuilder built = new StringBuilder().append(text, start, at);
        while (true) {
            char c = peek();
            if (c == '"') {
                at++;
                return checkSurrogates(built.toString());
            }
            if (c == '\\') {
                at++;
                built.append(escape());
            } else {
                plain(c);
                built.append(c);
            }
        }
    }

    private void plain(char c) {
        if (c < ' ') {
            throw broken("control characters must be escaped in a text");
        }
        at++;
    }

    private char escape() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> {
                at--;
                throw broken("an escape must be one of \" \\ / b f n r t u");
            }
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0 || peek() > 'f') {
                throw broken("four hexadecimal digits must follow \\u");
            }
            code = code * 16 + digit;
            at++;
        }
        return (char) code;
    }

    /// A lone surrogate has no UTF-8 form, so it could not be digested.
    private String checkSurrogates(String string) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(string)) {
            throw broken("a text must not hold half a surrogate pair");
        }
        return string;
    }

    private Json number() {
        int start = at;
        skip('-');
        if (!skip('0')) {
            digits();
        }
        if (skip('.')) {
            digits();
        }
        if (skip('e') || skip('E')) {
            if (!skip('-')) {
                skip('+');
            }
            digits();
        }
        return new Json.Num(text.substring(start, at));
    }

    private void digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw broken("a digit must stand here");
        }
    }

    private boolean skip(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        if (there) {
            at++;
        }
        return there;
    }

    private Json word(String word, Json value) {
        if (!text.startsWith(word, at)) {
            throw broken("a value must begin here");
        }
        at += word.length();
        return value;
    }

    private void expect(char c) {
        if (peek() != c) {
            throw broken("'" + c + "' must stand here");
        }
        at++;
    }

    private char peek() {
        if (at >= text.length()) {
            throw broken("the text ends too early");
        }
        return text.charAt(at);
    }

    private void space() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private JsonException broken(String rule) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < Math.min(at, text.length()); i++) {
            column = text.charAt(i) == '\n' ? 1 : column + 1;
            line += text.charAt(i) == '\n' ? 1 : 0;
        }
        return JsonException.of("line " + line + ", column " + column + ": " + rule);
    }
}
