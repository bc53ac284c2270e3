package dev.tranche.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.cli.CommandRun;
import dev.tranche.cli.RecordedDoor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisterTest {
    private final RecordedDoor door = RecordedDoor.open().says("POST /api/v1/versions", "version.json");

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void close() {
        door.close();
    }

    private Map<String, String> sent() throws IOException {
        Map<String, String> files = new TreeMap<>();
        byte[] body = door.asked().getLast().body();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(body))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    @Test
    void aFolderIsSentWithItsFilesAndWithoutHiddenOnes() throws IOException {
        Files.createDirectories(folder.resolve("m/metadata"));
        Files.writeString(folder.resolve("m/model.yaml"), "name: x");
        Files.writeString(folder.resolve("m/.DS_Store"), "junk");
        Files.writeString(folder.resolve("m/metadata/MLmodel"), "flavors:");
        CommandRun.Ended ended = CommandRun.at(door).in(folder).run("register", "m");
        assertThat(ended.code()).isZero();
        assertThat(door.asked().getLast().type()).isEqualTo("application/zip");
        assertThat(sent()).containsOnly(Map.entry("model.yaml", "name: x"), Map.entry("metadata/MLmodel", "flavors:"));
        assertThat(ended.out())
                .contains("✔ pass    golden rows: 20 of 20 margins reproduce bit for bit")
                .contains("consumer_apply_xgb_v1.0 is READY, digest 9f2c1e7ab04d");
    }

    @Test
    void theSameFolderMakesTheSameBytes() throws IOException {
        Files.writeString(folder.resolve("model.yaml"), "name: x");
        CommandRun.at(door).in(folder).run("register", ".");
        Files.setLastModifiedTime(folder.resolve("model.yaml"), java.nio.file.attribute.FileTime.fromMillis(0));
        CommandRun.at(door).in(folder).run("register", ".");
        assertThat(door.asked().get(0).body()).isEqualTo(door.asked().get(1).body());
    }

    @Test
    void aPolicyFileMayHaveAnyName() throws IOException {
        Files.writeString(folder.resolve("cutoffs-2026.yaml"), "# cutoffs\npolicy:\n  name: p_policy_v1.0\n");
        assertThat(CommandRun.at(door)
                        .in(folder)
                        .run("register", "cutoffs-2026.yaml")
                        .code())
                .isZero();
        assertThat(sent()).containsOnlyKeys("policy.yaml");
    }

    @Test
    void anMlflowFolderIsGivenItsName() throws IOException {
        Files.writeString(folder.resolve("MLmodel"), "flavors:");
        door.says("POST /api/v1/versions?name=p_xgb_v1.0", "version.json");
        assertThat(CommandRun.at(door)
                        .in(folder)
                        .run("register", ".", "--name", "p_xgb_v1.0")
                        .code())
                .isZero();
    }

    @Test
    void whatIsNotThereOrNotOursIsMisuse() throws IOException {
        Files.writeString(folder.resolve("notes.yaml"), "hello: world\n");
        Files.createDirectories(folder.resolve("empty"));
        for (String path : new String[] {"nowhere", "notes.yaml", "empty"}) {
            CommandRun.Ended ended = CommandRun.at(door).in(folder).run("register", path);
            assertThat(ended.code()).as(path).isEqualTo(2);
            assertThat(ended.err()).contains(path);
        }
        assertThat(door.asked()).isEmpty();
    }
}
