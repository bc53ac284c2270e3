package dev.tranche.runtime.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Entries to typed values: every key known, every value within its range, every secret opened. All or nothing.
final class ConfigReader {
    private final ConfigSchema schema;
    private final SecretBox secrets;

    ConfigReader(ConfigSchema schema, SecretBox secrets) {
        this.schema = schema;
        this.secrets = secrets;
    }

    /// The entries of all files, later files overriding earlier ones; throws `ConfigException` with all problems.
    static Map<String, ConfigText.Entry> merged(ConfigFiles.Sources sources) {
        List<String> problems = new ArrayList<>();
        Map<String, ConfigText.Entry> entries = new LinkedHashMap<>();
        for (ConfigFiles.Source source : sources.files()) {
            entries.putAll(ConfigText.read(source.name(), source.text(), problems));
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return entries;
    }

    /// The snapshot of `entries`; throws `ConfigException` with all problems.
    Config typed(String digest, Map<String, ConfigText.Entry> entries) {
        List<String> problems = new ArrayList<>();
        Map<String, Object> values = new HashMap<>();
        entries.forEach((path, entry) -> {
            try {
                values.put(path, value(path, entry));
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage() + " (" + entry.where() + ")");
            }
        });
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new Config(digest, values);
    }

    private Object value(String path, ConfigText.Entry entry) {
        Optional<String> retired = schema.retiredAdvice(path);
        if (retired.isPresent()) {
            throw new IllegalArgumentException(path + " is no longer a key: " + retired.get());
        }
        Key<?> key = schema.key(path).orElseThrow(() -> new IllegalArgumentException(path + " is not a key"));
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
