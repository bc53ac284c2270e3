package dev.tranche.engine.signal;

import java.util.Arrays;

/// What the signals of a version are for. None of them moves money: the engine executes nothing.
public enum Mode {
    /// Recorded and measured, told to nobody who does not ask for it.
    SHADOW("shadow"),
    /// Told, to be looked at.
    READ_ONLY("read-only"),
    /// Told as what is live.
    LIVE("live");

    private final String word;

    Mode(String word) {
        this.word = word;
    }

    /// As it is written in routes and measurements.
    public String word() {
        return word;
    }

    /// Reads `shadow`, `read-only` or `live`.
    public static Mode parse(String word) {
        return Arrays.stream(values())
                .filter(mode -> mode.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a mode is one of shadow, read-only, live: " + word));
    }
}
