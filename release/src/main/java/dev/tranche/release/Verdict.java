package dev.tranche.release;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The answer to a question asked of measurements: pass, fail, wait or broken; never a boolean, because "not
/// yet known" and "could not be measured" are neither yes nor no. Each says why and with which numbers.
public sealed interface Verdict {
    /// Why, in one sentence for people.
    String reason();

    /// The numbers it rests on, by name (`estimate`, `lower`, `upper`, `limit`, `n`, ...), sorted.
    SortedMap<String, Double> numbers();

    /// `pass`, `fail`, `wait` or `broken`.
    default String word() {
        return switch (this) {
            case Pass _ -> "pass";
            case Fail _ -> "fail";
            case Wait _ -> "wait";
            case Broken _ -> "broken";
        };
    }

    static Verdict pass(String reason) {
        return new Pass(reason, Collections.emptySortedMap());
    }

    static Verdict fail(String reason) {
        return new Fail(reason, Collections.emptySortedMap());
    }

    static Verdict await(String reason) {
        return new Wait(reason, Collections.emptySortedMap());
    }

    static Verdict broken(String reason) {
        return new Broken(reason, Collections.emptySortedMap());
    }

    /// The verdict of this word, see [#word()].
    static Verdict of(String word, String reason, SortedMap<String, Double> numbers) {
        return switch (word) {
            case "pass" -> new Pass(reason, numbers);
            case "fail" -> new Fail(reason, numbers);
            case "wait" -> new Wait(reason, numbers);
            case "broken" -> new Broken(reason, numbers);
            default -> throw new IllegalArgumentException("verdict must be pass, fail, wait or broken: " + word);
        };
    }

    /// Measured, and it is so.
    record Pass(String reason, SortedMap<String, Double> numbers) implements Verdict {
        public Pass {
            numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
        }
    }

    /// Measured, and it is not so.
    record Fail(String reason, SortedMap<String, Double> numbers) implements Verdict {
        public Fail {
            numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
        }
    }

    /// Too early or inconclusive; the reason says what is missing.
    record Wait(String reason, SortedMap<String, Double> numbers) implements Verdict {
        public Wait {
            numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
        }
    }

    /// It could not be measured.
    record Broken(String reason, SortedMap<String, Double> numbers) implements Verdict {
        public Broken {
            numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
        }
    }
}
