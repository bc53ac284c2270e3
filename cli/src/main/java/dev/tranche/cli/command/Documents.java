package dev.tranche.cli.command;

import dev.tranche.cli.MisuseException;
import dev.tranche.cli.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Files a user wrote. YAML is for people: what is sent is always JSON.
final class Documents {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private Documents() {}

    /// The text of a file, or of standard input for `-`.
    static String text(World world, Path file) {
        return file.toString().equals("-") ? world.input() : new String(bytes(world, file), StandardCharsets.UTF_8);
    }

    static byte[] bytes(World world, Path file) {
        try {
            return Files.readAllBytes(world.resolve(file));
        } catch (NoSuchFileException absent) {
            throw MisuseException.because("there is no file " + file);
        } catch (IOException unreadable) {
            throw MisuseException.because("cannot read " + file + ": " + unreadable.getMessage());
        }
    }

    /// A file in YAML or JSON, by its name; standard input may be either.
    static JsonNode read(World world, Path file) {
        String text = text(world, file);
        return file.toString().endsWith(".json") ? json(text, file.toString()) : yaml(text, file.toString());
    }

    static JsonNode json(String text, String name) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException wrong) {
            throw wrong("JSON", name, wrong);
        }
    }

    private static JsonNode yaml(String text, String name) {
        try {
            return YAML.readTree(text);
        } catch (JacksonException wrong) {
            throw wrong("YAML", name, wrong);
        }
    }

    /// What was being read and what was expected; the lines between quote the file, which the user has.
    private static String reason(List<String> message) {
        return message.stream()
                .filter(line -> line.equals(message.getFirst()) || line.startsWith("expected"))
                .collect(Collectors.joining(", "));
    }

    private static MisuseException wrong(String language, String name, JacksonException wrong) {
        String where = wrong.getLocation() == null
                ? ""
                : " at line " + wrong.getLocation().getLineNr() + ", column "
                        + wrong.getLocation().getColumnNr();
        return MisuseException.because(name + " is not well-formed " + language + where + ": "
                + reason(wrong.getOriginalMessage().lines().map(String::strip).toList()));
    }
}
