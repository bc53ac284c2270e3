package dev.tranche.server.artifact;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A mapping from a file or a record, asked by key; a wrong kind or an unknown key is refused by name.
public final class Tree {
    private final String where;
    private final Map<String, @Nullable Object> map;

    private Tree(String where, Map<String, @Nullable Object> map) {
        this.where = where;
        this.map = map;
    }

    /// @param where how the refusals name it, `rollout.stages[0]`
    public static Tree of(String where, Map<String, @Nullable Object> map) {
        return new Tree(where, map);
    }

    /// The mapping in a YAML or JSON text.
    public static Tree read(String file, byte[] text) {
        return new Tree(file, CanonicalYaml.mapping(file, text));
    }

    /// The mapping in a JSON text of our own.
    public static Tree json(String where, String json) {
        return new Tree(where, CanonicalYaml.json(where, json));
    }

    /// Refuses any key outside `known`.
    public Tree onlyKeys(SequencedSet<String> known) {
        Set<String> unknown = new TreeSet<>(map.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw Refused.of(
                    Refused.Kind.MALFORMED,
                    "unknown_key",
                    where + " has a key that is not known: " + String.join(", ", unknown),
                    String.join(", ", unknown),
                    String.join(", ", known));
        }
        return this;
    }

    public boolean has(String key) {
        return map.get(key) != null;
    }

    public Map<String, @Nullable Object> map() {
        return map;
    }

    public String text(String key) {
        return optionalText(key).orElseThrow(() -> missing(key, "a text"));
    }

    public String text(String key, String otherwise) {
        return optionalText(key).orElse(otherwise);
    }

    /// The text under `key`; a number or a boolean counts as its spelling.
    public Optional<String> optionalText(String key) {
        return switch (map.get(key)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            case Number number -> Optional.of(number.toString());
            case Boolean flag -> Optional.of(flag.toString());
            case Object other -> throw wrong(key, other, "a text");
        };
    }

    public long number(String key) {
        return optionalNumber(key).orElseThrow(() -> missing(key, "a whole number"));
    }

    public OptionalLong optionalNumber(String key) {
        return switch (map.get(key)) {
            case null -> OptionalLong.empty();
            case Long number -> OptionalLong.of(number);
            case Object other -> throw wrong(key, other, "a whole number");
        };
    }

    public double real(String key) {
        return switch (map.get(key)) {
            case null -> throw missing(key, "a number");
            case Number number -> number.doubleValue();
            case Object other -> throw wrong(key, other, "a number");
        };
    }

    public boolean flag(String key, boolean otherwise) {
        return switch (map.get(key)) {
            case null -> otherwise;
            case Boolean flag -> flag;
            case Object other -> throw wrong(key, other, "true or false");
        };
    }

    public Tree tree(String key) {
        Object value = map.get(key);
        if (value == null) {
            throw missing(key, "a mapping");
        }
        return of(where + "." + key, CanonicalYaml.mapping(where + "." + key, value));
    }

    /// The texts under `key`; none when the key is absent.
    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Object item : list(key)) {
            switch (item) {
                case String text -> texts.add(text);
                case Number number -> texts.add(number.toString());
                case null, default -> throw wrong(key, item, "a list of texts");
            }
        }
        return texts;
    }

    /// The mappings under `key`; none when the key is absent.
    public List<Tree> trees(String key) {
        List<Tree> trees = new ArrayList<>();
        int at = 0;
        for (Object item : list(key)) {
            String place = where + "." + key + "[" + at++ + "]";
            trees.add(of(place, CanonicalYaml.mapping(place, item)));
        }
        return trees;
    }

    private List<?> list(String key) {
        return switch (map.get(key)) {
            case null -> List.of();
            case List<?> list -> list;
            case Object other -> throw wrong(key, other, "a list");
        };
    }

    private Refused missing(String key, String kind) {
        return Refused.of(Refused.Kind.MALFORMED, "missing_key", where + " needs " + key + ": " + kind);
    }

    private Refused wrong(String key, @Nullable Object value, String kind) {
        return Refused.of(
                Refused.Kind.MALFORMED,
                "bad_value",
                where + "." + key + " must be " + kind,
                String.valueOf(value),
                kind);
    }

    /// `where`, for refusals of what a value means.
    public String where() {
        return where;
    }
}
