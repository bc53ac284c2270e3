package dev.tranche.cli.screen;

import java.util.Map;

/// Where output goes: a terminal of some size, with colours or without, or a pipe.
///
/// @param terminal whether somebody may be looking; a pipe gets plain lines and nothing that moves
/// @param ink      the colours, off in a pipe, under `NO_COLOR` and on a dumb terminal
/// @param size     asked each time, because a window can be resized
public record Screen(boolean terminal, Ink ink, Sizing size) {
    /// What is assumed when nobody says (the VT100's).
    public static final Size STANDARD = new Size(80, 24);

    /// Columns and rows, both at least one.
    public record Size(int columns, int rows) {
        /// Reads `ROWS COLUMNS` as `stty size` prints it; anything else is the standard size.
        public static Size parse(String text) {
            String[] parts = text.strip().split(" ", -1);
            if (parts.length != 2 || !parts[0].matches("[1-9]\\d{0,3}") || !parts[1].matches("[1-9]\\d{0,3}")) {
                return STANDARD;
            }
            return new Size(Integer.parseInt(parts[1]), Integer.parseInt(parts[0]));
        }
    }

    /// Says how large the screen is now.
    public interface Sizing {
        Size now();
    }

    /// A pipe or a file: wide enough that nothing is cut.
    public static Screen pipe() {
        return new Screen(false, Ink.NONE, () -> new Size(Integer.MAX_VALUE, Integer.MAX_VALUE));
    }

    /// A terminal, coloured unless the environment asks for none (<https://no-color.org>).
    public static Screen terminal(Map<String, String> environment, Sizing size) {
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        return new Screen(true, new Ink(!plain), size);
    }

    public int columns() {
        return size.now().columns();
    }
}
