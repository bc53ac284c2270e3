package dev.tranche.server.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.runtime.store.ControlEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownGoodTest {
    @TempDir
    Path folder;

    private static ControlEvent event(long seq) {
        return new ControlEvent(
                seq,
                Instant.parse("2026-11-20T08:00:00.123456Z").plusSeconds(seq),
                "anna",
                "version/a_b_v1.0",
                "version.registered",
                "{\"name\":\"违约\\n\"}",
                3,
                "0".repeat(64),
                "a".repeat(64));
    }

    @Test
    void whatIsWrittenComesBack() {
        KnownGood copy = KnownGood.at(folder.resolve("control.jsonl"));
        assertThat(copy.read()).isEmpty();
        copy.write(List.of(event(1), event(2)));
        assertThat(copy.read()).containsExactly(event(1), event(2));
        copy.write(List.of(event(1), event(2), event(3)));
        assertThat(copy.read()).hasSize(3);
        assertThat(folder.toFile().list()).containsExactly("control.jsonl");
    }

    @Test
    void anEmptyCopyIsACopy() {
        KnownGood copy = KnownGood.at(folder.resolve("control.jsonl"));
        copy.write(List.of());
        assertThat(copy.read()).isEmpty();
    }

    @Test
    void aCopyThatDoesNotAddUpCountsAsNone() throws IOException {
        Path file = folder.resolve("control.jsonl");
        KnownGood copy = KnownGood.at(file);
        copy.write(List.of(event(1), event(2)));
        String good = Files.readString(file);
        Files.writeString(file, good.replaceFirst("anna", "hugo"));
        assertThat(copy.read()).as("a changed byte").isEmpty();
        Files.writeString(file, good.substring(0, good.length() / 2));
        assertThat(copy.read()).as("a torn file").isEmpty();
        Files.writeString(file, "");
        assertThat(copy.read()).as("an empty file").isEmpty();
        Files.writeString(file, good);
        assertThat(copy.read()).hasSize(2);
    }
}
