package dev.tranche.batch.divergence.read;

import java.util.ArrayList;
import java.util.List;

/// The cells of a row: separated by a comma, a semicolon or a tab, whichever the first line uses, blanks and
/// double quotes around them taken off. A quoted separator is not expected in market files.
///
/// @param separator one character
record Cells(char separator) {
    private static final List<Character> SEPARATORS = List.of(',', ';', '\t');
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /// The separator that occurs most in a line.
    static Cells of(String firstLine) {
        char best = ',';
        long most = 0;
        for (char each : SEPARATORS) {
            long count = firstLine.chars().filter(c -> c == each).count();
            if (count > most) {
                best = each;
                most = count;
            }
        }
        return new Cells(best);
    }

    List<String> split(String line) {
        List<String> cells = new ArrayList<>();
        int from = !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
        for (int to = line.indexOf(separator, from); to >= 0; to = line.indexOf(separator, from)) {
            cells.add(bare(line.substring(from, to)));
            from = to + 1;
        }
        cells.add(bare(line.substring(from)));
        return cells;
    }

    private static String bare(String cell) {
        String stripped = cell.strip();
        boolean quoted = stripped.length() >= 2 && stripped.startsWith("\"") && stripped.endsWith("\"");
        return quoted ? stripped.substring(1, stripped.length() - 1) : stripped;
    }
}
