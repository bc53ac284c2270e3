package dev.tranche.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {
    @TempDir
    Path folder;

    private static Path unpacked(Path cache, Path beside) {
        try {
            return PostgresBinaries.unpacked(cache, beside);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void twoProcessesThatUnpackAtOnceEndWithOneWholeFolder() throws Exception {
        Path cache = folder.resolve("cache");
        Path beside = folder.resolve("beside");
        CompletableFuture<Path> other = CompletableFuture.supplyAsync(() -> unpacked(cache, beside));
        Path own = unpacked(cache, beside);
        assertThat(other.get(60, TimeUnit.SECONDS)).isEqualTo(own);
        assertThat(cache.toFile().list()).hasSize(1);
        assertThat(Files.isExecutable(own.resolve("bin/initdb"))).isTrue();
        assertThat(own.resolve("share/postgresql/postgres.bki")).exists();
        assertThat(unpacked(cache, beside)).isEqualTo(own);
    }

    @Test
    void whereTheCacheCannotBeWrittenTheProgramsLieBesideTheData() throws Exception {
        Path cache = Files.createFile(folder.resolve("a-file"));
        Path own = unpacked(cache, folder.resolve("beside"));
        assertThat(own).startsWith(folder.resolve("beside"));
        PostgresBinaries.delete(own);
        assertThat(own).doesNotExist();
    }
}
