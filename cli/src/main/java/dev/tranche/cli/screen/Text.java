package dev.tranche.cli.screen;

import java.util.ArrayList;
import java.util.List;

/// Text measured in terminal columns: colour sequences take none, Chinese characters take two.
public final class Text {
    /// The wide and full-width blocks of Unicode's East Asian Width (UAX 11), first and last character of
    /// each.
    private static final int[][] WIDE = {
        {0x1100, 0x115F},
        {0x2E80, 0xA4CF},
        {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},
        {0xFF00, 0xFF60},
        {0xFFE0, 0xFFE6},
        {0x1F300, 0x1FAFF},
        {0x20000, 0x3FFFD}
    };

    private Text() {}

    /// The columns a text takes.
    public static int width(String text) {
        int columns = 0;
        int position = 0;
        while (position < text.length()) {
            int end = sequenceEnd(text, position);
            if (end > position) {
                position = end;
                continue;
            }
            int point = text.codePointAt(position);
            columns += columns(point);
            position += Character.charCount(point);
        }
        return columns;
    }

    /// The text filled with spaces on the right, never cut.
    public static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - width(text)));
    }

    /// The text filled with spaces on the left, never cut.
    public static String right(String text, int columns) {
        return " ".repeat(Math.max(0, columns - width(text))) + text;
    }

    /// The text cut to a number of columns, with `…` as its last one when something was cut off. Colours are
    /// closed.
    public static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int used = 0;
        int position = 0;
        boolean coloured = false;
        while (position < text.length()) {
            int end = sequenceEnd(text, position);
            if (end > position) {
                kept.append(text, position, end);
                coloured = true;
                position = end;
                continue;
            }
            int point = text.codePointAt(position);
            if (used + columns(point) > columns - 1) {
                break;
            }
            kept.appendCodePoint(point);
            used += columns(point);
            position += Character.charCount(point);
        }
        if (columns > 0) {
            kept.append('…');
        }
        return coloured ? kept.append("\033[0m").toString() : kept.toString();
    }

    /// The text broken at spaces into lines of at most a number of columns; a longer word stays whole.
    public static List<String> wrapped(String text, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            if (!line.isEmpty() && width(line.toString()) + 1 + width(word) > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            if (!line.isEmpty()) {
                line.append(' ');
            }
            line.append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /// Where a colour sequence that starts at a position ends, or the position itself when none starts there.
    private static int sequenceEnd(String text, int position) {
        if (text.charAt(position) != '\033') {
            return position;
        }
        int end = text.indexOf('m', position);
        return end < 0 ? text.length() : end + 1;
    }

    /// Two for the wide and full-width blocks of Unicode's East Asian Width (UAX 11), else one; marks that
    /// combine, none.
    private static int columns(int point) {
        if (Character.getType(point) == Character.NON_SPACING_MARK) {
            return 0;
        }
        for (int[] block : WIDE) {
            if (point >= block[0] && point <= block[1]) {
                return 2;
            }
        }
        return 1;
    }
}
