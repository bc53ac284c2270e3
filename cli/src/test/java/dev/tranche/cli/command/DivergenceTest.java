package dev.tranche.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.cli.CommandRun;
import dev.tranche.cli.RecordedDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The two ways back of seed 003.
class DivergenceTest {
    private static final String TIME = "2026-11-20T08:00:00.123Z";

    private final RecordedDoor door = RecordedDoor.open();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void close() {
        door.close();
    }

    private CommandRun.Ended rollback(String... options) {
        String[] all = new String[options.length + 2];
        all[0] = "divergence";
        all[1] = "rollback";
        System.arraycopy(options, 0, all, 2, options.length);
        return CommandRun.at(door).in(folder).run(all);
    }

    private JsonNode sent() {
        return door.asked().getLast().json();
    }

    @Test
    void anEmergencyNeedsAReasonAndSaysWhatIsLiveThen() {
        door.says("POST /api/v1/rollback", "way-back.json").says("POST /api/v1/rollback", "way-back-again.json");
        assertThat(rollback("--type", "emergency").code()).isEqualTo(2);
        assertThat(rollback("--reason", "slo_violation").code()).isEqualTo(2);
        assertThat(door.asked()).isEmpty();
        CommandRun.Ended ended =
                rollback("--type", "emergency", "--reason", "slo_violation", "--product", "divergence");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("Rolled back: divergence-4.").contains("now: divergence_btc_v1.0.");
        assertThat(sent().path("type").asString()).isEqualTo("emergency");
        assertThat(sent().path("reason").asString()).isEqualTo("slo_violation");
        assertThat(sent().path("product").asString()).isEqualTo("divergence");
        CommandRun.Ended again = rollback("--type", "emergency", "--reason", "slo_violation");
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("Nothing to roll back").contains("Nothing is live for divergence now.");
    }

    @Test
    void aFullRollbackNeedsATimeAndAnEmergencyHasNone() {
        assertThat(rollback("--type", "full", "--reason", "r").err()).contains("divergence backups lists them");
        assertThat(rollback("--type", "emergency", "--reason", "r", "--backup-timestamp", TIME)
                        .err())
                .contains("leave --backup-timestamp out");
        assertThat(rollback("--type", "partial", "--reason", "r").code()).isEqualTo(2);
        assertThat(door.asked()).isEmpty();
    }

    @Test
    void aFullRollbackWritesTheConfigurationOfThatTimeAndKeepsWhatStoodThere() throws IOException {
        door.says("POST /api/v1/rollback", "way-back.json");
        Path file = Files.writeString(folder.resolve("engine.yaml"), "bad: 1\n");
        String[] options = {
            "--type", "full", "--backup-timestamp", TIME, "--reason", "performance_issue", "--config", "engine.yaml"
        };
        CommandRun.Ended ended = rollback(options);
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(sent().path("backup_timestamp").asString()).isEqualTo(TIME);
        assertThat(file).hasContent("good: 1\n");
        assertThat(folder.resolve("engine.yaml.replaced")).hasContent("bad: 1\n");
        assertThat(folder.resolve("engine.yaml.next")).doesNotExist();
        assertThat(rollback(options).out()).contains("is as it was then already");
        assertThat(folder.resolve("engine.yaml.replaced"))
                .as("a second time does not keep the good one as what was replaced")
                .hasContent("bad: 1\n");
    }

    @Test
    void withoutAFileItSaysWhatToDoAndAnotherSenderIsNotWritten() throws IOException {
        door.says("POST /api/v1/rollback", "way-back.json");
        CommandRun.Ended ended = rollback("--type", "full", "--backup-timestamp", TIME, "--reason", "r");
        assertThat(ended.out()).contains("The configuration of host1", "--config engine.yaml");
        CommandRun.Ended other = rollback(
                "--type",
                "full",
                "--backup-timestamp",
                TIME,
                "--reason",
                "r",
                "--config",
                "e.yaml",
                "--sender",
                "host9");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("no configuration of that time was kept");
        assertThat(folder.resolve("e.yaml")).doesNotExist();
    }

    @Test
    void backupsAreListedNewestFirst() {
        door.says("GET /api/v1/backups?product=divergence", "backups.json");
        CommandRun.Ended ended = CommandRun.at(door).in(folder).run("divergence", "backups", "--product", "divergence");
        assertThat(ended.code()).isZero();
        assertThat(ended.out().lines().toList().get(1))
                .startsWith(TIME)
                .contains("divergence_btc_v1.0", "host1 012345");
        assertThat(ended.out().lines().toList().get(2)).contains("divergence_btc_v1.0 read-only BTCUSDT");
    }
}
