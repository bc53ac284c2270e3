package dev.tranche.inference.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/// A JSON value. Numbers keep their text until somebody asks for a double, a float or a long, so nothing is
/// rounded on the way in; objects keep the order of the file. Immutable.
///
/// ```java
/// Json.Struct model = Json.parse(bytes).asStruct("model.yaml");
/// byte[] toDigest = model.canonical().getBytes(UTF_8);
/// ```
public sealed interface Json {
    /// `null`.
    record Null() implements Json {}

    /// `true` or `false`.
    record Flag(boolean value) implements Json {}

    /// A text.
    record Text(String value) implements Json {}

    /// A number by its text, which is JSON's number grammar.
    record Num(String literal) implements Json {
        /// The nearest double; beyond the largest it is infinite.
        public double doubleValue() {
            return Double.parseDouble(literal);
        }

        /// The nearest float, rounded once from the text and not by way of a double.
        public float floatValue() {
            return Float.parseFloat(literal);
        }

        /// The whole number.
        ///
        /// @throws JsonException when the text has a fraction, an exponent or too many digits
        public long longValue() {
            try {
                return Long.parseLong(literal);
            } catch (NumberFormatException notWhole) {
                throw JsonException.of("must be a whole number within 64 bits: " + literal, notWhole);
            }
        }
    }

    /// An array.
    record Items(List<Json> values) implements Json {
        /// Copies the list.
        public Items {
            values = List.copyOf(values);
        }
    }

    /// An object; its names differ.
    record Struct(Map<String, Json> members) implements Json {
        /// Copies the map, keeping its order.
        public Struct {
            members = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /// A reader of the members that refuses those nobody asked for.
        ///
        /// @param where the object's name in messages
        public JsonKeys keys(String where) {
            return new JsonKeys(this, where);
        }
    }

    /// Reads one value with [JsonLimits#FILE] and nothing after it.
    ///
    /// @throws JsonException with line and column when the text is not JSON or passes a limit
    static Json parse(String text) {
        return JsonReader.read(text, JsonLimits.FILE);
    }

    /// Reads UTF-8 bytes with [JsonLimits#FILE].
    ///
    /// @throws JsonException with line and column when the bytes are not UTF-8, not JSON or pass a limit
    static Json parse(byte[] utf8) {
        return JsonReader.read(utf8, JsonLimits.FILE);
    }

    /// Reads UTF-8 bytes with other limits.
    ///
    /// @throws JsonException with line and column when the bytes are not UTF-8, not JSON or pass a limit
    static Json parse(byte[] utf8, JsonLimits limits) {
        return JsonReader.read(utf8, limits);
    }

    /// A number in its shortest form that reads back to the same double.
    ///
    /// @throws IllegalArgumentException for NaN and the infinities, which JSON cannot say
    static Num of(double value) {
        return new Num(JsonWriter.shortest(value));
    }

    /// A whole number.
    static Num of(long value) {
        return new Num(Long.toString(value));
    }

    /// A text.
    static Text of(String value) {
        return new Text(value);
    }

    /// The canonical text: keys sorted by code unit, no whitespace, numbers in shortest form, so that equal
    /// values have equal bytes.
    default String canonical() {
        return JsonWriter.canonical(this);
    }

    /// This value as an object.
    ///
    /// @param where its name in messages
    /// @throws JsonException when it is something else
    default Struct asStruct(String where) {
        if (this instanceof Struct struct) {
            return struct;
        }
        throw JsonException.of(where + " must be an object, not " + kind());
    }

    /// What this is, for messages: `an object`, `a number`.
    default String kind() {
        return switch (this) {
            case Null _ -> "null";
            case Flag flag -> String.valueOf(flag.value());
            case Text _ -> "a text";
            case Num _ -> "a number";
            case Items _ -> "an array";
            case Struct _ -> "an object";
        };
    }

    /// An object of these members in this order.
    @SafeVarargs
    static Struct struct(Entry<String, Json>... members) {
        Map<String, Json> map = new LinkedHashMap<>();
        for (Entry<String, Json> member : members) {
            map.put(member.getKey(), member.getValue());
        }
        return new Struct(map);
    }
}
