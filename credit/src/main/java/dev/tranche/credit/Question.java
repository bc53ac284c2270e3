package dev.tranche.credit;

import dev.tranche.inference.Feature;
import dev.tranche.inference.FeatureRow;
import dev.tranche.inference.FeatureType;
import dev.tranche.inference.Schema;
import java.util.ArrayList;
import java.util.List;

/// Puts a [Condition] to a row, and checks beforehand that the schema can answer it.
final class Question {

    private Question() {}

    /// Whether the condition holds; a comparison with a missing feature, or with one that the schema does not
    /// have, does not.
    static boolean holds(Condition condition, Schema schema, FeatureRow row) {
        return switch (condition) {
            case Condition.And(Condition left, Condition right) ->
                holds(left, schema, row) && holds(right, schema, row);
            case Condition.Or(Condition left, Condition right) -> holds(left, schema, row) || holds(right, schema, row);
            case Condition.Missing(String feature, boolean missing) -> missing == absent(schema.position(feature), row);
            case Condition.Compares(String feature, Condition.Operator operator, double limit) -> {
                int position = schema.position(feature);
                yield !absent(position, row) && operator.holds(row.number(position), limit);
            }
            case Condition.Flag(String feature, boolean wanted) -> {
                int position = schema.position(feature);
                yield !absent(position, row) && (row.number(position) != 0) == wanted;
            }
            case Condition.Among(String feature, List<String> words, boolean without) -> {
                int position = schema.position(feature);
                String text = position < 0 ? null : row.text(position);
                yield text != null && words.contains(text) != without;
            }
        };
    }

    /// One sentence for each part of the condition that this schema cannot answer.
    static List<String> mismatches(Condition condition, Schema schema) {
        List<String> found = new ArrayList<>();
        switch (condition) {
            case Condition.And(Condition left, Condition right) -> {
                found.addAll(mismatches(left, schema));
                found.addAll(mismatches(right, schema));
            }
            case Condition.Or(Condition left, Condition right) -> {
                found.addAll(mismatches(left, schema));
                found.addAll(mismatches(right, schema));
            }
            case Condition.Missing c -> known(c.feature(), condition, schema, found);
            case Condition.Compares c -> {
                if (known(c.feature(), condition, schema, found)) {
                    typed(c.feature(), FeatureType.NUMBER, condition, schema, found);
                }
            }
            case Condition.Flag c -> {
                if (known(c.feature(), condition, schema, found)) {
                    typed(c.feature(), FeatureType.BOOLEAN, condition, schema, found);
                }
            }
            case Condition.Among c -> {
                if (known(c.feature(), condition, schema, found)) {
                    among(c, schema, found);
                }
            }
        }
        return found;
    }

    private static boolean absent(int position, FeatureRow row) {
        return position < 0 || row.missing(position);
    }

    private static boolean known(String feature, Condition condition, Schema schema, List<String> found) {
        if (schema.position(feature) >= 0) {
            return true;
        }
        found.add("the rule \"" + condition + "\" names a feature that the schema does not have: " + feature);
        return false;
    }

    private static void typed(
            String feature, FeatureType wanted, Condition condition, Schema schema, List<String> found) {
        FeatureType type = schema.feature(schema.position(feature)).type();
        if (type != wanted) {
            found.add("the rule \"" + condition + "\" needs a " + wanted + ", but " + feature + " is a " + type);
        }
    }

    private static void among(Condition.Among among, Schema schema, List<String> found) {
        Feature feature = schema.feature(schema.position(among.feature()));
        if (!feature.type().textual()) {
            found.add(
                    "the rule \"" + among + "\" needs a category, but " + among.feature() + " is a " + feature.type());
            return;
        }
        for (String word : among.words()) {
            if (!feature.categories().isEmpty() && !feature.categories().contains(word)) {
                found.add("the rule \"" + among + "\" asks " + among.feature() + " for a category it does not have: "
                        + word);
            }
        }
    }
}
