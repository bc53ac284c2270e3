package dev.tranche.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tranche.engine.divergence.EngineKeys;
import dev.tranche.engine.preflight.MeterUse;
import dev.tranche.engine.preflight.Point;
import dev.tranche.engine.preflight.Preflight;
import dev.tranche.engine.signal.MeterNames;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.config.SecretBox;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
    private static final Path ROOT = Path.of(System.getProperty("tranche.root"));
    private static final Path DEPLOY = ROOT.resolve("deploy");
    /// The names that seed 003 promises, as Prometheus sees them.
    private static final Set<String> SEED = Set.of(
            "divergence_events_total",
            "divergence_detection_latency_seconds_bucket",
            "divergence_score_bucket",
            "divergence_pairing_gap_bars_bucket",
            "divergence_forward_return",
            "divergence_active_config_info",
            "divergence_errors_total",
            "divergence_queue_size",
            "divergence_hits_total",
            "divergence_config_load_errors_total",
            "divergence_hot_update_errors_total",
            "divergence_invalid_data_total");

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws Exception {
        Recorded.stream(folder, "BTCUSDT", 7, 200);
        Files.writeString(folder.resolve("engine.yaml"), Recorded.config("fast", ""));
    }

    private Launch launch() {
        return Launch.of(folder.resolve("engine.yaml"));
    }

    private static List<Point> failed(List<Point> points) {
        return points.stream().filter(point -> !point.passed()).toList();
    }

    private List<Point> points() throws InterruptedException {
        return PreflightRun.of(launch(), Ticks.system(), DEPLOY, "", 10);
    }

    @Test
    void everyNameOfTheSeedAndOfRulesAndDashboardsIsExportedFromTheStartAndDescribed() throws Exception {
        String page = Files.readString(ROOT.resolve("docs/reference/metrics.md"));
        try (Engine engine = Engine.start(launch(), Ticks.system());
                Asked asked = new Asked(engine.port())) {
            Asked.await(() -> !engine.streams().getFirst().tracks().isEmpty());
            Set<String> exported = MeterUse.exported(asked.get("/metrics").body());
            assertThat(exported).containsAll(SEED);
            assertThat(MeterUse.used(DEPLOY)).isNotEmpty().isSubsetOf(exported);
            Set<String> described = new TreeSet<>();
            for (String name : exported) {
                String whole = name.replaceFirst("_(bucket|count|sum|max)$", "");
                if (!page.contains("`" + whole + "`")) {
                    described.add(whole);
                }
            }
            assertThat(described)
                    .as("names that docs/reference/metrics.md does not describe")
                    .isEmpty();
        }
    }

    @Test
    void theReferencesTableOfKeysIsTheSchemas() throws Exception {
        assertThat(Files.readString(ROOT.resolve("docs/reference/configuration.md")))
                .contains(EngineKeys.SCHEMA.table());
    }

    @Test
    void namesAreGivenOnceAndBeginWithDivergence() throws Exception {
        Set<String> names = new TreeSet<>();
        for (Field field : MeterNames.class.getFields()) {
            assertThat(names.add((String) field.get(null))).isTrue();
        }
        assertThat(names).hasSizeGreaterThan(15).allMatch(name -> name.matches("divergence(\\.[a-z]+)+"));
    }

    @Test
    void theRulesHaveAnAlertAndARollbackForEachLevelOfTheSeed() throws Exception {
        String rules = Files.readString(DEPLOY.resolve("prometheus/divergence-rules.yml"));
        for (String level : List.of(
                "EventLatency", "PipelineLatency", "DetectionLatency", "ClosureError", "ErrorRate", "Availability")) {
            assertThat(rules).contains("alert: Divergence" + level).contains("alert: Divergence" + level + "Rollback");
        }
        assertThat(Files.readString(DEPLOY.resolve("grafana/divergence.json")).split("\"gridPos\"", -1).length - 1)
                .isGreaterThanOrEqualTo(5);
    }

    @Test
    void promtoolTakesTheRules() throws Exception {
        Optional<Path> promtool = Optional.of(Path.of("/usr/bin/promtool")).filter(Files::isExecutable);
        assumeTrue(promtool.isPresent(), "skipped: promtool is not installed (Debian's package prometheus)");
        Process process = new ProcessBuilder(
                        promtool.orElseThrow().toString(),
                        "check",
                        "rules",
                        DEPLOY.resolve("prometheus/divergence-rules.yml").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    @Test
    void everythingInOrderIsReady() throws Exception {
        List<Point> points = points();
        assertThat(failed(points)).isEmpty();
        assertThat(points)
                .extracting(Point::name)
                .contains("configuration", "stream BTCUSDT", "disk", "metric names", "data BTCUSDT", "closure BTCUSDT");
        assertThat(Preflight.table(points)).endsWith("ready" + System.lineSeparator());
        assertThat(folder.resolve("divergence-data/signals")).doesNotExist();
    }

    @Test
    void eachThingThatIsWrongFailsItsPoint() throws Exception {
        Files.createDirectory(folder.resolve("calibration"));
        Files.writeString(
                folder.resolve("calibration/calibration.yaml"), Recorded.CALIBRATION.formatted("2020-01-01T00:00:00Z"));
        Files.writeString(
                folder.resolve("engine.yaml"),
                Recorded.config("fast", "calibration: calibration").replace("BTCUSDT.gz", "gone.gz"));
        List<Point> points = points();
        assertThat(failed(points))
                .extracting(Point::name)
                .contains(
                        "stream BTCUSDT",
                        "calibration for BTCUSDT",
                        "acceptance of btcusdt_divergence_v1.0",
                        "running detector");
        assertThat(Preflight.table(points)).contains("FAILED").contains("acc@10 must be >= 55 %: 52 %");
        Files.writeString(folder.resolve("engine.yaml"), "divergence: {nonsense: 1}");
        assertThat(failed(points()).getFirst().detail()).contains("divergence.nonsense is not a key");
        Files.delete(folder.resolve("engine.yaml"));
        assertThat(failed(points())).extracting(Point::name).containsExactly("configuration");
    }

    @Test
    void aServerIsAskedForItsRouteItsClockAndWhatTheTokenMay() throws Exception {
        Files.writeString(folder.resolve("engine.yaml"), Recorded.config("fast", "product: btcusdt"));
        Files.writeString(folder.resolve("token"), UpperServer.TOKEN);
        try (UpperServer server = UpperServer.open()) {
            server.calibration("btcusdt_divergence_v1.0", Recorded.CALIBRATION.formatted(Instant.now()));
            server.route = "{\"product\":\"btcusdt\",\"calibration\":{\"live\":\"btcusdt_divergence_v1.0\"}}";
            assertThat(failed(follow(server)))
                    .extracting(Point::name)
                    .containsExactly("acceptance of btcusdt_divergence_v1.0");
            server.clock = Instant.now().minusSeconds(60);
            server.writeStatus = 403;
            assertThat(failed(follow(server))).extracting(Point::name).contains("clock", "token");
            Files.writeString(folder.resolve("token"), "wrong");
            assertThat(failed(follow(server))).extracting(Point::detail).anyMatch(detail -> detail.contains("401"));
        }
    }

    private List<Point> follow(UpperServer server) throws InterruptedException {
        return PreflightRun.of(
                new Launch(
                        folder.resolve("engine.yaml"),
                        SecretBox.none(),
                        Optional.of(server.url()),
                        Optional.of(folder.resolve("token")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false),
                Ticks.system(),
                DEPLOY,
                "",
                10);
    }
}
