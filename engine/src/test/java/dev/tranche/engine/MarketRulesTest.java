package dev.tranche.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// What `deploy/` ships for a market maker. That the names are really exported is shown on a running engine
/// (`MarketMakingTest` in e2e); here they are held against the page that describes them.
class MarketRulesTest {
    private static final Path ROOT = Path.of(System.getProperty("tranche.root"));
    private static final Path DEPLOY = ROOT.resolve("deploy");
    private static final Path RULES = DEPLOY.resolve("prometheus/market-making-rules.yml");
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
    private static final Pattern NAME = Pattern.compile("(?<![A-Za-z0-9_:\"$])(?:circuit|regime|portfolio|quote|active"
            + "|fill|hedge|trading)_[a-z0-9_]+(?![a-z0-9_:\"])");

    private static JsonNode yaml(String text) {
        return YAMLMapper.builder().build().readTree(text);
    }

    /// Seed 002, as it stands there.
    private static final String SEED = """
            groups:
              - name: trading_alerts
                rules:
                  - alert: HighLatency
                    expr: histogram_quantile(0.95, rate(quote_generation_duration_seconds_bucket[5m])) > 0.1
                    for: 2m
                    labels:
                      severity: warning
                    annotations:
                      summary: "Quote generation latency is high"

                  - alert: CircuitBreakerTriggered
                    expr: circuit_breaker_state != 0
                    for: 1m
                    labels:
                      severity: critical
                    annotations:
                      summary: "Circuit breaker is active"

                  - alert: HighDrawdown
                    expr: portfolio_drawdown > 0.15
                    for: 5m
                    labels:
                      severity: critical
                    annotations:
                      summary: "Portfolio drawdown exceeded 15%"
            """;

    private static List<Path> boards() throws IOException {
        try (Stream<Path> files = Files.list(DEPLOY.resolve("grafana"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("market-making"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theThreeRulesOfTheSeedAreShippedToTheLetter() throws IOException {
        assertThat(yaml(Files.readString(RULES)).at("/groups/0"))
                .isEqualTo(yaml(SEED).at("/groups/0"));
    }

    @Test
    void theFourDashboardsOfTheSeedAreShippedAndNoTwoPanelsOverlap() throws IOException {
        Set<String> titles = new TreeSet<>();
        for (Path file : boards()) {
            JsonNode board = yaml(Files.readString(file));
            titles.add(board.path("title").asString());
            assertThat(board.path("panels").size()).isGreaterThan(6);
            Set<String> taken = new TreeSet<>();
            for (JsonNode panel : board.path("panels")) {
                JsonNode at = panel.path("gridPos");
                assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
                for (int x = 0; x < at.path("w").asInt(); x++) {
                    for (int y = 0; y < at.path("h").asInt(); y++) {
                        assertThat(taken.add((at.path("x").asInt() + x) + "/"
                                        + (at.path("y").asInt() + y)))
                                .as("%s: %s", file.getFileName(), panel.path("title"))
                                .isTrue();
                    }
                }
            }
        }
        assertThat(titles)
                .containsExactlyInAnyOrder("Market Making Overview", "Risk Monitor", "Performance", "PnL Analysis");
    }

    @Test
    void everyNameThatIsUsedIsDescribed() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/reference/metrics.md"));
        Set<String> unknown = new TreeSet<>();
        Set<String> used = new TreeSet<>();
        List<Path> files = Stream.concat(boards().stream(), Stream.of(RULES)).toList();
        for (Path file : files) {
            for (JsonNode expression : yaml(Files.readString(file)).findValues("expr")) {
                NAME.matcher(expression.asString(""))
                        .results()
                        .map(MatchResult::group)
                        .forEach(name -> {
                            String whole = name.replaceFirst("_(bucket|count|sum)$", "");
                            String found = page.contains("`" + name + "`") ? name : whole;
                            used.add(found);
                            if (!page.contains("`" + found + "`")) {
                                unknown.add(name);
                            }
                        });
            }
        }
        assertThat(unknown).isEmpty();
        assertThat(used)
                .contains(
                        "circuit_breaker_state",
                        "regime_detector_current_regime",
                        "portfolio_pnl_24h",
                        "quote_generation_duration_seconds",
                        "portfolio_delta",
                        "portfolio_gamma",
                        "portfolio_vega",
                        "active_orders_count",
                        "fill_rate_5m",
                        "hedge_executions_total",
                        "portfolio_drawdown");
    }

    @Test
    void promtoolTakesTheRulesAndEachFiresWhenItShould() throws Exception {
        assumeTrue(Files.isExecutable(PROMTOOL), "skipped: promtool is not installed (Debian's package prometheus)");
        promtool("check", "rules", RULES.toString());
        promtool(
                "test",
                "rules",
                RULES.resolveSibling("market-making-rules.test.yml").toString());
    }

    private static void promtool(String... words) throws IOException, InterruptedException {
        List<String> all =
                Stream.concat(Stream.of(PROMTOOL.toString()), Stream.of(words)).toList();
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }
}
