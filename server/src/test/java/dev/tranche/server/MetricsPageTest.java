package dev.tranche.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tranche.runtime.metrics.MetricNames;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page of metric names is what is exported, no more and no less.
class MetricsPageTest {
    private static final Path PAGE = Path.of(System.getProperty("tranche.root"), "docs", "reference", "metrics.md");

    @TempDir
    private Path data;

    private static Set<String> rows(String type) throws Exception {
        return Pattern.compile("(?m)^\\| `(tranche_\\w+)` \\| " + type)
                .matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> exported(String scrape) {
        return Pattern.compile("(?m)^# TYPE (tranche_\\w+) (\\w+)")
                .matcher(scrape)
                .results()
                .map(MetricsPageTest::family)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String family(MatchResult found) {
        return found.group(1);
    }

    @Test
    void thePageHasEveryNameOfTheProcess() throws Exception {
        Set<String> names = new TreeSet<>();
        for (Field field : MetricNames.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())) {
                names.add(((String) field.get(null)).replace('.', '_'));
            }
        }
        assertThat(rows("").stream()
                        .filter(row -> !row.endsWith("_max"))
                        .map(row -> row.replaceFirst("_(total|seconds)$", "")))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void whatIsExportedIsOnThePage() throws Exception {
        String scrape;
        Lab lab = Lab.start(data);
        try {
            assertThat(lab.post("/score", "{").status()).isEqualTo(400);
            assertThat(lab.get("/nowhere").status()).isEqualTo(404);
            scrape = lab.get("/metrics").text();
        } finally {
            lab.close();
        }
        Set<String> gauges = rows("gauge");
        gauges.removeIf(name -> name.endsWith("_max") || name.equals("tranche_config_age"));
        assertThat(exported(scrape)).containsAll(gauges);
        assertThat(rows("")).containsAll(exported(scrape));
        assertThat(scrape)
                .contains("tranche_requests_refused_total{code=\"malformed_json\",door=\"/score\"} 1.0")
                .contains("tranche_requests_refused_total{code=\"not_found\",door=\"none\"} 1.0");
    }

    @Test
    void prometheusOwnCheckerAgrees() throws Exception {
        Path tool = Stream.of(System.getenv().getOrDefault("PROMTOOL", "/usr/bin/promtool"))
                .map(Path::of)
                .findFirst()
                .orElseThrow();
        assumeTrue(Files.isExecutable(tool), "skipped: no promtool; set PROMTOOL to one (Debian's package prometheus)");
        String scrape;
        try (TestServer server = TestServer.start(data, new Examples())) {
            server.score("A", Examples.applicants().getFirst());
            server.score("B", "{}");
            server.post("/score", "{");
            server.settle();
            scrape = server.get("/metrics").body();
        }
        Path file = Files.writeString(data.resolve("metrics.txt"), scrape);
        Process check = new ProcessBuilder(List.of(tool.toString(), "check", "metrics"))
                .redirectInput(file.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        check.waitFor();
        assertThat(said.lines())
                .as("its one remark is that descriptions are on the page, not in the scrape")
                .allMatch(line -> line.endsWith("no help text"));
    }
}
