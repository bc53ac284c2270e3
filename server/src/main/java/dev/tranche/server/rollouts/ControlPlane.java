package dev.tranche.server.rollouts;

import dev.tranche.release.Digest;
import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import dev.tranche.release.registry.Registry;
import dev.tranche.release.rollout.Assessment;
import dev.tranche.release.rollout.Check;
import dev.tranche.runtime.store.Blobs;
import dev.tranche.runtime.store.ControlJournal;
import dev.tranche.runtime.store.Leadership;
import dev.tranche.runtime.store.NewEvent;
import dev.tranche.runtime.store.Store;
import dev.tranche.server.artifact.Catalogue;
import dev.tranche.server.artifact.Refused;
import dev.tranche.server.artifact.Registration;
import dev.tranche.server.artifact.Shelf;
import dev.tranche.server.artifact.VersionRecord;
import dev.tranche.server.journal.DecisionJournal;
import dev.tranche.server.journal.Windows;
import dev.tranche.server.measured.Measured;
import dev.tranche.server.serving.Artifacts;
import dev.tranche.server.serving.Faults;
import dev.tranche.server.serving.RouteTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The control plane of one node: what is registered, live, under way and on trial, and every way to change
/// it.
///
/// ```java
/// ControlPlane plane = ControlPlane.open(store, folder, routes, decisions, windows, artifacts, faults, clock);
/// plane.start();
/// ```
///
/// `open` folds the copy on disk and puts its routes in force, so a node serves without the database; `start`
/// follows the journal and stands for leadership. Every change is an event; while the database is away every
/// change is refused with [dev.tranche.runtime.store.StoreUnavailableException] and serving goes on.
/// Thread-safe.
public final class ControlPlane implements AutoCloseable {
    private final Store store;
    private final ControlLog log;
    private final Registration registration;
    private final RouteLoader loader;
    private final Measured measured;
    private final Measurements measurements;
    private final Conductor conductor;
    private final RouteTable routes;
    private final Windows windows;
    private final InstantSource clock;
    private volatile @Nullable Leadership leadership;

    private ControlPlane(
            Store store,
            Path folder,
            RouteTable routes,
            DecisionJournal decisions,
            Windows windows,
            Artifacts artifacts,
            Faults faults,
            InstantSource clock) {
        this.store = store;
        this.routes = routes;
        this.windows = windows;
        this.clock = clock;
        this.log = ControlLog.open(ControlJournal.in(store), KnownGood.at(folder.resolve("control.jsonl")));
        this.registration =
                Registration.of(Shelf.over(Blobs.in(store, folder.resolve("blobs"))), new Versions(), clock);
        this.loader = new RouteLoader(routes, artifacts, windows);
        Health health = new Health();
        this.measured = Measured.in(folder.resolve("measured"));
        this.measurements = new Measurements(windows, measured, health, log::state);
        this.conductor = new Conductor(
                log,
                this::epoch,
                registration,
                artifacts,
                faults,
                measurements,
                health,
                new RollbackClock(decisions),
                this::inForce,
                clock);
        loader.onApplied(conductor::wake);
    }

