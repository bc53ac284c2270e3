package dev.tranche.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.runtime.config.SecretBox;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import picocli.CommandLine;

/// A server that cannot start says why in one sentence and ends with exit code 1. Side by side, because some
/// starts wait ten seconds for a database that may still come.
@Execution(ExecutionMode.CONCURRENT)
class StartFailuresTest {
    @TempDir
    private Path data;

    private record Ended(int code, String said) {}

    private static Ended serve(String... arguments) {
        StringWriter said = new StringWriter();
        int code = new CommandLine(new ServeCommand())
                .setErr(new PrintWriter(said, true))
                .execute(arguments);
        return new Ended(code, said.toString());
    }

    private static void refused(Ended ended, String... words) {
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said()).startsWith("tranche: ").contains(words).doesNotContain("\tat ");
        assertThat(ended.said().lines()).hasSize(1);
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            refused(serve("--data", data.toString(), "--port", port), "port " + port, "in use");
        }
        assertThat(data.resolve("postgres")).as("no database was started").doesNotExist();
    }

    @Test
    void aDataFolderThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.createFile(data.resolve("file"));
        refused(serve("--data", file.resolve("under").toString(), "--port", "0"), "data folder", "file/under");
    }

    @Test
    void aDataFolderBelongsToOneRunningServer() throws Exception {
        try (TestServer running = TestServer.start(data, new Examples())) {
            assertThat(running.get("/health").status()).isEqualTo(200);
            refused(
                    serve("--data", data.toString(), "--port", "0"),
                    "used by another running server",
                    "process " + ProcessHandle.current().pid());
        }
        try (TestServer again = TestServer.start(data, new Examples())) {
            assertThat(again.get("/health").status()).as("freed by the stop").isEqualTo(200);
        }
    }

    @Test
    void aDatabaseThatIsAwayIsNeededWhenThereIsNoCopyOfItsJournal() {
        Ended ended =
                serve("--data", data.toString(), "--port", "0", "--store", "jdbc:postgresql://127.0.0.1:1/none?user=u");
        refused(ended, "no copy of the control journal", "database cannot be reached", "127.0.0.1:1");
    }

    @Test
    void wordsAndNumbersOutsideTheirRangeAreNamed() {
        refused(
                serve("--data", data.toString(), "--port", "0", "--journal-durability", "maybe"),
                "async, written, synced: maybe");
        refused(serve("--data", data.toString(), "--port", "70000"), "0..65535: 70000");
        refused(serve("--data", data.toString(), "--port", "0", "--node", "-1"), "0..65535: -1");
        refused(serve("--data", data.toString(), "--port", "0", "--store", "mysql://x"), "jdbc:postgresql:");
    }

    @Test
    void aJournalThatIsNoneIsNamed() throws Exception {
        try (TestServer server = TestServer.start(data, new Examples())) {
            assertThat(server.score("A", Examples.applicants().getFirst()).status())
                    .isEqualTo(200);
        }
        Path segment;
        try (Stream<Path> files = Files.list(data.resolve("journal"))) {
            segment = files.filter(file -> file.toString().endsWith(".seg"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(segment);
        bytes[0] ^= 1;
        Files.write(segment, bytes);
        refused(
                serve("--data", data.toString(), "--port", "0"),
                "decision journal cannot be opened",
                segment.getFileName().toString());
        try (DataFolder free = DataFolder.take(data)) {
            assertThat(free).as("nothing of the failed start is left").isNotNull();
        }
    }

    @Test
    void aConfigurationWithAnUnknownOrRetiredKeyIsRefusedByName() throws Exception {
        Path file = Files.writeString(data.resolve("tranche.yaml"), "server: {prot: 80}\nscore: {deadline: 5s}\n");
        refused(
                serve("--data", data.resolve("d").toString(), "--config", file.toString()),
                "server.prot is not a key",
                "tranche.yaml line 1",
                "score.deadline is no longer a key",
                "policy.yaml");
        refused(serve("--config", data.resolve("none.yaml").toString()), "no configuration file", "none.yaml");
    }

    @Test
    void aSecretNeedsItsKey() throws Exception {
        Path keys = data.resolve("keys");
        SecretBox box = SecretBox.createFile(keys);
        Path file = Files.writeString(
                data.resolve("tranche.yaml"),
                "store: {url: 'jdbc:postgresql://127.0.0.1:1/x', user: u, password: !secret '"
                        + box.seal("store.password", "hidden") + "'}\n");
        Path folder = data.resolve("d");
        refused(serve("--data", folder.toString(), "--config", file.toString()), "store.password", "k1");
        refused(
                serve(
                        "--data",
                        folder.toString(),
                        "--port",
                        "0",
                        "--config",
                        file.toString(),
                        "--config-keys",
                        keys.toString()),
                "database cannot be reached");
    }
}
