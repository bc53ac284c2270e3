package dev.tranche.inference.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// Takes the members of an object one by one by type, and at the end refuses those that nobody took: a
/// misspelt key is an error, never silence. One reader, one thread.
///
/// ```java
/// JsonKeys keys = struct.keys("step 3");
/// double mean = keys.number("mean");
/// keys.done();
/// ```
public final class JsonKeys {
    private final Json.Struct struct;
    private final String where;
    private final Set<String> taken = new LinkedHashSet<>();

    JsonKeys(Json.Struct struct, String where) {
        this.struct = struct;
        this.where = where;
    }

    /// The object's name in messages.
    public String where() {
        return where;
    }

    /// Whether a member is there (`null` counts as there).
    public boolean has(String key) {
        return struct.members().containsKey(key);
    }

    /// Any member.
    public Optional<Json> find(String key) {
        taken.add(key);
        return Optional.ofNullable(struct.members().get(key));
    }

    /// A member that must be there.
    public Json need(String key) {
        return find(key).orElseThrow(() -> JsonException.of(where + " needs the key \"" + key + "\""));
    }

    /// A text.
    public String text(String key) {
        return asText(key, need(key));
    }

    /// A text, or another when the member is absent.
    public String text(String key, String otherwise) {
        return find(key).map(value -> asText(key, value)).orElse(otherwise);
    }

    /// A text out of a list.
    public String word(String key, List<String> allowed) {
        String word = text(key);
        if (!allowed.contains(word)) {
            throw wrong(key, "must be one of " + allowed + ": \"" + word + "\"");
        }
        return word;
    }

    /// A text out of a list, or another when the member is absent.
    public String word(String key, List<String> allowed, String otherwise) {
        return has(key) ? word(key, allowed) : text(key, otherwise);
    }

    /// A finite number.
    public double number(String key) {
        return asNumber(key, need(key));
    }

    /// A finite number, or another when the member is absent.
    public double number(String key, double otherwise) {
        return find(key).map(value -> asNumber(key, value)).orElse(otherwise);
    }

    /// A finite number, when the member is there.
    public OptionalDouble maybeNumber(String key) {
        return find(key).map(value -> OptionalDouble.of(asNumber(key, value))).orElse(OptionalDouble.empty());
    }

    /// A boolean, or another when the member is absent.
    public boolean flag(String key, boolean otherwise) {
        Json value = find(key).orElse(new Json.Flag(otherwise));
        if (value instanceof Json.Flag(boolean flag)) {
            return flag;
        }
        throw wrong(key, "must be true or false, not " + value.kind());
    }

    /// An array of any values.
    public List<Json> items(String key) {
        Json value = need(key);
        if (value instanceof Json.Items(List<Json> values)) {
            return values;
        }
        throw wrong(key, "must be an array, not " + value.kind());
    }

    /// An array of texts; empty when the member is absent.
    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        if (find(key).isPresent()) {
            for (Json item : items(key)) {
                texts.add(asText(key, item));
            }
        }
        return texts;
    }

    /// An array of finite numbers.
    public double[] numbers(String key) {
        List<Json> items = items(key);
        double[] numbers = new double[items.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = asNumber(key + "[" + i + "]", items.get(i));
        }
        return numbers;
    }

    /// An object.
    public Json.Struct struct(String key) {
        return need(key).asStruct(where + ": " + key);
    }

    /// An object whose values are numbers, in the order of the file.
    public Map<String, Double> table(String key) {
        Map<String, Double> table = new LinkedHashMap<>();
        struct(key).members().forEach((name, value) -> table.put(name, asNumber(key + "." + name, value)));
        return table;
    }

    /// Refuses the members that nobody took.
    ///
    /// @throws JsonException naming the first of them and the keys that are known here
    public void done() {
        for (String key : struct.members().keySet()) {
            if (!taken.contains(key)) {
                throw JsonException.of(where + " has no key \"" + key + "\"; known are " + taken);
            }
        }
    }

    /// An error about a member, for the caller to throw.
    public JsonException wrong(String key, String rule) {
        return JsonException.of(where + ": " + key + " " + rule);
    }

    private String asText(String key, Json value) {
        if (value instanceof Json.Text(String text)) {
            return text;
        }
        throw wrong(key, "must be a text, not " + value.kind());
    }

    private double asNumber(String key, Json value) {
        if (value instanceof Json.Num num) {
            double number = num.doubleValue();
            if (Double.isFinite(number)) {
                return number;
            }
            throw wrong(key, "must be within the range of a double: " + num.literal());
        }
        throw wrong(key, "must be a number, not " + value.kind());
    }
}
