package dev.tranche.examples.credit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One row of the data: what the applicant said, and how the loan ended.
///
/// @param values text by feature; a missing feature is absent
/// @param bad whether the loan went bad
record Applicant(Map<String, String> values, boolean bad) {

    Applicant {
        values = Map.copyOf(values);
    }

    /// The text of a feature, null when missing.
    @Nullable
    String text(String feature) {
        return values.get(feature);
    }

    /// The number of a feature, NaN when missing.
    double number(String feature) {
        String text = values.get(feature);
        return text == null ? Double.NaN : Double.parseDouble(text);
    }

    /// The same applicant with another value of one feature; null takes it away.
    Applicant with(String feature, @Nullable String value) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        if (value == null) {
            changed.remove(feature);
        } else {
            changed.put(feature, value);
        }
        return new Applicant(changed, bad);
    }
}
