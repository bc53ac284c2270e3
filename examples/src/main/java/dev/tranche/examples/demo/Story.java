package dev.tranche.examples.demo;

import java.io.PrintStream;
import java.util.Locale;

/// What the demo says on the screen: chapters, facts, and a mark before everything that was expected and
/// checked. One thread.
final class Story {
    private final PrintStream out;
    private final boolean colour;
    private int broken;

    Story(PrintStream out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    void chapter(String title) {
        out.println();
        out.println(paint("1;36", "── " + title + " " + "─".repeat(Math.max(3, 76 - title.length()))));
    }

    void say(String text, Object... values) {
        out.println("   " + String.format(Locale.ROOT, text, values));
    }

    void quiet(String text, Object... values) {
        out.println(paint("2", "   " + String.format(Locale.ROOT, text, values)));
    }

    /// Something the demo promises: a tick when it is so, a cross (and a failing exit code) when it is not.
    void expect(boolean so, String text, Object... values) {
        if (!so) broken++;
        out.println(
                " " + (so ? paint("1;32", "✓") : paint("1;31", "✗")) + " " + String.format(Locale.ROOT, text, values));
    }

    /// How many promises were not kept.
    int broken() {
        return broken;
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
