package dev.tranche.runtime.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Entries to typed values: every key known, every value within its range, every secret opened. All or
/// nothing.
final class ConfigReader {
    private final ConfigSchema schema;
    private final SecretBox secrets;

    ConfigReader(ConfigSchema schema, SecretBox secrets) {
        this.schema = schema;
        this.secrets = secrets;
    }

    /// The entries of all files, later files overriding earlier ones; throws `ConfigException` with all
    /// problems.
    static Map<String, ConfigText.Entry> merged(ConfigFiles.Sources sources) {
        List<String> problems = new ArrayList<>();
        Map<String, ConfigText.Entry> entries = new LinkedHashMap<>();
        for (ConfigFiles.Source source : sources.files()) {
            Map<String, ConfigText.Entry> more = ConfigText.read(source.name(), source.text(), problems);
            Set<String> replaced =
                    more.keySet().stream().flatMap(ConfigReader::tableOf).collect(Collectors.toSet());
            entries.keySet().removeIf(path -> tableOf(path).anyMatch(replaced::contains));
            entries.putAll(more);
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return entries;
    }

    private static Stream<String> tableOf(String path) {
        return RowPath.of(path).map(RowPath::table).stream();
    }

    /// The snapshot of `entries`; throws `ConfigException` with all problems.
    Config typed(String digest, Map<String, ConfigText.Entry> entries) {
        List<String> problems = new ArrayList<>();
        Map<String, Object> values = new HashMap<>();
        Map<String, NavigableMap<Integer, Map<String, Object>>> rows = new HashMap<>();
        entries.forEach((path, entry) -> {
            try {
                Optional<RowPath> row = RowPath.of(path);
                if (row.isPresent() && row.get().row() < 0) {
                    table(row.get());
                } else if (row.isPresent()) {
                    Object value = cell(path, row.get(), entry);
                    rows.computeIfAbsent(row.get().table(), _ -> new TreeMap<>())
                            .computeIfAbsent(row.get().row(), _ -> new HashMap<>())
                            .put(row.get().column(), value);
                } else {
                    values.put(path, value(path, entry));
                }
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage() + " (" + entry.where() + ")");
            }
        });
        Map<String, List<Config>> tables = new HashMap<>();
        rows.forEach((table, lines) -> tables.put(
                table,
                lines.values().stream()
                        .map(line -> new Config(digest, line, Map.of()))
                        .toList()));
        Config config = new Config(digest, values, tables);
        if (problems.isEmpty()) {
            check(config, problems);
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return config;
    }

    private void check(Config config, List<String> problems) {
        for (Consumer<Config> law : schema.laws()) {
            try {
                law.accept(config);
            } catch (IllegalArgumentException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
    }

    private Table table(RowPath row) {
        return schema.table(row.table())
                .orElseThrow(() -> new IllegalArgumentException(row.table()
                        + (schema.key(row.table()).isPresent() ? " must be a value, not a list" : " is not a key")));
    }

    private Object cell(String path, RowPath row, ConfigText.Entry entry) {
        Table table = table(row);
        if (row.column().isEmpty()) {
            throw new IllegalArgumentException(path + " must be a map of keys");
        }
        return parsed(
                path,
                table.column(row.column()).orElseThrow(() -> new IllegalArgumentException(path + " is not a key")),
                entry);
    }

    private Object value(String path, ConfigText.Entry entry) {
        Optional<String> retired = schema.retiredAdvice(path);
        if (retired.isPresent()) {
            throw new IllegalArgumentException(path + " is no longer a key: " + retired.get());
        }
        if (schema.table(path).isPresent()) {
            throw new IllegalArgumentException(path + " must be a list of maps");
        }
        return parsed(
                path, schema.key(path).orElseThrow(() -> new IllegalArgumentException(path + " is not a key")), entry);
    }

    private Object parsed(String path, Key<?> key, ConfigText.Entry entry) {
        if (key.secret() && !entry.sealed()) {
            throw new IllegalArgumentException(path + " must be encrypted: write it as !secret");
        }
        try {
            return key.parse(entry.sealed() ? secrets.open(path, entry.text()) : entry.text());
        } catch (IllegalArgumentException e) {
            String shown = entry.sealed() ? "" : ": " + entry.text();
            throw new IllegalArgumentException(path + " must be " + e.getMessage() + shown, e);
        }
    }
}
