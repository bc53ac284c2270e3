package dev.tranche.inference.format;

import static java.util.Objects.requireNonNull;

/// How many boosting rounds of a file take part in an answer: `all`, `best`, or a number.
///
/// XGBoost keeps every tree after early stopping, and its own front ends differ in how many they use;
/// the artifact says which were validated.
public sealed interface Rounds {
    /// Every round in the file.
    record All() implements Rounds {
        @Override
        public String toString() {
            return "all";
        }
    }

    /// The rounds up to and with the file's `best_iteration`.
    record Best() implements Rounds {
        @Override
        public String toString() {
            return "best";
        }
    }

    /// The first `count` rounds, at least 1.
    record First(int count) implements Rounds {
        public First {
            if (count < 1) {
                throw new IllegalArgumentException("rounds must be all, best or at least 1: " + count);
            }
        }

        @Override
        public String toString() {
            return Integer.toString(count);
        }
    }

    /// Every round.
    static Rounds all() {
        return new All();
    }

    /// Reads what [#toString()] writes.
    ///
    /// @throws IllegalArgumentException when the text is neither `all`, `best` nor a whole number from 1
    static Rounds parse(String text) {
        return switch (requireNonNull(text)) {
            case "all" -> new All();
            case "best" -> new Best();
            default -> new First(count(text));
        };
    }

    private static int count(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("rounds must be all, best or at least 1: " + text, e);
        }
    }
}
