package dev.tranche.cli.screen;

import java.util.Locale;

/// The four answers a gate, a guard or a check can give, and how they look.
public enum Verdict {
    PASS("✔", "pass"),
    FAIL("✘", "fail"),
    WAIT("◔", "wait"),
    BROKEN("⊘", "broken");

    private final String symbol;
    private final String word;

    Verdict(String symbol, String word) {
        this.symbol = symbol;
        this.word = word;
    }

    /// Reads the server's word; one that is not known is BROKEN, because nothing was measured that we
    /// understand.
    public static Verdict of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "pass", "passed", "ok" -> PASS;
            case "fail", "failed" -> FAIL;
            case "wait", "waiting", "pending" -> WAIT;
            default -> BROKEN;
        };
    }

    public String word() {
        return word;
    }

    public String symbol() {
        return symbol;
    }

    /// The symbol in its colour.
    public String symbol(Ink ink) {
        return painted(ink, symbol);
    }

    /// Symbol and word in their colour, eight columns wide.
    public String label(Ink ink) {
        return painted(ink, Text.padded(symbol + " " + word, 8));
    }

    private String painted(Ink ink, String text) {
        return switch (this) {
            case PASS -> ink.green(text);
            case FAIL -> ink.red(text);
            case WAIT -> ink.yellow(text);
            case BROKEN -> ink.magenta(text);
        };
    }
}
