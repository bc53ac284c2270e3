package dev.tranche.batch.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.batch.file.RefusedException;
import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialLogTest {
    @TempDir
    private Path folder = Path.of(".");

    private Path file = Path.of(".");

    @BeforeEach
    void threeResults() throws IOException {
        file = folder.resolve("trials.log");
        try (TrialLog log = TrialLog.open(file, "run of today")) {
            assertThat(log.size()).isZero();
            log.append("one", "{\"a\": 1}");
            log.append("two", "second result");
            log.append("three", "third result");
        }
    }

    @Test
    void resultsAreFoundAgain() throws IOException {
        try (TrialLog log = TrialLog.open(file, "run of today")) {
            assertThat(log.size()).isEqualTo(3);
            assertThat(log.result("one")).isEqualTo("{\"a\": 1}");
            assertThat(log.result("four")).isNull();
        }
    }

    /// Wherever a kill tears the file, what is whole is believed and the rest is done again.
    @Test
    void aTornTailIsCutWhereverItIsTorn() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        String text = Files.readString(file);
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            long lines =
                    text.substring(0, length).chars().filter(c -> c == '\n').count();
            try (TrialLog log = TrialLog.open(file, "run of today")) {
                assertThat(log.size()).isEqualTo((int) Math.max(0, lines - 1));
                log.append("next", "after the kill");
            }
            try (TrialLog log = TrialLog.open(file, "run of today")) {
                assertThat(log.result("next")).isEqualTo("after the kill");
            }
        }
    }

    @Test
    void aDamagedLineIsNotBelievedNorWhatFollowsIt() throws IOException {
        String text = Files.readString(file);
        Files.writeString(file, text.replace("second", "secand"));
        try (TrialLog log = TrialLog.open(file, "run of today")) {
            assertThat(log.result("one")).isNotNull();
            assertThat(log.result("two")).isNull();
            assertThat(log.result("three")).isNull();
        }
    }

    @Test
    void resultsOfAnotherRunAreNotMixedIn() {
        assertThatThrownBy(() -> TrialLog.open(file, "run of yesterday").close())
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("another run");
    }

    @Test
    void onlyOneWriterAtATime() throws IOException {
        try (TrialLog log = TrialLog.open(file, "run of today")) {
            assertThatThrownBy(() -> TrialLog.open(file, "run of today").close())
                    .isInstanceOf(OverlappingFileLockException.class);
            assertThat(log.size()).isEqualTo(3);
        }
    }
}
