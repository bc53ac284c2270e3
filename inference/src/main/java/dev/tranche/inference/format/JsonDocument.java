package dev.tranche.inference.format;

import dev.tranche.inference.ArtifactException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads JSON as XGBoost writes it: numbers straight to float, with the bare words `NaN`, `Infinity`,
/// `-Infinity`.
///
/// A number with a point or an exponent is the float nearest to its text, rounded once (reading it as a
/// double first rounds twice and can miss by a bit). Everything else is RFC 8259: no comments, no trailing
/// commas, no duplicate names, nothing after the value; nesting up to [Document#DEEPEST]. For one thread.
final class JsonDocument {
    /// Powers of ten that a double holds exactly.
    private static final double[] TENS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    private static final long EXACT = 1L << 53;
    private static final long BELOW_FLOAT = (1L << 29) - 1;
    private static final long HALF_FLOAT = 1L << 28;

    private final byte[] bytes;
    private int at;
    private long wholeValue;
    private float realValue;

    private JsonDocument(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The document in these bytes.
    ///
    /// @throws ArtifactException `model_json` with the position when they are not JSON
    static Document read(byte[] bytes) {
        JsonDocument reader = new JsonDocument(bytes);
        Document document = reader.value(0);
        if (reader.peek() >= 0) {
            throw reader.broken("nothing may follow the value");
        }
        return document;
    }

    private Document value(int depth) {
        int next = peek();
        return switch (next) {
            case '{' -> fields(inside(depth));
            case '[' -> items(inside(depth));
            case '"' -> new Document.Text(text());
            case 'n' -> {
                word("null");
                yield Document.NOTHING;
            }
            default ->
                new Document.One(number() ? Document.Numbers.ofWhole(wholeValue) : Document.Numbers.ofReals(realValue));
        };
    }

    private int inside(int depth) {
        if (depth >= Document.DEEPEST) {
            throw broken("nesting is deeper than " + Document.DEEPEST);
        }
        return depth + 1;
    }

    private Document fields(int depth) {
        Map<String, Document> fields = new LinkedHashMap<>();
        at++;
        if (peek() == '}') {
            at++;
            return new Document.Fields(Map.of());
        }
        while (true) {
            if (peek() != '"') {
                throw broken("a name in quotes is expected");
            }
            String name = text();
            expect(':');
            if (fields.put(name, value(depth)) != null) {
                throw broken("the name \"" + name + "\" appears twice");
            }
            if (!another('}')) {
                return new Document.Fields(fields);
            }
        }
    }

    private Document items(int depth) {
        at++;
        if (peek() == ']') {
            at++;
            return Document.EMPTY;
        }
        int first = peek();
        if (first != '{' && first != '[' && first != '"' && first != 'n') {
            NumberList numbers = new NumberList();
            do {
                if (number()) {
                    numbers.whole(wholeValue);
                } else {
                    numbers.real(realValue);
                }
            } while (another(']'));
            return numbers.toNumbers();
        }
        List<Document> items = new ArrayList<>();
        do {
            Document item = value(depth);
            if (item instanceof Document.One) {
                throw broken("an array may not mix numbers with other values");
            }
            items.add(item);
        } while (another(']'));
        return new Document.Items(items);
    }

    private boolean another(char end) {
        int next = peek();
        if (next != ',' && next != end) {
            throw broken("',' or '" + end + "' is expected");
        }
        at++;
        return next == ',';
    }

    private void expect(char c) {
        if (peek() != c) {
            throw broken("'" + c + "' is expected");
        }
        at++;
    }

    /// The next byte that is no white space; -1 at the end.
    private int peek() {
        while (at < bytes.length) {
            byte b = bytes[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b & 0xff;
            }
            at++;
        }
        return -1;
    }

    /// Reads a number into `wholeValue` (true) or `realValue` (false).
    private boolean number() {
        int next = peek();
        int start = at;
        boolean negative = next == '-';
        if (negative) {
            at++;
        }
        return switch (at < bytes.length ? bytes[at] : -1) {
            case 'N' -> special("NaN", Float.NaN);
            case 'I' -> special("Infinity", negative ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY);
            case 't' -> truth("true", 1);
            case 'f' -> truth("false", 0);
            default -> digits(start, negative);
        };
    }

    private boolean truth(String word, int value) {
        word(word);
        wholeValue = value;
        return true;
    }

    private boolean special(String word, float value) {
        word(word);
        realValue = value;
        return false;
    }

    private boolean digits(int start, boolean negative) {
        long mantissa = 0;
        boolean exact = true;
        int scale = 0;
        boolean whole = true;
        int digits = 0;
        for (; at < bytes.length; at++) {
            byte b = bytes[at];
            if (b >= '0' && b <= '9') {
                exact &= mantissa < EXACT / 16;
                mantissa = exact ? mantissa * 10 + (b - '0') : mantissa;
                scale -= whole ? 0 : 1;
                digits++;
            } else if (b == '.' && whole) {
                whole = false;
            } else {
                break;
            }
        }
        if (digits == 0) {
            throw broken("a value is expected");
        }
        int exponent = exponent();
        if (whole && exponent == Integer.MIN_VALUE) {
            if (exact) {
                wholeValue = negative ? -mantissa : mantissa;
                return true;
            }
            return long64(start);
        }
        int power = scale + (exponent == Integer.MIN_VALUE ? 0 : exponent);
        realValue = exact ? real(start, mantissa, power, negative) : slow(start);
        return false;
    }

    /// The exponent, or `MIN_VALUE` where there is none.
    private int exponent() {
        if (at >= bytes.length || (bytes[at] | 0x20) != 'e') {
            return Integer.MIN_VALUE;
        }
        at++;
        boolean negative = at < bytes.length && bytes[at] == '-';
        if (negative || (at < bytes.length && bytes[at] == '+')) {
            at++;
        }
        int exponent = 0;
        int first = at;
        for (; at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            exponent = Math.min(exponent * 10 + (bytes[at] - '0'), 10_000);
        }
        if (at == first) {
            throw broken("an exponent needs digits");
        }
        return negative ? -exponent : exponent;
    }

    /// The float nearest to `mantissa · 10^power`: by one exact double operation where that decides it.
    private float real(int start, long mantissa, int power, boolean negative) {
        if (mantissa != 0 && (power < -22 || power > 22)) {
            return slow(start);
        }
        double value = power < 0 ? mantissa / TENS[Math.min(-power, 22)] : mantissa * TENS[Math.min(power, 22)];
        boolean undecided = (Double.doubleToRawLongBits(value) & BELOW_FLOAT) == HALF_FLOAT;
        boolean subnormal = mantissa != 0 && value < Float.MIN_NORMAL;
        if (undecided || subnormal || value > Float.MAX_VALUE) {
            return slow(start);
        }
        return (float) (negative ? -value : value);
    }

    private float slow(int start) {
        return Float.parseFloat(new String(bytes, start, at - start, StandardCharsets.US_ASCII));
    }

    private boolean long64(int start) {
        String digits = new String(bytes, start, at - start, StandardCharsets.US_ASCII);
        try {
            wholeValue = Long.parseLong(digits);
            return true;
        } catch (NumberFormatException beyondLong) {
            realValue = Float.parseFloat(digits);
            return false;
        }
    }

    private void word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at >= bytes.length || bytes[at] != word.charAt(i)) {
                throw broken("\"" + word + "\" is expected");
            }
            at++;
        }
    }

    private String text() {
        int start = ++at;
        while (at < bytes.length && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        if (at < bytes.length && bytes[at] == '"') {
            return utf8(start, at++);
        }
        StringBuilder text = new StringBuilder(utf8(start, at));
        while (at < bytes.length && bytes[at] != '"') {
            if (bytes[at] == '\\') {
                text.append(escaped());
                continue;
            }
            int from = at;
            while (at < bytes.length && bytes[at] != '"' && bytes[at] != '\\') {
                at++;
            }
            text.append(utf8(from, at));
        }
        if (at >= bytes.length) {
            throw broken("a text does not end");
        }
        at++;
        return text.toString();
    }

    private char escaped() {
        at++;
        int kind = at < bytes.length ? bytes[at++] : -1;
        return switch (kind) {
            case '"', '\\', '/' -> (char) kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++, at++) {
                    int digit = at < bytes.length ? Character.digit(bytes[at], 16) : -1;
                    if (digit < 0) {
                        throw broken("four hexadecimal digits are expected");
                    }
                    code = code << 4 | digit;
                }
                yield (char) code;
            }
            default -> throw broken("an escape is one of \" \\ / b f n r t u");
        };
    }

    private String utf8(int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw broken("a text must be UTF-8");
        }
    }

    private ArtifactException broken(String what) {
        return at >= bytes.length
                ? ArtifactException.of("model_truncated", "the JSON ends early, at byte " + at + ": " + what)
                : ArtifactException.of("model_json", "at byte " + at + ": " + what);
    }
}
