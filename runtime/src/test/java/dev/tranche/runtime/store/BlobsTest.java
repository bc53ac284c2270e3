package dev.tranche.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobsTest {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180-4

    @TempDir
    Path folder;

    @Test
    void bytesAreKeptByTheirDigestAndReadWithoutTheDatabase() throws Exception {
        byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);
        Path mirror = folder.resolve("blobs");
        Path file = mirror.resolve("ba").resolve(ABC);
        Blobs blobs;
        try (Store store = StoreFixture.up(folder.resolve("postgres"))) {
            blobs = Blobs.in(store, mirror);
            assertThat(blobs.read(ABC)).isEmpty();
            assertThat(blobs.put(abc)).isEqualTo(ABC);
            assertThat(blobs.put(abc)).isEqualTo(ABC);
            assertThat(blobs.mirrored(ABC)).isTrue();

            Files.delete(file);
            assertThat(blobs.read(ABC)).contains(abc);
            assertThat(file).hasBinaryContent(abc);

            Files.writeString(file, "abd");
            assertThat(blobs.read(ABC)).contains(abc);
            assertThat(file).hasBinaryContent(abc);
            assertThat(mirror.resolve("ba").toFile().list()).hasSize(1);
        }
        assertThat(blobs.read(ABC)).contains(abc);
        assertThatThrownBy(() -> blobs.put(abc)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> blobs.read("0".repeat(64))).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> blobs.read("../../etc/passwd"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 hex digits");
    }
}
