package dev.tranche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetTest {
    private final RecordedDoor door = RecordedDoor.open().says("GET /health", "health.json");

    @AfterEach
    void close() {
        door.close();
    }

    private String tokenSent(CommandRun run, String... more) {
        String[] arguments = new String[more.length + 1];
        arguments[0] = "health";
        System.arraycopy(more, 0, arguments, 1, more.length);
        CommandRun.Ended ended = run.run(arguments);
        assertThat(ended.err()).isEmpty();
        return door.asked().getLast().token();
    }

    private CommandRun run(Path folder) {
        return CommandRun.alone().with("TRANCHE_URL", door.url()).in(folder);
    }

    @Test
    void theOptionWinsOverTheEnvironment(@TempDir Path folder) {
        assertThat(tokenSent(run(folder).with("TRANCHE_TOKEN", "env"), "--token", "option"))
                .isEqualTo("Bearer option");
        assertThat(tokenSent(run(folder).with("TRANCHE_TOKEN", "env"))).isEqualTo("Bearer env");
    }

    @Test
    void theDataFolderHoldsTheAdminToken(@TempDir Path folder) throws IOException {
        Path data = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(data.resolve("admin.token"), "from-data\n");
        assertThat(tokenSent(run(folder), "--data", "elsewhere")).isEqualTo("Bearer from-data");
    }

    @Test
    void theUsualFoldersAreLookedIn(@TempDir Path folder) throws IOException {
        assertThat(tokenSent(run(folder))).isEmpty();
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/admin.token"), "second");
        assertThat(tokenSent(run(folder))).isEqualTo("Bearer second");
        Files.createDirectories(folder.resolve(".tranche"));
        Files.writeString(folder.resolve(".tranche/admin.token"), "first");
        assertThat(tokenSent(run(folder))).isEqualTo("Bearer first");
    }

    @Test
    void aTokenFoundByChanceDoesNotLeaveThisMachine(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/admin.token"), "secret");
        World world = new World(
                new java.io.PrintWriter(java.io.Writer.nullWriter()),
                new java.io.PrintWriter(java.io.Writer.nullWriter()),
                java.io.InputStream.nullInputStream(),
                java.util.Map.of(),
                folder,
                dev.tranche.cli.screen.Screen.pipe(),
                java.time.InstantSource.system(),
                java.time.ZoneOffset.UTC,
                _ -> {});
        assertThat(Target.of(world, "https://tranche.example", null, null).token())
                .isEmpty();
        assertThat(Target.of(world, "http://localhost:8080", null, null).token())
                .contains("secret");
    }

    @Test
    void aFolderWithoutATokenIsMisuse(@TempDir Path folder) {
        CommandRun.Ended ended = run(folder).run("health", "--data", "nowhere");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("no admin.token in nowhere");
    }

    @Test
    void anAddressMustBeOne() {
        CommandRun.Ended ended = CommandRun.alone().run("health", "--url", "localhost:8080");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("localhost:8080");
    }
}
