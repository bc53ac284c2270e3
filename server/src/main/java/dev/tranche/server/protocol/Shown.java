package dev.tranche.server.protocol;

/// Texts of callers as they are told back: short.
final class Shown {
    private static final int LONGEST = 100;

    private Shown() {}

    static String text(String value) {
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
    }
}
