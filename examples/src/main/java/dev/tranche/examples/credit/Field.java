package dev.tranche.examples.credit;

import dev.tranche.inference.format.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One feature of the data as the artifacts declare it in `features.json`.
///
/// @param name column of the data
/// @param categories its words, empty for a number
/// @param low smallest number allowed, unused for words
/// @param high largest number allowed, unused for words
/// @param missing `allow`, `default`, `reject` or `fallback`
/// @param byDefault the value that replaces a missing one under `default`
/// @param unseen what happens to a word outside the categories: `missing`, `reject` or `allow`
record Field(
        String name,
        List<String> categories,
        double low,
        double high,
        String missing,
        @Nullable String byDefault,
        String unseen) {

    static Field number(String name, double low, double high, String missing, @Nullable String byDefault) {
        return new Field(name, List.of(), low, high, missing, byDefault, "reject");
    }

    static Field words(String name, String missing, @Nullable String byDefault, String unseen, String... categories) {
        return new Field(name, List.of(categories), 0, 0, missing, byDefault, unseen);
    }

    boolean numeric() {
        return categories.isEmpty();
    }

    /// The entry of `features.json`.
    Json declaration() {
        Map<String, Json> entry = new LinkedHashMap<>();
        entry.put("name", Json.of(name));
        entry.put("type", Json.of(numeric() ? "number" : "category"));
        entry.put("missing", Json.of(missing));
        if (byDefault != null) {
            entry.put("default", value(byDefault));
        }
        if (numeric()) {
            entry.put("range", new Json.Items(List.of(Json.of(low), Json.of(high))));
        } else {
            entry.put(
                    "categories",
                    new Json.Items(categories.stream().map(Json::of).collect(Collectors.toList())));
            entry.put("unseen", Json.of(unseen));
        }
        return new Json.Struct(entry);
    }

    /// A value of this feature as a request carries it.
    Json value(String text) {
        return numeric() ? Json.of(Double.parseDouble(text)) : Json.of(text);
    }
}
