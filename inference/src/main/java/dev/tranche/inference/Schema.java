package dev.tranche.inference;

import dev.tranche.inference.format.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The features that a model's request may carry, in order, and the rules of admission. Immutable, safe for
/// any number of threads.
///
/// ```java
/// FeatureRow row = schema.row();
/// row.number(schema.position("age"), 30);
/// Admission admission = schema.admit(row);
/// ```
public final class Schema {
    private final List<Feature> features;
    private final Feature[] byPosition;
    private final NameIndex index;
    private final NameIndex[] categories;

    private Schema(List<Feature> features) {
        this.features = List.copyOf(features);
        this.byPosition = features.toArray(new Feature[0]);
        this.index = NameIndex.of(features.stream().map(Feature::name).toList());
        this.categories = features.stream()
                .map(feature -> NameIndex.of(feature.categories()))
                .toArray(NameIndex[]::new);
    }

    /// A schema of features in this order.
    ///
    /// @throws IllegalArgumentException when two features share a name
    public static Schema of(List<Feature> features) {
        return new Schema(features);
    }

    /// The features in order.
    public List<Feature> features() {
        return features;
    }

    /// How many features there are.
    public int size() {
        return byPosition.length;
    }

    /// The feature at a position.
    public Feature feature(int position) {
        return byPosition[position];
    }

    /// The position of a name, or -1.
    public int position(String name) {
        return index.find(name);
    }

    /// The position of a name, or -1; quickest when it is `expected`, as with fields that arrive in schema
    /// order.
    ///
    /// @param expected where the name probably is: the position after the last one found
    public int position(String name, int expected) {
        return index.find(name, expected);
    }

    /// An empty row of this schema.
    public FeatureRow row() {
        return new FeatureRow(this);
    }

    /// A row from a JSON object by feature name; `null` is missing, a value of the wrong type is a fault that
    /// [#admit] reports, a name outside the schema is ignored.
    public FeatureRow read(Json.Struct values) {
        FeatureRow row = row();
        int expected = 0;
        for (Map.Entry<String, Json> member : values.members().entrySet()) {
            int position = position(member.getKey(), expected);
            if (position >= 0) {
                set(row, position, member.getValue());
                expected = position + 1;
            }
        }
        return row;
    }

    private void set(FeatureRow row, int position, Json value) {
        switch (value) {
            case Json.Null ignored -> row.erase(position);
            case Json.Num number -> row.number(position, number.doubleValue());
            case Json.Flag flag -> row.flag(position, flag.value());
            case Json.Text text when feature(position).type() != FeatureType.EVENTS -> row.text(position, text.value());
            case Json.Items items
            when feature(position).type() == FeatureType.EVENTS -> row.text(position, items.canonical());
            case Json.Text _, Json.Items _, Json.Struct _ ->
                row.fault(position, "takes a " + feature(position).type() + ", not " + value.kind());
        }
    }

    /// Applies the rules: refuses faults, values outside their range and unseen categories, fills defaults in,
    /// and names what is missing. Changes the row; admit a row once.
    public Admission admit(FeatureRow row) {
        if (row.schema() != this) {
            throw new IllegalArgumentException("the row belongs to another schema");
        }
        if (row.faultPosition() >= 0) {
            return rejected(row.faultPosition(), row.faultReason());
        }
        List<String> missing = List.of();
        List<String> defaulted = List.of();
        int fallBack = -1;
        for (int position = 0; position < byPosition.length; position++) {
            Feature feature = byPosition[position];
            String refusal = check(feature, row, position);
            if (refusal != null) {
                return rejected(position, refusal);
            }
            if (row.missing(position)) {
                switch (feature.whenMissing()) {
                    case WhenMissing.Allow() -> missing = with(missing, feature.name());
                    case WhenMissing.UseNumber(double value) -> {
                        row.fill(position, value);
                        defaulted = with(defaulted, feature.name());
                    }
                    case WhenMissing.UseText(String value) -> {
                        row.fill(position, value);
                        defaulted = with(defaulted, feature.name());
                    }
                    case WhenMissing.Reject() -> {
                        return rejected(position, "is required");
                    }
                    case WhenMissing.FallBack() -> fallBack = fallBack < 0 ? position : fallBack;
                }
            }
        }
        if (fallBack >= 0) {
            return new Admission.FallBack(
                    byPosition[fallBack].name(), "is missing, and the model is not asked without it");
        }
        return new Admission.Admitted(row, missing, defaulted);
    }

    /// What is wrong with a present value, or null; a value that counts as missing is erased.
    private @Nullable String check(Feature feature, FeatureRow row, int position) {
        if (feature.type().textual()) {
            String text = row.text(position);
            if (text == null || categories[position].size() == 0 || categories[position].find(text) >= 0) {
                return null;
            }
            return switch (feature.unseen()) {
                case ALLOW -> null;
                case MISSING -> {
                    row.erase(position);
                    yield null;
                }
                case REJECT -> "must be one of " + feature.categories() + ": \"" + FeatureRow.shown(text) + "\"";
            };
        }
        double number = row.number(position);
        if (Double.isNaN(number) || feature.range().contains(number)) {
            return null;
        }
        return switch (feature.outside()) {
            case MISSING -> {
                row.erase(position);
                yield null;
            }
            case REJECT ->
                "must be within " + feature.range().low() + ".."
                        + feature.range().high() + ": " + number;
        };
    }

    private Admission rejected(int position, String reason) {
        return new Admission.Rejected(byPosition[position].name(), reason);
    }

    private static List<String> with(List<String> names, String name) {
        List<String> longer = names.isEmpty() ? new ArrayList<>() : names;
        longer.add(name);
        return longer;
    }
}
