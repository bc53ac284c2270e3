package dev.tranche.inference.format;

import dev.tranche.inference.ArtifactException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A value in a [Document] and where it stands, so that a refusal can say which value was wrong.
record Place(String path, Document document) {
    /// The value of this name, which must be there.
    Place at(String name) {
        Place found = find(name);
        if (found == null) {
            throw ArtifactException.of("model_field_missing", path + "." + name + " is missing");
        }
        return found;
    }

    /// The value of this name, or null.
    @Nullable
    Place find(String name) {
        Document value = fields().values().get(name);
        return value == null ? null : new Place(path.isEmpty() ? name : path + "." + name, value);
    }

    /// Refuses names that are not known here: what is not understood could change the scores.
    Place only(Set<String> names) {
        for (String name : fields().values().keySet()) {
            if (!names.contains(name)) {
                throw ArtifactException.of(
                        "model_field_unknown",
                        path + "." + name + " is not known and could change the scores; known are "
                                + names.stream().sorted().toList());
            }
        }
        return this;
    }

    /// The values of a list.
    List<Place> items() {
        return switch (document) {
            case Document.Items items -> {
                List<Place> places = new ArrayList<>();
                for (Document value : items.values()) {
                    places.add(new Place(path + "[" + places.size() + "]", value));
                }
                yield places;
            }
            case Document.Numbers numbers when numbers.size() == 0 -> List.of();
            case Document.Numbers n -> throw wrong("a list of other values than numbers");
            case Document.Fields f -> throw wrong("a list");
            case Document.Text t -> throw wrong("a list");
            case Document.One o -> throw wrong("a list");
            case Document.Nothing n -> throw wrong("a list");
        };
    }

    /// The numbers of a list.
    Document.Numbers numbers() {
        if (document instanceof Document.Numbers numbers) {
            return numbers;
        }
        throw wrong("a list of numbers");
    }

    /// The numbers of a list that must have this many.
    Document.Numbers numbers(int count) {
        Document.Numbers numbers = numbers();
        if (numbers.size() != count) {
            throw ArtifactException.of("model_length", path + " must have " + count + " values: " + numbers.size());
        }
        return numbers;
    }

    /// The numbers of a list as ints.
    int[] ints() {
        Document.Numbers numbers = numbers();
        int[] ints = new int[numbers.size()];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = numbers.whole(i);
        }
        return ints;
    }

    /// The texts of a list.
    List<String> texts() {
        return items().stream().map(Place::text).toList();
    }

    /// The text.
    String text() {
        if (document instanceof Document.Text text) {
            return text.value();
        }
        throw wrong("a text");
    }

    /// The whole number, which XGBoost writes as a text or as a number.
    int whole() {
        if (document instanceof Document.One one) {
            return one.value().whole(0);
        }
        try {
            return Integer.parseInt(text());
        } catch (NumberFormatException e) {
            throw wrong("a whole number");
        }
    }

    private Document.Fields fields() {
        if (document instanceof Document.Fields fields) {
            return fields;
        }
        throw wrong("an object");
    }

    private ArtifactException wrong(String what) {
        return ArtifactException.of("model_field_type", path + " must be " + what);
    }
}
