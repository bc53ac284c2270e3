package dev.tranche.runtime.config;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// One immutable, validated configuration. Read several keys from the same snapshot and they belong together.
public final class Config {
    private final String digest;
    private final Map<String, Object> values;
    private final Map<String, List<Config>> rows;

    Config(String digest, Map<String, Object> values, Map<String, List<Config>> rows) {
        this.digest = digest;
        this.values = Map.copyOf(values);
        this.rows = Map.copyOf(rows);
    }

    /// The value of `key`, or its default when no file sets it.
    @SuppressWarnings("unchecked") // a value was made by the parser of the key of its name
    public <T> T value(Key<T> key) {
        Object value = values.get(key.name());
        return value == null ? key.fallback() : (T) value;
    }

    /// Whether a file sets `key`.
    public boolean sets(Key<?> key) {
        return values.containsKey(key.name());
    }

    /// The rows of `table` in the order of the file, none when no file gives any.
    public List<Config> rows(Table table) {
        return rows.getOrDefault(table.name(), List.of());
    }

    /// SHA-256 of the files it was read from, 64 hex digits; names the snapshot.
    public String digest() {
        return digest;
    }

    /// Names only: values may be secrets.
    @Override
    public String toString() {
        return "Config[" + digest.substring(0, Math.min(12, digest.length())) + " sets "
                + new TreeSet<>(values.keySet()) + (rows.isEmpty() ? "" : " rows of " + new TreeSet<>(rows.keySet()))
                + "]";
    }
}
