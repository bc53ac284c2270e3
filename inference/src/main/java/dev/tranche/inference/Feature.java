package dev.tranche.inference;

import java.util.List;
import java.util.Locale;

/// One named input of a request and what is allowed in it.
///
/// @param name as in the request
/// @param type what it holds
/// @param whenMissing what happens without it
/// @param range the allowed numbers; unused by textual types
/// @param outside what happens to a number outside the range
/// @param categories the known texts of a category; empty when undeclared
/// @param unseen what happens to another text
public record Feature(
        String name,
        FeatureType type,
        WhenMissing whenMissing,
        Range range,
        Outside outside,
        List<String> categories,
        Unseen unseen) {
    /// Copies the categories.
    public Feature {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a feature's name must have at least one character");
        }
        categories = List.copyOf(categories);
    }

    /// A number without bounds, missing allowed: what a plain list of names means.
    public static Feature number(String name) {
        return of(name, FeatureType.NUMBER);
    }

    /// A feature without bounds, missing allowed, unseen categories refused.
    public static Feature of(String name, FeatureType type) {
        return new Feature(name, type, new WhenMissing.Allow(), Range.ALL, Outside.REJECT, List.of(), Unseen.REJECT);
    }

    /// Numbers from `low` to `high`, both included.
    public record Range(double low, double high) {
        /// Every finite number.
        public static final Range ALL = new Range(-Double.MAX_VALUE, Double.MAX_VALUE);

        /// Refuses bounds that allow nothing.
        public Range {
            if (!(low <= high)) {
                throw new IllegalArgumentException("range must have low <= high: [" + low + ", " + high + "]");
            }
        }

        /// Whether a number is allowed; NaN never is.
        public boolean contains(double value) {
            return value >= low && value <= high;
        }
    }

    /// What happens to a number outside its range.
    public enum Outside {
        /// The request is refused.
        REJECT,
        /// The number counts as missing.
        MISSING;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What happens to a category outside its list.
    public enum Unseen {
        /// It counts as missing.
        MISSING,
        /// The request is refused.
        REJECT,
        /// It goes on to the transform and the model, which say what they do with it.
        ALLOW;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
