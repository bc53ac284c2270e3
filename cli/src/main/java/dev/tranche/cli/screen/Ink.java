package dev.tranche.cli.screen;

/// Colours by ANSI sequences, or none at all.
///
/// @param on whether sequences are written
public record Ink(boolean on) {
    public static final Ink NONE = new Ink(false);

    public String bold(String text) {
        return painted("1", text);
    }

    public String dim(String text) {
        return painted("2", text);
    }

    public String red(String text) {
        return painted("31", text);
    }

    public String green(String text) {
        return painted("32", text);
    }

    public String yellow(String text) {
        return painted("33", text);
    }

    public String magenta(String text) {
        return painted("35", text);
    }

    public String cyan(String text) {
        return painted("36", text);
    }

    private String painted(String code, String text) {
        return on && !text.isEmpty() ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
