package dev.tranche.engine.trading.status;

import java.util.List;

/// The words of regimes: 0 calm, 1 usual, 2 wild.
final class Regimes {
    private static final List<String> WORDS = List.of("LOW", "MEDIUM", "HIGH");

    private Regimes() {}

    static String word(int code) {
        return WORDS.get(Math.clamp(code, 0, WORDS.size() - 1));
    }
}
