package dev.tranche.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real JVM with an embedded database is killed with SIGKILL.
class AdoptedDatabaseTest {
    @TempDir
    Path folder;

    /// The child: starts a store, records one event, says so and stays.
    static final class Owner {
        private Owner() {}

        public static void main(String[] args) throws Exception {
            Store store = StoreFixture.up(Path.of(args[0]));
            NewEvent event = new NewEvent(Instant.now(), "child", "x", "x.made", "{}");
            System.out.println("recorded "
                    + ControlJournal.in(store)
                            .appendUnfenced(List.of(event))
                            .getFirst()
                            .hash());
            System.in.read();
            store.close();
        }
    }

    private Process child() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void theDatabaseOfAKilledProcessIsAdoptedAndStoppedWithTheNextOne() throws Exception {
        Process child = child();
        String recorded;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            recorded = out.readLine();
            while (recorded != null && !recorded.startsWith("recorded")) {
                recorded = out.readLine();
            }
            Store second = Store.start(StoreSettings.of(new StorePlace.Embedded(folder)));
            assertThatThrownBy(() -> second.awaitUp(Duration.ofMillis(500)))
                    .hasMessageContaining("another process uses the database");
            second.close();
        } finally {
            child.destroyForcibly();
            assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(recorded).isNotNull();
        ProcessHandle orphan = StoreFixture.postmaster(folder);
        assertThat(orphan.isAlive()).isTrue();
        try (Store store = StoreFixture.up(folder)) {
            assertThat(StoreFixture.postmaster(folder)).isEqualTo(orphan);
            assertThat(ControlJournal.in(store).readFrom(1).getFirst().hash()).isEqualTo(recorded.split(" ", -1)[1]);
        }
        StoreFixture.eventually("the adopted database ends with its new owner", () -> !orphan.isAlive());
    }
}
