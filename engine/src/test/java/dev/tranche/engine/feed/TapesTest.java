package dev.tranche.engine.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.runtime.clock.Ticks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapesTest {
    private static final long HOUR = 3_600_000_000_000L;

    @TempDir
    Path folder;

    private Path file(String name, long... received) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (long each : received) {
            lines.append(each).append(" {}\n");
        }
        return Files.writeString(folder.resolve(name), lines);
    }

    /// An hour between what was heard and what comes next: a wait for it would be seen.
    @Test
    void whatWasHeardBeforeARestartIsPassedOverWithoutAWait() throws Exception {
        List<Tapes.Tape> files =
                List.of(new Tapes.Tape(file("a", 1, 2, HOUR), 0), new Tapes.Tape(file("b", 2, 3, HOUR + 1), 1));
        List<String> heard = new ArrayList<>();
        Tapes.after(files, Pace.REAL, Ticks.system(), 3)
                .play((place, received, json) -> heard.add(place + "@" + received));
        assertThat(heard).containsExactly("0@" + HOUR, "1@" + (HOUR + 1));
    }
}
