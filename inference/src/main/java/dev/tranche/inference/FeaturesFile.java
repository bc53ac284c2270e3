package dev.tranche.inference;

import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonException;
import dev.tranche.inference.format.JsonKeys;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Reads `features.json`: a list of names, each a number that may be missing, or of objects that say more.
final class FeaturesFile {
    private FeaturesFile() {}

    /// @throws JsonException naming the feature, the key and what is allowed
    static Schema read(Json.Struct file) {
        JsonKeys keys = file.keys("features.json");
        List<Feature> features = new ArrayList<>();
        for (Json item : keys.items("features")) {
            features.add(
                    item instanceof Json.Text(String name)
                            ? Feature.number(name)
                            : feature(item.asStruct("feature " + (features.size() + 1))));
        }
        keys.done();
        if (features.isEmpty()) {
            throw keys.wrong("features", "must have at least one feature");
        }
        try {
            return Schema.of(features);
        } catch (IllegalArgumentException twice) {
            throw JsonException.of("features.json: " + twice.getMessage(), twice);
        }
    }

    private static Feature feature(Json.Struct struct) {
        String name = struct.keys("feature").text("name");
        JsonKeys keys = struct.keys("feature " + name);
        keys.text("name");
        keys.text("description", "");
        FeatureType type = parsed(keys, "type", FeatureType::parse);
        Feature.Range range = Feature.Range.ALL;
        if (keys.has("range")) {
            double[] bounds = keys.numbers("range");
            if (bounds.length != 2 || bounds[0] > bounds[1] || type != FeatureType.NUMBER) {
                throw keys.wrong("range", "must be [low, high] of a number feature");
            }
            range = new Feature.Range(bounds[0], bounds[1]);
        }
        List<String> categories = keys.texts("categories");
        if (!categories.isEmpty() && type != FeatureType.CATEGORY) {
            throw keys.wrong("categories", "must belong to a feature of type category: " + type);
        }
        boolean outside =
                keys.word("outside", List.of("reject", "missing"), "reject").equals("missing");
        Feature.Unseen unseen = switch (keys.word("unseen", List.of("missing", "reject", "allow"), "reject")) {
            case "missing" -> Feature.Unseen.MISSING;
            case "allow" -> Feature.Unseen.ALLOW;
            default -> Feature.Unseen.REJECT;
        };
        Feature feature = new Feature(
                name,
                type,
                whenMissing(keys, type),
                range,
                outside ? Feature.Outside.MISSING : Feature.Outside.REJECT,
                categories,
                unseen);
        keys.done();
        checkDefault(feature, keys);
        return feature;
    }

    private static WhenMissing whenMissing(JsonKeys keys, FeatureType type) {
        String word = keys.word("missing", List.of("allow", "default", "reject", "fallback"), "allow");
        if (keys.has("default") != word.equals("default")) {
            throw keys.wrong("default", "must be there when missing is default, and only then");
        }
        return switch (word) {
            case "default" -> defaulted(keys, type);
            case "reject" -> new WhenMissing.Reject();
            case "fallback" -> new WhenMissing.FallBack();
            default -> new WhenMissing.Allow();
        };
    }

    private static WhenMissing defaulted(JsonKeys keys, FeatureType type) {
        return switch (type) {
            case NUMBER -> new WhenMissing.UseNumber(keys.number("default"));
            case BOOLEAN -> new WhenMissing.UseNumber(keys.flag("default", false) ? 1 : 0);
            case CATEGORY, TEXT -> new WhenMissing.UseText(keys.text("default"));
            case DATE ->
                new WhenMissing.UseNumber(
                        parsed(keys, "default", FeaturesFile::day).toEpochDay());
            case EVENTS -> new WhenMissing.UseText(new Json.Items(keys.items("default")).canonical());
        };
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException unreadable) {
            throw new IllegalArgumentException("must be a date like 2026-03-31: " + text, unreadable);
        }
    }

    private static <T> T parsed(JsonKeys keys, String key, Function<String, T> parser) {
        String text = keys.text(key);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException unknown) {
            throw JsonException.of(keys.where() + ": " + key + ": " + unknown.getMessage(), unknown);
        }
    }

    /// A default must itself be admissible.
    private static void checkDefault(Feature feature, JsonKeys keys) {
        boolean allowed = switch (feature.whenMissing()) {
            case WhenMissing.UseNumber(double value) -> feature.range().contains(value);
            case WhenMissing.UseText(String value) ->
                feature.categories().isEmpty() || feature.categories().contains(value);
            case WhenMissing.Allow _, WhenMissing.Reject _, WhenMissing.FallBack _ -> true;
        };
        if (!allowed) {
            throw keys.wrong("default", "must be within the feature's own range or categories");
        }
    }
}
