package dev.tranche.inference.transform;

import dev.tranche.inference.NameIndex;
import dev.tranche.inference.RowRefusedException;
import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonKeys;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Operations on texts out of a list.
final class Categories {
    private Categories() {}

    /// Several categories become one; `other` names the rest, or `null` makes it missing.
    static Step group(JsonKeys keys, Columns columns) {
        Column in = columns.of(Kind.TEXT, keys, "input");
        List<String> from = new ArrayList<>();
        List<String> to = new ArrayList<>();
        Json.Struct groups = keys.struct("groups");
        JsonKeys group = groups.keys(keys.where() + ": groups");
        for (String name : groups.members().keySet()) {
            for (String member : group.texts(name)) {
                from.add(member);
                to.add(name);
            }
        }
        NameIndex index = index(keys, "groups", from);
        @Nullable String other = textOrNull(keys, "other");
        @Nullable String missing = keys.has("missing") ? textOrNull(keys, "missing") : null;
        int out = columns.enter(keys.text("output", in.name()), Kind.TEXT, levels(to, other, missing), in.features());
        int slot = in.slot();
        return frame -> {
            String text = frame.texts[slot];
            if (text == null) {
                frame.texts[out] = missing;
            } else {
                int place = index.find(text);
                frame.texts[out] = place >= 0 ? to.get(place) : other;
            }
        };
    }

    /// The place of a category in a declared order.
    static Step ordinal(JsonKeys keys, Columns columns) {
        double start = keys.number("start", 0);
        List<String> order = keys.texts("order");
        List<Double> places = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            places.add(start + i);
        }
        return table(keys, columns, "order", order, places, Otherwise.read(keys, "unseen"));
    }

    /// The mean of the target by category as fitted; `prior` answers for unseen ones.
    static Step targetEncode(JsonKeys keys, Columns columns) {
        Map<String, Double> table = keys.table("table");
        Otherwise prior = new Otherwise(keys.number("prior"), false);
        return table(keys, columns, "table", List.copyOf(table.keySet()), List.copyOf(table.values()), prior);
    }

    /// The share of a category in training as fitted.
    static Step frequency(JsonKeys keys, Columns columns) {
        Map<String, Double> table = keys.table("table");
        Otherwise unseen = Otherwise.read(keys, "unseen");
        return table(keys, columns, "table", List.copyOf(table.keySet()), List.copyOf(table.values()), unseen);
    }

    private static Step table(
            JsonKeys keys, Columns columns, String key, List<String> names, List<Double> values, Otherwise unseen) {
        Column in = columns.of(Kind.TEXT, keys, "input");
        index(keys, key, names);
        CategoryTable table = CategoryTable.of(in.name(), names, values, Otherwise.read(keys, "missing"), unseen);
        int from = in.slot();
        int to = columns.number(keys.text("output", in.name()), List.of(in));
        return frame -> frame.numbers[to] = table.of(frame.texts[from]);
    }

    /// One 0/1 column a category, named `input=category` unless `outputs` names them.
    static Step oneHot(JsonKeys keys, Columns columns) {
        Column in = columns.of(Kind.TEXT, keys, "input");
        List<String> categories = keys.texts("categories");
        NameIndex index = index(keys, "categories", categories);
        List<String> outputs = keys.has("outputs")
                ? keys.texts("outputs")
                : categories.stream().map(name -> in.name() + "=" + name).toList();
        if (outputs.size() != categories.size()) {
            throw keys.wrong("outputs", "must have one name a category, " + categories.size() + ": " + outputs.size());
        }
        boolean refuseMissing = keys.word("missing", List.of("zeros", "refuse")).equals("refuse");
        boolean refuseUnseen = keys.word("unseen", List.of("zeros", "refuse")).equals("refuse");
        boolean dropFirst = keys.word("drop", List.of("none", "first"), "none").equals("first");
        int from = in.slot();
        int skipped = dropFirst ? 1 : 0;
        int[] slots = outputs.stream()
                .skip(skipped)
                .mapToInt(name -> columns.number(name, List.of(in)))
                .toArray();
        return frame -> {
            String text = frame.texts[from];
            int place = text == null ? -1 : index.find(text);
            if (place < 0 && (text == null ? refuseMissing : refuseUnseen)) {
                throw RowRefusedException.of(
                        in.name(), text == null ? "is missing" : "must be one of " + categories + ": \"" + text + "\"");
            }
            for (int i = 0; i < slots.length; i++) {
                frame.numbers[slots[i]] = i + skipped == place ? 1 : 0;
            }
        };
    }

    /// A table to numbers or to texts; `default` answers for the rest.
    static Step lookup(JsonKeys keys, Columns columns) {
        Column in = columns.of(Kind.TEXT, keys, "input");
        Json.Struct table = keys.struct("table");
        boolean texts = table.members().values().stream().anyMatch(Json.Text.class::isInstance);
        List<String> names = List.copyOf(table.members().keySet());
        if (!texts) {
            List<Double> values = List.copyOf(keys.table("table").values());
            return table(keys, columns, "table", names, values, Otherwise.read(keys, "default"));
        }
        JsonKeys entries = table.keys(keys.where() + ": table");
        List<String> values = names.stream().map(entries::text).toList();
        NameIndex index = NameIndex.of(names);
        @Nullable String otherwise = textOrNull(keys, "default");
        @Nullable String missing = textOrNull(keys, "missing");
        int from = in.slot();
        int to = columns.enter(
                keys.text("output", in.name()), Kind.TEXT, levels(values, otherwise, missing), in.features());
        return frame -> {
            String text = frame.texts[from];
            int place = text == null ? -1 : index.find(text);
            frame.texts[to] = text == null ? missing : place >= 0 ? values.get(place) : otherwise;
        };
    }

    static @Nullable String textOrNull(JsonKeys keys, String key) {
        return keys.need(key) instanceof Json.Null ? null : keys.text(key);
    }

    private static NameIndex index(JsonKeys keys, String key, List<String> names) {
        try {
            return NameIndex.of(names);
        } catch (IllegalArgumentException twice) {
            throw keys.wrong(key, twice.getMessage() == null ? "must differ" : twice.getMessage());
        }
    }

    private static List<String> levels(List<String> values, @Nullable String... more) {
        Set<String> levels = new LinkedHashSet<>(values);
        for (@Nullable String one : more) {
            if (one != null) {
                levels.add(one);
            }
        }
        return List.copyOf(levels);
    }
}
