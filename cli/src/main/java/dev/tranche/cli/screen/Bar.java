package dev.tranche.cli.screen;

/// A bar filled in eighths of a column.
public final class Bar {
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private Bar() {}

    /// A bar of a share.
    ///
    /// @param share   0 to 1; less is empty, more is full, NaN is empty
    /// @param columns its width, at least 1
    /// @throws IllegalArgumentException when it would have no width
    public static String of(double share, int columns) {
        if (columns < 1) {
            throw new IllegalArgumentException("a bar must have at least 1 column: " + columns);
        }
        double held = Double.isNaN(share) ? 0 : Math.clamp(share, 0.0, 1.0);
        int eighths = (int) Math.floor(held * columns * 8);
        int whole = eighths / 8;
        StringBuilder bar = new StringBuilder("█".repeat(whole));
        if (whole < columns && eighths % 8 > 0) {
            bar.append(EIGHTHS.charAt(eighths % 8));
            whole++;
        }
        return bar.append("░".repeat(columns - whole)).toString();
    }
}
