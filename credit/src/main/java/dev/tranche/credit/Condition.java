package dev.tranche.credit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A question about one application, as written in `policy.yaml`:
///
/// ```
/// age < 18
/// duration > 48 and purpose in [education, 'new car']
/// savings_status is missing or (own_telephone = false and job != skilled)
/// ```
///
/// Comparisons are `<`, `<=`, `>`, `>=`, `=`, `!=`; words are written bare or in quotes; `and` binds tighter
/// than `or`. A comparison with a missing feature is not fulfilled, whichever comparison it is: what is not
/// known decides nothing. Ask `is missing` when it should.
public sealed interface Condition {

    /// Reads the written form.
    ///
    /// @throws PolicyException naming the place when the text does not follow the grammar
    static Condition parse(String text) {
        return new ConditionReader(text).read();
    }

    /// A number against a limit.
    record Compares(String feature, Operator operator, double limit) implements Condition {
        @Override
        public String toString() {
            return feature + " " + operator.sign() + " " + plain(limit);
        }
    }

    /// A word among words; with `without` the opposite.
    record Among(String feature, List<String> words, boolean without) implements Condition {
        /// @param words one or more
        public Among {
            words = List.copyOf(words);
        }

        @Override
        public String toString() {
            if (words.size() == 1) {
                return feature + (without ? " != " : " = ") + quoted(words.getFirst());
            }
            return feature
                    + (without ? " not in " : " in ")
                    + words.stream().map(Condition::quoted).toList();
        }
    }

    /// A yes-or-no feature against `true` or `false`.
    record Flag(String feature, boolean wanted) implements Condition {
        @Override
        public String toString() {
            return feature + " = " + wanted;
        }
    }

    /// Whether a feature is absent (`is missing`) or there (`is present`).
    record Missing(String feature, boolean missing) implements Condition {
        @Override
        public String toString() {
            return feature + (missing ? " is missing" : " is present");
        }
    }

    /// Both hold.
    record And(Condition left, Condition right) implements Condition {
        @Override
        public String toString() {
            return bracketed(left) + " and " + bracketed(right);
        }

        private static String bracketed(Condition side) {
            return side instanceof Or ? "(" + side + ")" : side.toString();
        }
    }

    /// At least one holds.
    record Or(Condition left, Condition right) implements Condition {
        @Override
        public String toString() {
            return left + " or " + right;
        }
    }

    /// How a number is compared with a limit.
    enum Operator {
        /// Smaller than.
        LESS("<"),
        /// Smaller than or equal.
        AT_MOST("<="),
        /// Greater than.
        MORE(">"),
        /// Greater than or equal.
        AT_LEAST(">="),
        /// Equal.
        EQUAL("="),
        /// Not equal.
        UNEQUAL("!=");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        /// The written form.
        public String sign() {
            return sign;
        }

        /// The comparison itself; neither side may be NaN.
        boolean holds(double value, double limit) {
            return switch (this) {
                case LESS -> value < limit;
                case AT_MOST -> value <= limit;
                case MORE -> value > limit;
                case AT_LEAST -> value >= limit;
                case EQUAL -> value == limit;
                case UNEQUAL -> value != limit;
            };
        }
    }

    /// Names of the features asked about, in the order of the text.
    default Set<String> features() {
        Set<String> names = new LinkedHashSet<>();
        collect(this, names);
        return names;
    }

    private static void collect(Condition condition, Set<String> names) {
        switch (condition) {
            case Compares c -> names.add(c.feature());
            case Among c -> names.add(c.feature());
            case Flag c -> names.add(c.feature());
            case Missing c -> names.add(c.feature());
            case And c -> {
                collect(c.left(), names);
                collect(c.right(), names);
            }
            case Or c -> {
                collect(c.left(), names);
                collect(c.right(), names);
            }
        }
    }

    private static String quoted(String word) {
        return word.indexOf('\'') < 0 ? "'" + word + "'" : '"' + word + '"';
    }

    private static String plain(double limit) {
        return limit == Math.rint(limit) && Math.abs(limit) < 1e15 ? Long.toString((long) limit) : "" + limit;
    }
}
