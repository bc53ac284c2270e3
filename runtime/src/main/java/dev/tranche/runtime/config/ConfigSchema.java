package dev.tranche.runtime.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// All keys that a process knows, and the names it once knew.
public final class ConfigSchema {
    private final Map<String, Key<?>> keys;
    private final Map<String, Table> tables;
    private final Map<String, String> retired;
    private final List<Consumer<Config>> laws;

    private ConfigSchema(
            Map<String, Key<?>> keys,
            Map<String, Table> tables,
            Map<String, String> retired,
            List<Consumer<Config>> laws) {
        this.keys = keys;
        this.tables = tables;
        this.retired = retired;
        this.laws = laws;
    }

    /// A schema of `keys`; two with one name are refused.
    public static ConfigSchema of(List<Key<?>> keys) {
        Map<String, Key<?>> byName = new LinkedHashMap<>();
        for (Key<?> key : keys) {
            if (byName.put(key.name(), key) != null) {
                throw new IllegalArgumentException("a key is declared once: " + key.name());
            }
        }
        return new ConfigSchema(byName, Map.of(), Map.of(), List.of());
    }

    /// The same with a key whose value is a list of rows.
    public ConfigSchema with(Table table) {
        if (keys.containsKey(table.name()) || tables.containsKey(table.name())) {
            throw new IllegalArgumentException("a key is declared once: " + table.name());
        }
        Map<String, Table> more = new LinkedHashMap<>(tables);
        more.put(table.name(), table);
        return new ConfigSchema(keys, more, retired, laws);
    }

    /// The same with a law that holds between keys: `law` throws `IllegalArgumentException` with a sentence
    /// for a snapshot that breaks it, and that snapshot is refused like one with a bad value.
    public ConfigSchema require(Consumer<Config> law) {
        List<Consumer<Config>> more = new ArrayList<>(laws);
        more.add(law);
        return new ConfigSchema(keys, tables, retired, List.copyOf(more));
    }

    /// The same with a name that is refused with `advice`, such as `use journal.durability`.
    public ConfigSchema retire(String name, String advice) {
        if (keys.containsKey(KeyNames.checked(name))) {
            throw new IllegalArgumentException("a retired name cannot be a key: " + name);
        }
        Map<String, String> more = new LinkedHashMap<>(retired);
        more.put(name, advice);
        return new ConfigSchema(keys, tables, more, laws);
    }

    /// The declared keys in order, for documentation.
    public Collection<Key<?>> keys() {
        return List.copyOf(keys.values());
    }

    /// The configuration of no file: every key has its default.
    public Config defaults() {
        return new Config("0".repeat(64), Map.of(), Map.of());
    }

    /// The keys as a Markdown table, for the reference.
    public String table() {
        StringBuilder table = new StringBuilder("| key | allowed | default | what for |\n|---|---|---|---|\n");
        for (Key<?> key : keys.values()) {
            table.append("| `%s` | %s | %s | %s |\n"
                    .formatted(key.name(), key.allowed(), Values.show(key.fallback()), key.doc()));
        }
        for (Table rows : tables.values()) {
            for (Key<?> key : rows.columns()) {
                table.append("| `%s[].%s` | %s | %s | %s |\n"
                        .formatted(rows.name(), key.name(), key.allowed(), Values.show(key.fallback()), key.doc()));
            }
        }
        return table.toString();
    }

    /// The tables in order.
    public List<Table> tables() {
        return List.copyOf(tables.values());
    }

    Optional<Key<?>> key(String name) {
        return Optional.ofNullable(keys.get(name));
    }

    Optional<Table> table(String name) {
        return Optional.ofNullable(tables.get(name));
    }

    List<Consumer<Config>> laws() {
        return laws;
    }

    Optional<String> retiredAdvice(String name) {
        return Optional.ofNullable(retired.get(name));
    }
}
