package dev.tranche.runtime.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The path of a value in a row of a table: `divergence.overrides[2].z_hi`.
///
/// @param table the table's name
/// @param row from 0, in the order of the file; -1 for a list without rows, written `[]`
/// @param column the column's name; empty for a row that is no map
record RowPath(String table, int row, String column) {
    private static final Pattern FORM = Pattern.compile("([^\\[\\]]+)\\[([0-9]{0,6})](?:\\.(.+))?");

    /// The parts of a path; empty when it names no row.
    static Optional<RowPath> of(String path) {
        Matcher match = FORM.matcher(path);
        return match.matches()
                ? Optional.of(new RowPath(
                        match.group(1),
                        match.group(2).isEmpty() ? -1 : Integer.parseInt(match.group(2)),
                        match.group(3) == null ? "" : match.group(3)))
                : Optional.empty();
    }
}