    /// Opens the plane over its copy on disk. Does not wait for the database.
    ///
    /// @param folder where the copy and the mirrored files are kept; created when absent
    /// @param routes what serving reads; this plane is its only writer
    /// @param artifacts is told where registered folders are
    /// @param faults injected faults, which a candidate's health checks feel as its answers do
    public static ControlPlane open(
            Store store,
            Path folder,
            RouteTable routes,
            DecisionJournal decisions,
            Windows windows,
            Artifacts artifacts,
            Faults faults,
            InstantSource clock) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the control plane's folder cannot be made: " + folder, e);
        }
        ControlPlane plane = new ControlPlane(store, folder, routes, decisions, windows, artifacts, faults, clock);
        artifacts.source(plane::files);
        plane.loader.load(plane.log.state());
        plane.log.onChange(plane.loader::want);
        return plane;
    }

    /// Reads what the journal has and puts its routes in force, at once.
    ///
    /// @throws dev.tranche.runtime.store.StoreUnavailableException when the database is away
    public void catchUp() {
        log.catchUp();
        loader.load(log.state());
    }

    /// Follows the journal, stands for leadership and moves rollouts from now on.
    public void start() {
        log.follow();
        leadership = Leadership.stand(store, _ -> conductor.wake());
        conductor.start();
    }

    private OptionalLong epoch() {
        Leadership mine = leadership;
        return mine == null ? OptionalLong.empty() : mine.epoch();
    }

    /// What the journal says, as far as this node has seen it.
    public ControlState state() {
        return log.state();
    }

    /// The journal as this node sees it.
    public ControlLog log() {
        return log;
    }

    /// Takes folders in.
    public Registration registration() {
        return registration;
    }

    /// This node's standing; empty before [#start()].
    public Optional<Leadership.Standing> standing() {
        return Optional.ofNullable(leadership).map(Leadership::standing);
    }

    /// Why something the journal says is not in force here, by product or version; empty when all is.
    public Map<String, String> problems() {
        return loader.problems();
    }

    /// True when this node answers for a product as the journal says; also for a product that nothing was
    /// said of.
    public boolean inForce(String product) {
        RouteSpec said = log.state().routes().get(product);
        return said == null || loader.inForce(said);
    }

    /// What engines tell of the versions they work with.
    public Measured measured() {
        return measured;
    }

    /// Everything that moves versions.
    public Moves moves() {
        return new Moves(log, registration, clock, conductor::wake);
    }

    /// The ways back for versions that engines work with.
    public WayBack wayBack() {
        return new WayBack(log, clock, conductor::wake);
    }

    /// What one can go back to.
    public Backups backups() {
        return new Backups(log.state());
    }

    /// Experiments on this plane.
    public Trials trials() {
        return new Trials(log, windows, routes, clock);
    }

    /// A rollout.
    ///
    /// @throws Refused `unknown_rollout`
    public RolloutRecord rollout(String id) {
        return Moves.rollout(log.state(), id);
    }

    /// The checklist of a rollout as it was executed; empty before that.
    public List<Check> checklist(String id) {
        RolloutRecord rollout = rollout(id);
        return rollout.checklist();
    }

    /// Who was live when, and why.
    public Past past() {
        return new Past(log.state());
    }

    /// The evidence of a rollout: one self-contained JSON object.
    ///
    /// @throws Refused `unknown_rollout`
    public Map<String, @Nullable Object> evidence(String rollout) {
        return Evidence.of(log, rollout, clock.instant());
    }

    /// How the gates and guards of a rollout stand right now.
    ///
    /// @throws Refused `unknown_rollout`
    public Assessment assess(String rollout) {
        RolloutRecord found = Moves.rollout(log.state(), rollout);
        Instant now = clock.instant();
        return found.state().assess(measurements.of(found.state(), now), now);
    }

    /// Records a change that needs no leader.
    ///
    /// @throws dev.tranche.runtime.store.StoreUnavailableException when the database is away
    public ControlState change(Change change, String actor) {
        return log.append(List.of(event(change, actor)));
    }

    private NewEvent event(Change change, String actor) {
        return ChangeText.write(change, clock.instant(), actor);
    }

    private Optional<Map<String, byte[]>> files(Digest digest) {
        return log.state().versions().values().stream()
                .filter(version -> version.digest().equals(digest))
                .findFirst()
                .map(registration::files);
    }

    /// Takes a version out of service.
    ///
    /// @throws Refused `unknown_version`, or `live` while it answers anybody
    public void delete(VersionName name, String actor, String reason) {
        ControlState state = log.state();
        VersionRecord version = state.resolve(name)
                .orElseThrow(() ->
                        Refused.of(Refused.Kind.UNKNOWN, "unknown_version", "no version is registered as " + name));
        boolean moving = state.active().stream()
                .anyMatch(
                        rollout -> rollout.state().charter().plan().candidate().equals(version.name())
                                || rollout.state()
                                        .charter()
                                        .live()
                                        .filter(version.name()::equals)
                                        .isPresent());
        switch (state.registry().retire(version.name(), reason)) {
            case dev.tranche.release.registry.Answer.Refused(String code, String why) ->
                throw Refused.of(Refused.Kind.CONFLICT, code, why);
            case dev.tranche.release.registry.Answer.Unchanged _ -> {}
            case dev.tranche.release.registry.Answer.Accepted _ -> {
                if (moving) {
                    throw Refused.of(
                            Refused.Kind.CONFLICT,
                            "live",
                            version.name() + " takes part in a rollout that is under way");
                }
                change(new Change.VersionDeleted(version.name(), reason), actor);
            }
        }
    }

    @Override
    public void close() {
        conductor.close();
        Leadership mine = leadership;
        if (mine != null) {
            mine.close();
        }
        log.close();
        loader.close();
        measured.close();
    }

    /// The registered versions as registration asks for them.
    private final class Versions implements Catalogue {
        @Override
        public Optional<VersionRecord> find(VersionName name) {
            return Optional.ofNullable(log.state().versions().get(name));
        }

        @Override
        public List<VersionRecord> ofProduct(String product) {
            ControlState state = log.state();
            return state.versions().values().stream()
                    .filter(version -> version.name().product().equals(product))
                    .filter(version -> !state.deleted().contains(version.name()))
                    .toList();
        }

        @Override
        public Registry registry() {
            return log.state().registry();
        }

        @Override
        public VersionRecord add(VersionRecord version) {
            ControlState after = change(new Change.VersionRegistered(version), version.by());
            VersionRecord recorded = after.versions().get(version.name());
            return recorded == null ? version : recorded;
        }
    }

    /// The kind of a registered version.
    static VersionKind kind(ControlState state, VersionName name) {
        VersionRecord version = state.versions().get(name);
        if (version == null) {
            throw Refused.of(Refused.Kind.UNKNOWN, "unknown_version", "no version is registered as " + name);
        }
        return version.kind();
    }
}
