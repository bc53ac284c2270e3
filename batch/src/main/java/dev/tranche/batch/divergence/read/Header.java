package dev.tranche.batch.divergence.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The names of a file's columns, compared without case, blanks and punctuation: `Open Time`, `open_time` and
/// `openTime` are one.
///
/// @param names as the file writes them
/// @param plain the same, letters and digits in lower case only
record Header(List<String> names, List<String> plain) {
    static Header of(List<String> names) {
        List<String> plain = new ArrayList<>();
        for (String name : names) {
            plain.add(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""));
        }
        return new Header(List.copyOf(names), List.copyOf(plain));
    }

    /// The position of the first of these names that is there, or -1.
    int find(String... candidates) {
        for (String candidate : candidates) {
            int at = plain.indexOf(candidate);
            if (at >= 0) {
                return at;
            }
        }
        return -1;
    }

    /// Whether this line is no header but a row already: every cell is a number or a truth value.
    boolean isRow() {
        return names.stream().allMatch(cell -> cell.matches("[-+0-9.eE]+|(?i:true|false)"));
    }
}
