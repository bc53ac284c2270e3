package dev.tranche.inference.transform;

import dev.tranche.inference.Feature;
import dev.tranche.inference.Schema;
import dev.tranche.inference.format.JsonException;
import dev.tranche.inference.format.JsonKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The columns that a step may name. A step that writes an existing name gives the name a new slot, so later
/// steps see the new column and earlier ones kept the old. Used by one compilation.
final class Columns {
    private final Map<String, Column> byName = new LinkedHashMap<>();
    private int slots;

    Columns(Schema schema) {
        for (Feature feature : schema.features()) {
            Kind kind = switch (feature.type()) {
                case NUMBER, BOOLEAN -> Kind.NUMBER;
                case CATEGORY, TEXT -> Kind.TEXT;
                case DATE -> Kind.DATE;
                case EVENTS -> Kind.EVENTS;
            };
            enter(feature.name(), kind, feature.categories(), List.of(feature.name()));
        }
    }

    /// How many slots a frame needs.
    int slots() {
        return slots;
    }

    /// The column of this name.
    Column find(String name, String where) {
        Column column = byName.get(name);
        if (column == null) {
            throw JsonException.of(where + ": no column is named \"" + name + "\"; there are " + byName.keySet());
        }
        return column;
    }

    /// The column that a key names, of any kind.
    Column any(JsonKeys keys, String key) {
        return find(keys.text(key), keys.where());
    }

    /// The column that a key names.
    Column of(Kind kind, JsonKeys keys, String key) {
        return of(kind, keys, key, keys.text(key));
    }

    /// The columns that a key lists.
    List<Column> listOf(Kind kind, JsonKeys keys, String key, int atLeast) {
        List<Column> columns = new ArrayList<>();
        for (String name : keys.texts(key)) {
            columns.add(of(kind, keys, key, name));
        }
        if (columns.size() < atLeast) {
            throw keys.wrong(key, "must name at least " + atLeast + " columns: " + columns.size());
        }
        return columns;
    }

    /// The column of this name, which must hold this kind.
    Column of(Kind kind, JsonKeys keys, String key, String name) {
        Column column = find(name, keys.where());
        if (column.kind() != kind) {
            throw keys.wrong(key, "must be a column of kind " + kind + ": " + name + " is of kind " + column.kind());
        }
        return column;
    }

    /// A new number column; the result is its slot.
    int number(String name, List<Column> from) {
        return enter(name, Kind.NUMBER, List.of(), features(from));
    }

    /// A new column of a kind; the result is its slot.
    int enter(String name, Kind kind, List<String> levels, List<String> features) {
        if (name.isEmpty()) {
            throw JsonException.of("a column's name must have at least one character");
        }
        byName.put(name, new Column(name, slots, kind, levels, features));
        return slots++;
    }

    /// The features that columns were made from.
    static List<String> features(List<Column> from) {
        Set<String> features = new LinkedHashSet<>();
        from.forEach(column -> features.addAll(column.features()));
        return List.copyOf(features);
    }
}
