package dev.tranche.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    private static final MigrationSet.Step FIRST =
            new MigrationSet.Step("0001-note.sql", "CREATE TABLE note (text text)");

    @TempDir
    Path folder;

    private static void write(Store store, String text) {
        store.transaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("INSERT INTO note VALUES ('" + text + "')");
            }
        });
    }

    private static long count(Store store) {
        return store.transaction(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT count(*) FROM note")) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    @Test
    void aStoreStartsInAnEmptyFolderStopsCleanlyAndKeepsItsRows() throws Exception {
        ProcessHandle first;
        try (Store store = StoreFixture.up(folder, new MigrationSet("test", List.of(FIRST)))) {
            write(store, "kept");
            first = StoreFixture.postmaster(folder);
            assertThat(first.isAlive()).isTrue();
            assertThat(store.url()).startsWith("jdbc:postgresql://127.0.0.1:");
            assertThat(store.state()).isInstanceOf(StoreState.Up.class);
        }
        StoreFixture.eventually("the database ends with its store", () -> !first.isAlive());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("password"))))
                .isEqualTo("rw-------");
        long began = System.nanoTime();
        try (Store store = StoreFixture.up(folder, new MigrationSet("test", List.of(FIRST)))) {
            System.out.println("second start took "
                    + Duration.ofNanos(System.nanoTime() - began).toMillis() + " ms");
            assertThat(count(store)).isEqualTo(1);
        }
    }

    @Test
    void nothingWaitsForADatabaseThatWasKilledAndItComesBackByItself() throws Exception {
        try (Store store = StoreFixture.up(folder, new MigrationSet("test", List.of(FIRST)))) {
            write(store, "before");
            long killed = StoreFixture.postmaster(folder).pid();
            StoreFixture.kill(folder);
            long slowest = 0;
            Optional<Long> after = Optional.empty();
            long deadline = System.nanoTime() + StoreFixture.LIMIT.toNanos();
            while (after.isEmpty() && System.nanoTime() < deadline) {
                long began = System.nanoTime();
                try {
                    long counted = count(store);
                    // A connection may outlive its postmaster for a moment; what counts is the answer of the next one.
                    if (StoreFixture.runs(folder, killed)) after = Optional.of(counted);
                } catch (StoreUnavailableException refusedAtOnce) {
                    Thread.onSpinWait();
                }
                slowest = Math.max(slowest, System.nanoTime() - began);
            }
            assertThat(after).contains(1L);
            assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(10));
            write(store, "after");
            assertThat(count(store)).isEqualTo(2);
        }
    }

    @Test
    void aStatementThatIsWrongIsNotAStoreThatIsAway() throws Exception {
        try (Store store = StoreFixture.up(folder, new MigrationSet("test", List.of(FIRST)))) {
            assertThatThrownBy(() -> store.transaction(connection -> {
                        write(store, "outside");
                        try (Statement statement = connection.createStatement()) {
                            statement.executeUpdate("INSERT INTO note VALUES ('rolled back')");
                            return statement.executeUpdate("INSERT INTO nowhere VALUES (1)");
                        }
                    }))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.sqlState()).isEqualTo("42P01"));
            assertThat(store.state()).isInstanceOf(StoreState.Up.class);
            assertThatThrownBy(() -> store.transaction(connection -> {
                        try (Statement statement = connection.createStatement()) {
                            statement.executeUpdate("INSERT INTO note VALUES ('rolled back')");
                        }
                        throw new IllegalStateException("the caller's own");
                    }))
                    .hasMessage("the caller's own");
            assertThat(count(store)).isEqualTo(1);
        }
    }

    @Test
    void aMigrationIsAppliedOnceAndAChangedOneIsRefusedByName() throws Exception {
        MigrationSet.Step second = new MigrationSet.Step("0002-more.sql", "INSERT INTO note VALUES ('once')");
        for (int start = 0; start < 2; start++) {
            try (Store store = StoreFixture.up(folder, new MigrationSet("test", List.of(FIRST, second)))) {
                assertThat(count(store)).isEqualTo(1);
            }
        }
        MigrationSet.Step changed = new MigrationSet.Step("0002-more.sql", "INSERT INTO note VALUES ('twice')");
        assertThatThrownBy(() -> StoreFixture.up(folder, new MigrationSet("test", List.of(FIRST, changed))))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("test/0002-more.sql");
        MigrationSet.Step broken = new MigrationSet.Step("0003-broken.sql", "CREATE TABLE x (a int); SELECT nonsense");
        try (Store store = Store.start(StoreSettings.of(new StorePlace.Embedded(folder))
                .with(new MigrationSet("test", List.of(FIRST, second, broken))))) {
            assertThatThrownBy(() -> store.awaitUp(Duration.ofSeconds(5))).hasMessageContaining("nonsense");
        }
        try (Store store = StoreFixture.up(folder, new MigrationSet("test", List.of(FIRST, second)))) {
            assertThatThrownBy(() -> store.transaction(connection -> {
                        try (Statement statement = connection.createStatement()) {
                            return statement.execute("SELECT * FROM x");
                        }
                    }))
                    .isInstanceOf(StoreException.class);
        }
    }

    @Test
    void aServerThatIsNotThereIsSaidSoAtOnceAndAtTheLimit() throws Exception {
        StorePlace nowhere = new StorePlace.Server("jdbc:postgresql://127.0.0.1:1/none?password=hush", "me", "hush");
        assertThat(nowhere.toString()).doesNotContain("hush");
        try (Store store = Store.start(StoreSettings.of(nowhere))) {
            assertThatThrownBy(() -> store.awaitUp(Duration.ofMillis(700)))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("down since");
            assertThatThrownBy(() -> ControlJournal.in(store).head()).isInstanceOf(StoreUnavailableException.class);
        }
    }

    @Test
    void anExternalServerIsUsedByItsUrlAndNotStopped() throws Exception {
        try (Store owner = StoreFixture.up(folder)) {
            String password = Files.readString(folder.resolve("password")).strip();
            StorePlace place = new StorePlace.Server(owner.url(), "tranche", password);
            try (Store guest = Store.start(StoreSettings.of(place))) {
                guest.awaitUp(StoreFixture.LIMIT);
                assertThat(ControlJournal.in(guest).head()).isZero();
            }
            assertThat(ControlJournal.in(owner).head()).isZero();
        }
    }
}
