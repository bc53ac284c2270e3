package dev.tranche.engine.trading.desk;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a person may order of a desk.
public enum Verb {
    /// Stops everything until a release.
    KILL,
    /// Ends a kill.
    RELEASE,
    /// Pulls every quote until it is resumed; hedging goes on.
    HALT,
    /// Allows quoting again.
    RESUME,
    /// Halts, and takes back every order in every contract, known or not.
    CANCEL_ALL,
    /// Halts, and brings every position towards 0.
    FLATTEN,
    /// Books what the venue's position in a contract has more than ours, so that both agree.
    ADOPT,
    /// Ends a venue's protection for market makers that was triggered: quotes may rest there again.
    RESET_PROTECTION;

    /// As it is written: `cancel-all`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @throws IllegalArgumentException when it is none
    public static Verb parse(String word) {
        return Arrays.stream(values())
                .filter(verb -> verb.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a verb is one of "
                        + Arrays.stream(values()).map(Verb::word).collect(Collectors.joining(", ")) + ": " + word));
    }
}
