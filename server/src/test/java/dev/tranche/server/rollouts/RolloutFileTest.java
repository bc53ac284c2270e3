package dev.tranche.server.rollouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tranche.release.VersionKind;
import dev.tranche.release.rollout.Approvals;
import dev.tranche.release.rollout.Plan;
import dev.tranche.server.artifact.Bytes;
import dev.tranche.server.artifact.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RolloutFileTest {
    private static final String FILE = """
            rollout:
              product: consumer_apply
              candidate: consumer_apply_xgb_v1.0
              strategy: canary
              unit: loan_id
              salt: consumer_apply-2026-11
              stages:
                - {mode: shadow, dwell: 7d, gates: ["requests >= 500", "approval_rate within 5pp of live"]}
                - {mode: live, share: 5%, dwell: 14d, gates: ["error_rate < 1%"]}
                - {mode: live, share: 12.5%}
              guards: ["error_rate > 1% for 10m", "breaker = HALTED"]
              bake: 1d
              patience: 3d
              approvals: {before: [live], count: 2}
            """;

    private static Plan read(String text) {
        return RolloutFile.read(Bytes.utf8(text), Function.identity(), _ -> VersionKind.MODEL)
                .plan();
    }

    private static Refused refused(String text) {
        Refused refused = catchThrowableOfType(Refused.class, () -> read(text));
        assertThat(refused).as("reading %s", text).isNotNull();
        return refused;
    }

    @Test
    void thePlanOfThePageOnDetectorsIsAPlanForACalibrationAndNotForAModel() throws IOException {
        Path page = Path.of(System.getProperty("tranche.root", ".."), "docs/how-to/stage-a-detector.md");
        String text = Files.readString(page);
        String yaml = text.substring(text.indexOf("```yaml\n") + 8);
        String plan = yaml.substring(0, yaml.indexOf("```"));
        Plan read = RolloutFile.read(Bytes.utf8(plan), Function.identity(), _ -> VersionKind.CALIBRATION)
                .plan();
        assertThat(read.stages().getFirst().toString()).startsWith("read-only BTCUSDT for 45m: requests >= 1000");
        assertThat(read.guards()).hasSize(6);
        assertThat(refused(plan).code()).isEqualTo("first_reaches_everybody");
        Refused share = catchThrowableOfType(
                Refused.class,
                () -> RolloutFile.read(
                        Bytes.utf8(plan.replace("entities: [BTCUSDT],", "share: 5%,")),
                        Function.identity(),
                        _ -> VersionKind.CALIBRATION));
        assertThat(share.code()).isEqualTo("by_entity");
    }

    @Test
    void aFileBecomesAPlan() {
        Plan plan = read(FILE);
        assertThat(plan.stages())
                .extracting(Object::toString)
                .containsExactly(
                        "shadow 100% for 7d: requests >= 500; approval_rate within 5pp of live",
                        "live 5% for 14d: error_rate < 1%", "live 12.5%");
        assertThat(plan.guards())
                .extracting(Object::toString)
                .containsExactly("error_rate > 1% for 10m", "breaker = HALTED");
        assertThat(plan.bake()).isEqualTo(Duration.ofDays(1));
        assertThat(plan.approvals()).isEqualTo(Approvals.parse("2 before live"));
        assertThat(plan.bucketing().toString()).isEqualTo("murmur3_32/1/utf-8/consumer_apply-2026-11");
    }

    @Test
    void entitiesAndReadOnlyAreAnAudience() {
        Plan plan = read(FILE.replace("share: 12.5%", "entities: [BTCUSDT, ETHUSDT]")
                .replace("    - {mode: live, share: 5%, dwell: 14d, gates: [\"error_rate < 1%\"]}\n", "")
                .replace("mode: shadow, dwell: 7d", "mode: read-only, entities: [BTCUSDT], dwell: 7d"));
        assertThat(plan.stages())
                .extracting(stage -> stage.mode() + " " + stage.audience())
                .containsExactly("read-only BTCUSDT", "live BTCUSDT,ETHUSDT");
    }

    @Test
    void unknownKeysAreRefusedByName() {
        assertThat(refused(FILE.replace("guards:", "gards:")).value()).isEqualTo("gards");
        assertThat(refused(FILE.replace("dwell: 14d", "dwel: 14d")).value()).isEqualTo("dwel");
        assertThat(refused(FILE.replace("count: 2", "number: 2")).value()).isEqualTo("number");
        assertThat(refused(FILE + "more: 1\n").value()).isEqualTo("more");
    }

    @Test
    void whatCannotBeMeantIsRefusedWithItsPlace() {
        assertThat(refused(FILE.replace("error_rate < 1%", "beauty < 1%")))
                .hasMessageContaining("rollout.stages[1].gates")
                .hasMessageContaining("beauty");
        assertThat(refused(FILE.replace("share: 5%", "share: 5"))).hasMessageContaining("rollout.stages[1].share");
        assertThat(refused(FILE.replace("share: 12.5%", "share: 2%"))).hasMessageContaining("audiences grow");
        assertThat(refused(FILE.replace("share: 12.5%", "gates: []"))).hasMessageContaining("whom does it reach");
        assertThat(refused(FILE.replace("share: 12.5%", "share: 9%, entities: [A]")))
                .hasMessageContaining("not both");
        assertThat(refused(FILE.replace("  strategy: canary\n", ""))).hasMessageContaining("strategy");
        assertThat(refused(FILE.replace("count: 2", "count: 20"))).hasMessageContaining("1..9");
    }

    @Test
    void aFirstReleaseReachesEverybody() {
        String first = "rollout: {candidate: a_b_v1.0, strategy: first, stages: [%s]}";
        assertThat(refused(first.formatted("{mode: live, share: 5%}")).code()).isEqualTo("first_reaches_everybody");
        assertThat(read(first.formatted("{mode: live, share: 100%}")).stages()).hasSize(1);
        assertThat(read(first.formatted("")).stages()).isEmpty();
    }

    @Test
    void theExamplesOfTheProductAreRead() throws IOException {
        Path folder = Path.of(System.getProperty("tranche.root", ".."), "examples", "credit");
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> rollouts = files.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.endsWith(".yaml") && (name.startsWith("rollout") || name.startsWith("first"));
                    })
                    .toList();
            assertThat(rollouts).hasSizeGreaterThanOrEqualTo(5);
            for (Path file : rollouts) {
                assertThat(read(Files.readString(file)).product())
                        .as(file.toString())
                        .isEqualTo("consumer_apply");
            }
        }
    }
}
