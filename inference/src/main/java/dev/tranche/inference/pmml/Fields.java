package dev.tranche.inference.pmml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The fields that a part of the file can see, each with its place in the array of values while a row is
/// answered, and the texts that the file knows. Used by one reader.
final class Fields {
    /// The most fields and texts that are read.
    private static final int MOST = 1 << 20;

    /// A field.
    ///
    /// @param slot its place while a row is answered
    /// @param inputs the places of the vector it is made from, ascending
    record Field(String name, int slot, Type type, Set<Integer> inputs) {}

    /// What all scopes share.
    private static final class Shared {
        private final Map<String, Integer> texts = new LinkedHashMap<>();
        private final Map<Integer, Set<Integer>> compared = new LinkedHashMap<>();
        private final Set<Integer> everywhere = new LinkedHashSet<>();
        private final List<Derived> derived = new ArrayList<>();
        private int slots;
    }

    /// A field that is computed.
    record Derived(int slot, Expression expression) {}

    private final Map<String, Field> byName;
    private final Shared shared;

    private Fields(Map<String, Field> byName, Shared shared) {
        this.byName = byName;
        this.shared = shared;
    }

    static Fields empty() {
        return new Fields(new LinkedHashMap<>(), new Shared());
    }

    /// What a segment sees: these fields, and its own, which nobody else sees.
    Fields inner() {
        return new Fields(new LinkedHashMap<>(byName), shared);
    }

    /// Adds an input; the inputs come first.
    Field input(String name, Type type, Element at) {
        return enter(name, type, Set.of(shared.slots), at);
    }

    /// Adds a computed field.
    void derive(String name, Type type, Set<Integer> inputs, Expression expression, Element at) {
        Field field = enter(name, type, inputs, at);
        shared.derived.add(new Derived(field.slot(), expression));
    }

    private Field enter(String name, Type type, Set<Integer> inputs, Element at) {
        Field field = new Field(name, shared.slots, type, inputs);
        if (byName.put(name, field) != null) {
            throw at.wrong("a field of this name is there already: " + name);
        }
        if (++shared.slots > MOST) {
            throw at.wrong("a file may have at most " + MOST + " fields");
        }
        return field;
    }

    /// The field of this name.
    Field find(String name, Element at) {
        Field field = byName.get(name);
        if (field == null) {
            throw at.wrong("no field is named \"" + name + "\"");
        }
        return field;
    }

    /// The value of a literal that is compared with this field.
    double literal(Field field, String literal, Element at) {
        if (field.type() != Type.TEXT) {
            return field.type().parse(literal, at);
        }
        int code = text(literal);
        if (field.inputs().contains(field.slot())) {
            shared.compared
                    .computeIfAbsent(field.slot(), slot -> new LinkedHashSet<>())
                    .add(code);
        } else {
            shared.everywhere.add(code);
        }
        return code;
    }

    /// The value of a literal of this type wherever it goes.
    double constant(Type type, String literal, Element at) {
        if (type != Type.TEXT) {
            return type.parse(literal, at);
        }
        int code = text(literal);
        shared.everywhere.add(code);
        return code;
    }

    private int text(String literal) {
        Integer known = shared.texts.putIfAbsent(literal, shared.texts.size());
        return known == null ? shared.texts.size() - 1 : known;
    }

    /// The codes of the texts that an input may have to be told apart by.
    int[] codes(Field input) {
        Set<Integer> codes = new LinkedHashSet<>(shared.compared.getOrDefault(input.slot(), Set.of()));
        codes.addAll(shared.everywhere);
        return codes.stream().mapToInt(Integer::intValue).toArray();
    }

    /// The texts of these codes.
    List<String> texts(int[] codes) {
        List<String> all = List.copyOf(shared.texts.keySet());
        List<String> texts = new ArrayList<>();
        for (int code : codes) {
            texts.add(all.get(code));
        }
        return texts;
    }

    /// The length of the array of values.
    int slots() {
        return shared.slots;
    }

    /// The computed fields in the order in which they can be computed.
    List<Derived> derived() {
        return List.copyOf(shared.derived);
    }
}
