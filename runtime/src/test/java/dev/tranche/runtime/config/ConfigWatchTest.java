package dev.tranche.runtime.config;

import static dev.tranche.runtime.config.ConfigFixture.PORT;
import static dev.tranche.runtime.config.ConfigFixture.SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatchTest {
    @TempDir
    Path folder;

    private Path file;
    private final BlockingQueue<ConfigWatch.Change> changes = new LinkedBlockingQueue<>();

    @BeforeEach
    void mount() throws Exception {
        file = Files.createDirectories(folder.resolve("mount")).resolve("tranche.yaml");
    }

    private ConfigWatch open() throws IOException {
        ConfigWatch watch = ConfigWatch.open(file, folder.resolve("last-good.yaml"), SCHEMA, SecretBox.none());
        watch.onChange(changes::add);
        return watch;
    }

    private Config swapped() throws InterruptedException {
        return changes.poll(10, TimeUnit.SECONDS) instanceof ConfigWatch.Change.Swapped(Config before, Config now)
                ? now
                : org.assertj.core.api.Assertions.fail("no swap came");
    }

    private ConfigException rejected() throws InterruptedException {
        return changes.poll(10, TimeUnit.SECONDS) instanceof ConfigWatch.Change.Rejected(ConfigException reason)
                ? reason
                : org.assertj.core.api.Assertions.fail("no rejection came");
    }

    private static void rename(Path file, String text) throws IOException {
        Path unfinished = file.resolveSibling("edited.tmp");
        Files.writeString(unfinished, text);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void aPlainEditARenameOverAndAnAddedFileAreAllNoticed() throws Exception {
        Files.writeString(file, "server: {port: 1}\n");
        try (ConfigWatch watch = open()) {
            assertThat(watch.current().value(PORT)).isEqualTo(1);
            Files.writeString(file, "server: {port: 2}\n");
            assertThat(swapped().value(PORT)).isEqualTo(2);
            rename(file, "server.port: 3\n");
            assertThat(swapped().value(PORT)).isEqualTo(3);
            Path more = Files.createDirectory(file.resolveSibling("conf.d"));
            Files.writeString(more.resolve("10-port.yaml"), "server.port: 4\n");
            assertThat(swapped().value(PORT)).isEqualTo(4);
            Files.writeString(more.resolve("20-port.yaml"), "server.port: 5\n");
            assertThat(swapped().value(PORT)).isEqualTo(5);
            Files.delete(more.resolve("20-port.yaml"));
            assertThat(swapped().value(PORT)).isEqualTo(4);
            assertThat(watch.sinceCompared()).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void theLinkSwapOfAKubernetesMountIsNoticedAgainAndAgain() throws Exception {
        Path mount = file.resolveSibling("");
        generation(mount, 0);
        Files.createSymbolicLink(file, Path.of("..data", "tranche.yaml"));
        try (ConfigWatch watch = open()) {
            assertThat(watch.current().value(PORT)).isZero();
            for (int generation = 1; generation <= 4; generation++) {
                generation(mount, generation);
                assertThat(swapped().value(PORT)).isEqualTo(generation);
                assertThat(watch.current().value(PORT)).isEqualTo(generation);
            }
        }
    }

    /// The steps of Kubernetes' AtomicWriter, in its order.
    private static void generation(Path mount, int number) throws IOException {
        Path fresh = Files.createDirectory(mount.resolve("..2026_" + number));
        Files.writeString(fresh.resolve("tranche.yaml"), "server.port: " + number + "\n");
        Path link = Files.createSymbolicLink(mount.resolve("..data_tmp"), fresh.getFileName());
        Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        if (number > 0) {
            Path old = mount.resolve("..2026_" + (number - 1));
            Files.delete(old.resolve("tranche.yaml"));
            Files.delete(old);
        }
    }

    @Test
    void anInvalidFileIsRefusedWithReasonAndTheOldConfigurationStaysInUseThroughARestart() throws Exception {
        Files.writeString(file, "server.port: 7\njournal.durability: synced\nserver.host: \"a \\\"b\\\" \\\\ 放量\"\n");
        try (ConfigWatch watch = open()) {
            rename(file, "server.port: 70000\nserver.prot: 1\njournal.sync: true\n");
            assertThat(rejected().problems())
                    .containsExactly(
                            "server.port must be a whole number within 0..65535: 70000 (tranche.yaml line 1)",
                            "server.prot is not a key (tranche.yaml line 2)",
                            "journal.sync is no longer a key: use journal.durability (tranche.yaml line 3)");
            assertThat(watch.current().value(PORT)).isEqualTo(7);
            assertThat(watch.rejection()).isPresent();
        }
        try (ConfigWatch watch = open()) {
            assertThat(watch.rejection()).isPresent();
            assertThat(watch.current().value(PORT)).isEqualTo(7);
            assertThat(watch.current().value(ConfigFixture.DURABILITY)).isEqualTo("synced");
            assertThat(watch.current().value(ConfigFixture.HOST)).isEqualTo("a \"b\" \\ 放量");
            rename(file, "server.port: 8\n");
            assertThat(swapped().value(PORT)).isEqualTo(8);
            assertThat(watch.rejection()).isEmpty();
        }
    }

    @Test
    void goingBackToTheFileThatIsInUseClearsTheRejection() throws Exception {
        Files.writeString(file, "server.port: 7\n");
        try (ConfigWatch watch = open()) {
            rename(file, "server.port: x\n");
            rejected();
            rename(file, "server.port: 7\n");
            assertThat(swapped().value(PORT)).isEqualTo(7);
            assertThat(watch.rejection()).isEmpty();
        }
    }

    @Test
    void aFileThatDisappearsDoesNotMeanDefaults() throws Exception {
        Files.writeString(file, "server.port: 7\n");
        try (ConfigWatch watch = open()) {
            Files.delete(file);
            assertThat(rejected()).hasMessageContaining("gone");
            assertThat(watch.current().value(PORT)).isEqualTo(7);
        }
    }

    @Test
    void withoutAFileTheDefaultsHoldAndWithABrokenFirstFileThereIsNoStart() throws Exception {
        try (ConfigWatch watch = open()) {
            assertThat(watch.current().value(PORT)).isEqualTo(8080);
            assertThat(watch.current().sets(PORT)).isFalse();
            Files.writeString(file, "server.port: 9\n");
            watch.check();
            assertThat(watch.current().value(PORT)).isEqualTo(9);
        }
        Files.delete(folder.resolve("last-good.yaml"));
        Files.writeString(file, "server: [1, 2\n");
        assertThatThrownBy(this::open)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("tranche.yaml is not YAML");
    }

    @Test
    void aReaderNeverSeesHalfASwap() throws Exception {
        Files.writeString(file, "server: {port: 0, other_port: 0}\n");
        try (ConfigWatch watch = open()) {
            Thread writer = Thread.ofPlatform().start(() -> {
                try {
                    for (int i = 1; i <= 200; i++) {
                        rename(file, "server: {port: " + i + ", other_port: " + i + "}\n");
                        watch.check();
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            while (writer.isAlive()) {
                Config config = watch.current();
                assertThat(config.value(PORT)).isEqualTo(config.value(ConfigFixture.PORT_TOO));
            }
            writer.join();
            watch.check();
            assertThat(watch.current().value(PORT)).isEqualTo(200);
        }
    }
}
