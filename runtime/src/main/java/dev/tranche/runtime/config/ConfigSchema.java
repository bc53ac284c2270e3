package dev.tranche.runtime.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All keys that a process knows, and the names it once knew.
public final class ConfigSchema {
    private final Map<String, Key<?>> keys;
    private final Map<String, String> retired;

    private ConfigSchema(Map<String, Key<?>> keys, Map<String, String> retired) {
        this.keys = keys;
        this.retired = retired;
    }

    /// A schema of `keys`; two with one name are refused.
    public static ConfigSchema of(List<Key<?>> keys) {
        Map<String, Key<?>> byName = new LinkedHashMap<>();
        for (Key<?> key : keys) {
            if (byName.put(key.name(), key) != null) {
                throw new IllegalArgumentException("a key is declared once: " + key.name());
            }
        }
        return new ConfigSchema(byName, Map.of());
    }

    /// The same with a name that is refused with `advice`, such as `use journal.durability`.
    public ConfigSchema retire(String name, String advice) {
        if (keys.containsKey(KeyNames.checked(name))) {
            throw new IllegalArgumentException("a retired name cannot be a key: " + name);
        }
        Map<String, String> more = new LinkedHashMap<>(retired);
        more.put(name, advice);
        return new ConfigSchema(keys, more);
    }

    /// The declared keys in order, for documentation.
    public Collection<Key<?>> keys() {
        return List.copyOf(keys.values());
    }

    /// The configuration of no file: every key has its default.
    public Config defaults() {
        return new Config("0".repeat(64), Map.of());
    }

    /// The keys as a Markdown table, for the reference.
    public String table() {
        StringBuilder table = new StringBuilder("| key | allowed | default | what for |\n|---|---|---|---|\n");
        for (Key<?> key : keys.values()) {
            table.append("| `%s` | %s | %s | %s |\n"
                    .formatted(key.name(), key.allowed(), Values.show(key.fallback()), key.doc()));
        }
        return table.toString();
    }

    Optional<Key<?>> key(String name) {
        return Optional.ofNullable(keys.get(name));
    }

    Optional<String> retiredAdvice(String name) {
        return Optional.ofNullable(retired.get(name));
    }
}
