package dev.tranche.server.rollouts;

import dev.tranche.release.Audience;
import dev.tranche.release.Mode;
import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import dev.tranche.release.rollout.Rollout;
import dev.tranche.server.artifact.VersionRecord;
import dev.tranche.server.journal.Followed;
import dev.tranche.server.journal.Windows;
import dev.tranche.server.serving.Artifacts;
import dev.tranche.server.serving.Candidate;
import dev.tranche.server.serving.Experiment;
import dev.tranche.server.serving.Loaded;
import dev.tranche.server.serving.LoadedPolicy;
import dev.tranche.server.serving.LoadedVersion;
import dev.tranche.server.serving.Route;
import dev.tranche.server.serving.RouteTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts in force on this node what the control state says: loads the versions of each route, swaps the route
/// as one object, and tells the windows what to count.
///
/// One thread works, always on the newest state, so a burst of events costs one swap. A version that cannot
/// be loaded leaves the route as it is and is named in [#problems()]. Going back needs no loading: the
/// versions of a route and the previous three stay in memory. Every other version leaves it: this loader
/// closes its use, and so does each route when the last call on it has ended.
final class RouteLoader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RouteLoader.class);
    private static final long AGAIN_SECONDS = 1;
    private static final List<VersionKind> ON_THE_ROUTE = List.of(VersionKind.MODEL, VersionKind.POLICY);

    private final RouteTable routes;
    private final Artifacts artifacts;
    private final Windows windows;
    private final ScheduledThreadPoolExecutor thread;
    private final AtomicReference<@Nullable ControlState> wanted = new AtomicReference<>();
    /// Epoch of the route in force, by product; only this loader's thread writes.
    private final Map<String, Long> applied = new ConcurrentHashMap<>();
    private final Map<VersionName, Loaded> loaded = new HashMap<>();
    private @Nullable ScheduledFuture<?> retry;
    private final Map<String, String> problems = new ConcurrentHashMap<>();
    private volatile Runnable then = () -> {};

    RouteLoader(RouteTable routes, Artifacts artifacts, Windows windows) {
        this.routes = routes;
        this.artifacts = artifacts;
        this.windows = windows;
        this.thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("routes").factory(), new ThreadPoolExecutor.DiscardPolicy());
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /// Asks for this state to be put in force; returns at once.
    void want(ControlState state) {
        wanted.set(state);
        thread.execute(this::apply);
    }

    /// Puts this state in force and waits for it.
    void load(ControlState state) {
        wanted.set(state);
        try {
            thread.submit((Runnable) this::apply).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the routes cannot be put in force", e);
        }
    }

    /// Calls `listener` after routes were put in force, on the thread that did it.
    void onApplied(Runnable listener) {
        then = listener;
    }

    /// True when this route, or a newer one of its product, is in force on this node with every version it
    /// names.
    boolean inForce(RouteSpec spec) {
        Long epoch = applied.get(spec.product());
        return epoch != null && epoch >= spec.epoch();
    }

    /// Why the route of a product is not what the journal says, by product.
    Map<String, String> problems() {
        return new TreeMap<>(problems);
    }

    private void apply() {
        ControlState state = wanted.getAndSet(null);
        if (state == null) {
            return;
        }
        if (retry != null) {
            retry.cancel(false);
            retry = null;
        }
        for (RouteSpec spec : state.routes().values()) {
            try {
                apply(state, spec);
                problems.remove(spec.product());
            } catch (RuntimeException e) {
                trouble(spec.product(), "its route cannot be put in force and the one before stays", e);
            }
        }
        if (state.routes().values().stream()
                .anyMatch(spec -> !Objects.equals(applied.get(spec.product()), spec.epoch()))) {
            retry = thread.schedule(() -> again(state), AGAIN_SECONDS, TimeUnit.SECONDS);
        }
        follow(state);
        drop(name -> !used(state, name));
        then.run();
    }

    private static boolean used(ControlState state, VersionName name) {
        return state.routes().values().stream().anyMatch(spec -> spec.uses(name))
                || state.experiments().values().stream()
                        .anyMatch(experiment -> experiment.running()
                                && experiment.plan().arms().stream()
                                        .anyMatch(arm -> arm.version().equals(name)));
    }

    /// Ends this loader's use of versions; a route that is still being asked keeps its own.
    private void drop(Predicate<VersionName> which) {
        for (VersionName name : List.copyOf(loaded.keySet())) {
            if (which.test(name)) {
                Objects.requireNonNull(loaded.remove(name)).close();
            }
        }
    }

    /// Bytes that are missing now may come back with the database, so what could not be loaded is tried
    /// again, unless something newer is asked for.
    private void again(ControlState state) {
        if (wanted.compareAndSet(null, state)) {
            apply();
        }
    }

    /// Remembers why something is not in force; logged when it is news.
    private void trouble(String name, String what, RuntimeException e) {
        String why = String.valueOf(e.getMessage());
        if (!why.equals(problems.put(name, why))) {
            LOG.error("{}: {}", name, what, e);
        }
    }

    private void apply(ControlState state, RouteSpec spec) {
        Long before = applied.get(spec.product());
        if (before != null && before == spec.epoch()) {
            return;
        }
        RouteSpec.Moving model = spec.moving().get(VersionKind.MODEL);
        boolean first = model != null
                && model.mode() == Mode.LIVE
                && model.audience().equals(Audience.EVERYONE)
                && !spec.live().containsKey(VersionKind.MODEL);
        VersionName liveName =
                model != null && first ? model.version() : spec.live().get(VersionKind.MODEL);
        if (liveName == null || (before != null && before > spec.epoch())) {
            routes.remove(spec.product());
        }
        boolean whole = true;
        if (liveName != null) {
            LoadedVersion live = model(state, liveName);
            Optional<Candidate> candidate = first ? Optional.empty() : candidate(state, spec);
            whole = first || candidate.isPresent() == moves(spec);
            routes.swap(Route.of(
                    spec.product(),
                    spec.epoch(),
                    live,
                    policy(state, spec),
                    candidate.orElse(null),
                    experiment(state, spec),
                    warm(state, spec, live)));
        }
        if (whole) {
            applied.put(spec.product(), spec.epoch());
        }
    }

    private @Nullable LoadedPolicy policy(ControlState state, RouteSpec spec) {
        VersionName name = spec.live().get(VersionKind.POLICY);
        RouteSpec.Moving moving = spec.moving().get(VersionKind.POLICY);
        if (name == null && moving != null && moving.mode() == Mode.LIVE) {
            name = moving.version();
        }
        return name == null ? null : (LoadedPolicy) loaded(state, name);
    }

    private static boolean moves(RouteSpec spec) {
        return ON_THE_ROUTE.stream()
                .anyMatch(kind -> spec.moving().containsKey(kind) && spec.live().containsKey(kind));
    }

    /// The candidate. One that cannot be loaded is left out and tried again with the next event: its audience
    /// stays with the live version, which must not stop for it.
    private Optional<Candidate> candidate(ControlState state, RouteSpec spec) {
        for (VersionKind kind : ON_THE_ROUTE) {
            RouteSpec.Moving moving = spec.moving().get(kind);
            if (moving == null || !spec.live().containsKey(kind)) continue;
            try {
                return Optional.of(new Candidate(
                        moving.rollout(),
                        loaded(state, moving.version()),
                        moving.mode(),
                        moving.audience(),
                        moving.bucketing()));
            } catch (RuntimeException e) {
                trouble(
                        moving.version().toString(),
                        "it cannot be loaded and the live version answers its audience",
                        e);
            }
        }
        return Optional.empty();
    }

    private @Nullable Experiment experiment(ControlState state, RouteSpec spec) {
        Optional<ExperimentRecord> running =
                spec.experiment().map(id -> state.experiments().get(id));
        if (running.isEmpty()) {
            return null;
        }
        List<Experiment.Arm> arms = new ArrayList<>();
        running.get()
                .plan()
                .arms()
                .forEach(arm -> arms.add(
                        new Experiment.Arm(arm.version().toString(), arm.share(), model(state, arm.version()))));
        return new Experiment(running.get().plan().id(), running.get().plan().bucketing(), arms);
    }

    /// The previous models; one that cannot be loaded any more is left out, the route matters more.
    private List<LoadedVersion> warm(ControlState state, RouteSpec spec, LoadedVersion live) {
        List<LoadedVersion> warm = new ArrayList<>();
        for (VersionName name : spec.previous().getOrDefault(VersionKind.MODEL, List.of())) {
            try {
                LoadedVersion version = model(state, name);
                if (!version.equals(live)) {
                    warm.add(version);
                }
            } catch (RuntimeException e) {
                LOG.warn("the previous version {} cannot be kept warm", name, e);
                problems.put(name.toString(), String.valueOf(e.getMessage()));
            }
        }
        return warm;
    }

    private LoadedVersion model(ControlState state, VersionName name) {
        return loaded(state, name) instanceof LoadedVersion model ? model : notAModel(name);
    }

    private static LoadedVersion notAModel(VersionName name) {
        throw new IllegalStateException(name + " is on a route as a model and is none");
    }

    private Loaded loaded(ControlState state, VersionName name) {
        Loaded known = loaded.get(name);
        if (known != null) {
            return known;
        }
        VersionRecord version = state.versions().get(name);
        if (version == null) {
            throw new IllegalStateException("the journal routes to " + name + ", which it never registered");
        }
        Loaded fresh = version.kind() == VersionKind.POLICY
                ? artifacts.loadPolicy(name, version.digest())
                : artifacts.load(name, version.digest());
        loaded.put(name, fresh);
        problems.remove(name.toString());
        return fresh;
    }

    private void follow(ControlState state) {
        for (String product : state.routes().keySet()) {
            Optional<Rollout.Active> active = state.active().stream()
                    .filter(rollout -> rollout.product().equals(product))
                    .filter(rollout -> rollout.kind() == VersionKind.MODEL || rollout.kind() == VersionKind.POLICY)
                    .map(RolloutRecord::state)
                    .map(RouteLoader::underway)
                    .flatMap(Optional::stream)
                    .findFirst();
            active.ifPresentOrElse(
                    rollout -> windows.follow(product, followed(rollout)), () -> windows.unfollow(product));
        }
        List<ExperimentRecord> running = state.experiments().values().stream()
                .filter(ExperimentRecord::running)
                .toList();
        running.forEach(experiment -> windows.followExperiment(experiment.plan().id(), experiment.at()));
        windows.running(
                running.stream().map(experiment -> experiment.plan().id()).collect(Collectors.toUnmodifiableSet()));
    }

    private static Optional<Rollout.Active> underway(Rollout rollout) {
        return switch (rollout) {
            case Rollout.Active active -> Optional.of(active);
            case Rollout.Paused paused -> Optional.of(paused.was());
            case Rollout.Checking _, Rollout.Completed _, Rollout.RolledBack _, Rollout.Aborted _ -> Optional.empty();
        };
    }

    private static Followed followed(Rollout.Active rollout) {
        boolean shadow =
                rollout instanceof Rollout.Running running && running.current().mode() != Mode.LIVE;
        return new Followed(
                rollout.charter().plan().candidate().toString(),
                shadow,
                rollout.charter().startedAt(),
                rollout.enteredAt());
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a route is still being loaded while the server stops");
                return;
            }
            routes.clear();
            drop(_ -> true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
