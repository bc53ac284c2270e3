package dev.tranche.runtime.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A key whose value is a list of rows, each of them a few keys of its own.
///
/// ```yaml
/// divergence:
///   overrides:
///     - {symbol: BTCUSDT, session: night, z_hi: 1.8}
///     - {source: cvd, swing_l: 21}
/// ```
///
/// A row is read as a `Config` of the columns. A later file that gives any row of a table replaces all rows
/// of the earlier ones: rows have no names by which they could be merged.
public final class Table {
    private final String name;
    private final Map<String, Key<?>> columns = new LinkedHashMap<>();
    private final String doc;

    private Table(String name, List<Key<?>> columns, String doc) {
        this.name = KeyNames.checked(name);
        this.doc = doc;
        for (Key<?> column : columns) {
            if (this.columns.put(column.name(), column) != null) {
                throw new IllegalArgumentException("a column is declared once: " + column.name());
            }
        }
    }

    /// A table of `columns`, whose names are those inside a row; two with one name are refused.
    public static Table of(String name, String doc, List<Key<?>> columns) {
        return new Table(name, columns, doc);
    }

    /// Dotted name.
    public String name() {
        return name;
    }

    /// What it is for.
    public String doc() {
        return doc;
    }

    /// The keys of a row, in order.
    public List<Key<?>> columns() {
        return List.copyOf(columns.values());
    }

    Optional<Key<?>> column(String column) {
        return Optional.ofNullable(columns.get(column));
    }
}
