package dev.tranche.server;

import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.log.LogSettings;
import dev.tranche.runtime.metrics.Metrics;
import dev.tranche.runtime.store.MigrationSet;
import dev.tranche.runtime.store.Store;
import dev.tranche.runtime.store.StoreSettings;
import dev.tranche.server.console.Console;
import dev.tranche.server.http.Access;
import dev.tranche.server.http.DecisionDoors;
import dev.tranche.server.http.Doors;
import dev.tranche.server.http.Health;
import dev.tranche.server.http.HealthDoors;
import dev.tranche.server.http.HttpDoors;
import dev.tranche.server.http.Readiness;
import dev.tranche.server.journal.Archive;
import dev.tranche.server.journal.DecisionJournal;
import dev.tranche.server.journal.DecisionMetrics;
import dev.tranche.server.journal.JournalTail;
import dev.tranche.server.journal.Outcomes;
import dev.tranche.server.journal.Recent;
import dev.tranche.server.journal.Shipping;
import dev.tranche.server.journal.TimeIndex;
import dev.tranche.server.journal.Windows;
import dev.tranche.server.serving.Artifacts;
import dev.tranche.server.serving.Faults;
import dev.tranche.server.serving.Pool;
import dev.tranche.server.serving.Replay;
import dev.tranche.server.serving.RouteTable;
import dev.tranche.server.serving.Serving;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one place where the server is put together and taken apart.
///
/// The database starts first and beside everything else; nothing that serves waits for it. The doors open when the
/// wings have put their routes in force. Taking apart goes the other way: the node first says that it wants no more
/// requests, then answers what it has, forces the journal, and last stops the database.
public final class Composition implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Composition.class);

    /// How far back the windows are counted again at a start.
    private static final Duration REBUILD = Duration.ofHours(24);

    /// Slow versions wait at most so many deep.
    private static final int MODEL_QUEUE = 1024;

    private static final int MODEL_THREADS = 8;

    private final Core core;
    private final List<Wing> wings;
    private final Shipping shipping;
    private final Heartbeat heartbeat;
    private final HttpDoors doors;

    private Composition(Core core, List<Wing> wings, Shipping shipping, Heartbeat heartbeat, HttpDoors doors) {
        this.core = core;
        this.wings = wings;
        this.shipping = shipping;
        this.heartbeat = heartbeat;
        this.doors = doors;
    }

    /// Starts a server and returns when it can answer.
    ///
    /// @param builders the wings, in the order they start
    public static Composition start(Settings settings, Wing.Builder... builders) throws InterruptedException {
        Ticks clock = Ticks.system();
        makeFolder(settings);
        List<MigrationSet> migrations = new ArrayList<>(List.of(Archive.MIGRATIONS));
        for (Wing.Builder builder : builders) {
            migrations.addAll(builder.migrations());
        }
        Store store = Store.start(StoreSettings.of(settings.place()).with(migrations.toArray(MigrationSet[]::new)));
        try {
            return start(settings, clock, store, List.of(builders));
        } catch (RuntimeException | InterruptedException e) {
            store.close();
            throw e;
        }
    }

    private static void makeFolder(Settings settings) {
        try {
            Files.createDirectories(settings.data());
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder cannot be made: " + settings.data(), e);
        }
    }

    private static Composition start(Settings settings, Ticks clock, Store store, List<Wing.Builder> builders)
            throws InterruptedException {
        DecisionJournal journal = journal(settings);
        LOG.info("{}", journal.recovery());
        TimeIndex index = TimeIndex.open(settings.data().resolve("journal.times"), journal.start());
        long from = index.before(clock.now().minus(REBUILD).getEpochSecond(), journal.start());
        Windows windows = Windows.over(journal, index, from);
        Recent recent = Recent.of(settings.node());
        Metrics metrics = Metrics.create();
        JournalTail tail =
                JournalTail.start(journal, from, index, windows, recent, DecisionMetrics.in(metrics.registry()));
        windows.fedBy(tail);
        Archive archive = Archive.in(store);
        Artifacts artifacts = Artifacts.create();
        Faults faults = Faults.of(settings.testFaults());
        Serving serving = Serving.over(journal, settings.durability(), Pool.of(MODEL_THREADS, MODEL_QUEUE), faults);
        Core core = new Core(
                settings,
                clock,
                store,
                journal,
                tail,
                windows,
                recent,
                Outcomes.of(journal, tail, recent, archive, clock),
                artifacts,
                RouteTable.create(),
                serving,
                Replay.with(artifacts),
                Access.open(settings.data().resolve("admin.token")),
                Health.create(),
                Readiness.starting(),
                metrics);
        Shipping shipping = Shipping.start(journal, archive);
        Components.add(core, shipping);
        List<Wing> wings = new ArrayList<>();
        for (Wing.Builder builder : builders) {
            wings.add(builder.build(core));
        }
        for (Wing wing : wings) {
            wing.start();
        }
        Heartbeat heartbeat = Heartbeat.start(core);
        HttpDoors doors = HttpDoors.open(
                settings.host(),
                settings.port(),
                settings.limits(),
                new HttpDoors.Hot(core.routes(), serving, core.access(), clock, core.readiness()),
                rack -> hang(core, wings, rack));
        core.readiness().enter(Readiness.State.READY);
        return new Composition(core, List.copyOf(wings), shipping, heartbeat, doors);
    }

    private static DecisionJournal journal(Settings settings) {
        try {
            return DecisionJournal.open(
                    settings.data().resolve("journal"),
                    LogSettings.of(settings.durability()).withSegmentBytes(settings.segmentBytes()),
                    settings.node());
        } catch (IOException e) {
            throw new UncheckedIOException("the decision journal cannot be opened: " + settings.data(), e);
        }
    }

    private static void hang(Core core, List<Wing> wings, Doors rack) {
        HealthDoors.hang(rack, core.health(), core.readiness(), core.routes(), core.metrics());
        DecisionDoors.hang(
                rack,
                new DecisionDoors.Rooms(
                        core.journal(),
                        core.recent(),
                        core.outcomes(),
                        core.replay(),
                        core.windows(),
                        core.routes(),
                        core.serving().faults(),
                        core.clock()));
        Console.files().forEach((path, file) -> rack.raw(path, null, file));
        wings.forEach(wing -> wing.hang(rack));
    }

    /// The port that is listened on.
    public int port() {
        return doors.port();
    }

    /// What the server consists of.
    public Core core() {
        return core;
    }

    /// Stops cleanly: no request that was taken in stays unanswered and no answered decision is lost.
    @Override
    public void close() {
        core.readiness().enter(Readiness.State.DRAINING);
        doors.close();
        core.readiness().enter(Readiness.State.STOPPED);
        heartbeat.close();
        for (Wing wing : wings.reversed()) {
            wing.close();
        }
        core.serving().close();
        shipping.close();
        core.tail().close();
        core.journal().force();
        core.journal().close();
        core.store().close();
        core.metrics().close();
    }
}
