package dev.tranche.engine.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Which metric names dashboards and rules use, and which a process exports.
public final class MeterUse {
    /// Names of the engine; what rules record themselves has a colon in it.
    private static final Pattern NAME = Pattern.compile("(?<![A-Za-z0-9_:])divergence_[a-z0-9_]+(?![a-z0-9_:])");

    private static final Pattern EXPORTED = Pattern.compile("(?m)^([a-zA-Z_][a-zA-Z0-9_]*)(?:\\{| )");

    private MeterUse() {}

    /// Names used in the expressions of the rules and dashboards of a folder: `prometheus/*.yml`,
    /// `grafana/*.json`.
    ///
    /// @throws IOException when one cannot be read
    public static Set<String> used(Path deploy) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path file : files(deploy)) {
            JsonNode tree = YAMLMapper.builder().build().readTree(Files.readAllBytes(file));
            for (JsonNode expression : tree.findValues("expr")) {
                NAME.matcher(expression.asString(""))
                        .results()
                        .map(MatchResult::group)
                        .forEach(names::add);
            }
        }
        return names;
    }

    /// The rules and dashboards of the detector in a folder.
    public static List<Path> files(Path deploy) throws IOException {
        try (Stream<Path> files = Files.walk(deploy)) {
            return files.filter(file -> file.getFileName().toString().startsWith("divergence"))
                    .filter(file ->
                            file.toString().endsWith(".yml") || file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    /// Names in a text that a process exports.
    public static Set<String> exported(String scrape) {
        return EXPORTED.matcher(scrape)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
