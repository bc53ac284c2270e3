package dev.tranche.server;

import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.log.LogFullException;
import dev.tranche.runtime.metrics.Metrics;
import dev.tranche.runtime.store.MigrationSet;
import dev.tranche.runtime.store.Store;
import dev.tranche.runtime.store.StoreSettings;
import dev.tranche.server.console.Console;
import dev.tranche.server.grpc.GrpcDoor;
import dev.tranche.server.http.Access;
import dev.tranche.server.http.DecisionDoors;
import dev.tranche.server.http.Doors;
import dev.tranche.server.http.Health;
import dev.tranche.server.http.HealthDoors;
import dev.tranche.server.http.HttpDoors;
import dev.tranche.server.http.InferenceDoor;
import dev.tranche.server.http.Readiness;
import dev.tranche.server.journal.Archive;
import dev.tranche.server.journal.DecisionJournal;
import dev.tranche.server.journal.DecisionMetrics;
import dev.tranche.server.journal.Decisions;
import dev.tranche.server.journal.JournalException;
import dev.tranche.server.journal.JournalTail;
import dev.tranche.server.journal.Outcomes;
import dev.tranche.server.journal.Recent;
import dev.tranche.server.journal.Retention;
import dev.tranche.server.journal.Shipping;
import dev.tranche.server.journal.TimeIndex;
import dev.tranche.server.journal.Trim;
import dev.tranche.server.journal.Windows;
import dev.tranche.server.protocol.Inference;
import dev.tranche.server.protocol.Library;
import dev.tranche.server.serving.Artifacts;
import dev.tranche.server.serving.Explanations;
import dev.tranche.server.serving.Faults;
import dev.tranche.server.serving.Pace;
import dev.tranche.server.serving.Pool;
import dev.tranche.server.serving.Replay;
import dev.tranche.server.serving.RouteTable;
import dev.tranche.server.serving.Serving;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one place where the server is put together and taken apart.
///
/// The database starts first and beside everything else; nothing that serves waits for it. The doors open
/// when the wings have put their routes in force. Taking apart goes the other way: the node first says that
/// it wants no more requests, then answers what it has, forces the journal, and last stops the database.
public final class Composition implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Composition.class);

    /// How far back the windows are counted again at a start.
    private static final Duration REBUILD = Duration.ofHours(24);

    private final Core core;
    private final HttpDoors doors;
    private final Trim trim;
    private final Teardown teardown;

    private Composition(Core core, HttpDoors doors, Trim trim, Teardown teardown) {
        this.core = core;
        this.doors = doors;
        this.trim = trim;
        this.teardown = teardown;
    }

    /// Starts a server and returns when it can answer.
    ///
    /// @param builders the wings, in the order they start
    /// @throws StartException when it cannot start; then nothing of it is left running
    public static Composition start(Settings settings, Wing.Builder... builders) throws InterruptedException {
        Teardown teardown = new Teardown();
        try {
            requireFree(settings.host(), settings.port());
            teardown.add(DataFolder.take(settings.data()));
            return start(settings, teardown, List.of(builders));
        } catch (RuntimeException | InterruptedException e) {
            teardown.close();
            throw e;
        }
    }

    /// Looks at once whether the port is free, so that a server that cannot start does not first start a
    /// database.
    private static void requireFree(String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw StartException.because("port " + port + " of " + host + " cannot be listened on", e);
        }
    }

    private static Composition start(Settings settings, Teardown teardown, List<Wing.Builder> builders)
            throws InterruptedException {
        Ticks clock = Ticks.system();
        Store store = teardown.add(store(settings, builders));
        Metrics metrics = teardown.add(Metrics.create());
        DecisionJournal journal = teardown.add(journal(settings));
        teardown.add(journal::force);
        LOG.info("{}", journal.recovery());
        TimeIndex index = TimeIndex.open(settings.data().resolve("journal.times"), journal.start());
        long from = index.before(clock.now().minus(REBUILD).getEpochSecond(), journal.start());
        Windows windows = Windows.over(journal, index, from);
        Recent recent = Recent.of(settings.node());
        JournalTail tail = teardown.add(
                JournalTail.start(journal, from, index, windows, recent, DecisionMetrics.in(metrics.registry())));
        windows.fedBy(tail);
        Archive archive = Archive.in(store);
        Shipping shipping = teardown.add(Shipping.start(journal, archive));
        Trim trim = teardown.add(Trim.start(journal, shipping, tail, windows, settings.retention(), clock::now));
        Artifacts artifacts = Artifacts.create();
        Serving serving = teardown.add(Serving.over(
                journal, settings.durability(), Pool.of(settings.models().lanes()), Faults.of(settings.testFaults())));
        artifacts.pace(Pace.of(serving::asked));
        RouteTable routes = RouteTable.create();
        Library library = teardown.add(Library.of(routes, artifacts));
        Core core = new Core(
                settings,
                clock,
                store,
                journal,
                Decisions.of(journal, archive),
                tail,
                windows,
                recent,
                Outcomes.of(journal, tail, recent, archive, clock),
                artifacts,
                routes,
                serving,
                Inference.over(routes, serving, library, clock, metrics.registry()),
                Replay.with(artifacts),
                Access.open(settings.data().resolve("admin.token")),
                Health.create(),
                Readiness.starting(),
                metrics);
        Components.add(core, shipping);
        HttpDoors doors = open(core, wings(core, builders, teardown), teardown);
        core.readiness().enter(Readiness.State.READY);
        teardown.add(() -> Drain.of(core).await());
        return new Composition(core, doors, trim, teardown);
    }

    private static Store store(Settings settings, List<Wing.Builder> builders) {
        List<MigrationSet> migrations = new ArrayList<>(List.of(Archive.MIGRATIONS));
        for (Wing.Builder builder : builders) {
            migrations.addAll(builder.migrations());
        }
        return Store.start(StoreSettings.of(settings.place()).with(migrations.toArray(MigrationSet[]::new)));
    }

    private static List<Wing> wings(Core core, List<Wing.Builder> builders, Teardown teardown)
            throws InterruptedException {
        List<Wing> wings = new ArrayList<>();
        for (Wing.Builder builder : builders) {
            wings.add(teardown.add(builder.build(core)));
        }
        for (Wing wing : wings) {
            wing.start();
        }
        return List.copyOf(wings);
    }

    private static HttpDoors open(Core core, List<Wing> wings, Teardown teardown) {
        teardown.add(Heartbeat.start(core));
        teardown.add(() -> core.readiness().enter(Readiness.State.STOPPED));
        Settings settings = core.settings();
        try {
            return teardown.add(HttpDoors.open(
                    settings.host(),
                    settings.port(),
                    settings.limits(),
                    new HttpDoors.Hot(
                            core.routes(),
                            core.serving(),
                            core.access(),
                            core.clock(),
                            core.readiness(),
                            Explanations.of(
                                    core.artifacts(), Runtime.getRuntime().availableProcessors()),
                            core.decisions(),
                            core.metrics().registry()),
                    rack -> hang(core, wings, rack)));
        } catch (UncheckedIOException e) {
            throw StartException.because("the server has no door", e);
        }
    }

    private static DecisionJournal journal(Settings settings) {
        try {
            return DecisionJournal.open(settings.data().resolve("journal"), settings.log(), settings.node());
        } catch (IOException | JournalException | LogFullException e) {
            throw StartException.because("the decision journal cannot be opened", e);
        }
    }

    private static void hang(Core core, List<Wing> wings, Doors rack) {
        HealthDoors.hang(rack, core.health(), core.readiness(), core.routes(), core.metrics());
        DecisionDoors.hang(
                rack,
                new DecisionDoors.Rooms(
                        core.journal(),
                        core.decisions(),
                        core.recent(),
                        core.outcomes(),
                        core.replay(),
                        core.windows(),
                        core.routes(),
                        core.serving().faults(),
                        core.clock()));
        InferenceDoor.hang(rack, core.inference());
        rack.beneath(GrpcDoor.PREFIX, GrpcDoor.of(core.inference(), rack.gate()));
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

    /// Takes other limits and another retention while the server runs.
    ///
    /// @param requestsPerSecond hot requests a second for each caller, 0 = no limit
    void tune(int requestsPerSecond, Retention retention) {
        doors.rate(requestsPerSecond);
        trim.keep(retention);
    }

    /// Drops the part of the journal that is not kept at an instant; it is done every ten seconds anyhow.
    ///
    /// @return position of the oldest record that is still kept
    long trim(Instant now) {
        return trim.sweep(now);
    }

    /// Stops cleanly: no request that was taken in stays unanswered and no answered decision is lost. This
    /// node first says that it wants no more requests; when it was being asked, it goes on answering for the
    /// drain's grace.
    @Override
    public void close() {
        teardown.close();
    }
}
