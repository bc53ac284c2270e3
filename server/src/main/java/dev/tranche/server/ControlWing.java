package dev.tranche.server;

import dev.tranche.release.Metric;
import dev.tranche.release.Reading;
import dev.tranche.release.VersionKind;
import dev.tranche.runtime.metrics.MetricNames;
import dev.tranche.runtime.store.Leadership;
import dev.tranche.runtime.store.MigrationSet;
import dev.tranche.runtime.store.StorePlace;
import dev.tranche.runtime.store.StoreUnavailableException;
import dev.tranche.server.desks.Desks;
import dev.tranche.server.http.DeskDoors;
import dev.tranche.server.http.Doors;
import dev.tranche.server.http.EventDoor;
import dev.tranche.server.http.ExperimentDoors;
import dev.tranche.server.http.Health;
import dev.tranche.server.http.MeasureDoors;
import dev.tranche.server.http.OpenApiDoor;
import dev.tranche.server.http.Role;
import dev.tranche.server.http.RolloutDoors;
import dev.tranche.server.http.RouteDoors;
import dev.tranche.server.http.TokenDoors;
import dev.tranche.server.http.VersionDoors;
import dev.tranche.server.http.WayBackDoors;
import dev.tranche.server.protocol.Registered;
import dev.tranche.server.rollouts.ControlPlane;
import dev.tranche.server.rollouts.ControlState;
import dev.tranche.server.rollouts.Signal;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The control side of the server: registration, routes, rollouts, experiments, tokens, evidence.
final class ControlWing implements Wing {
    /// A first start of the database unpacks it, which takes seconds; longer than this it will not come.
    private static final Duration FIRST_START = Duration.ofSeconds(60);

    /// A database that somebody else runs may be starting beside this server.
    private static final Duration REACHED = Duration.ofSeconds(10);

    private final Core core;
    private final ControlPlane plane;
    private final Desks desks = Desks.none();
    private final EventDoor events;

    private ControlWing(Core core) {
        InstantSource clock = core.clock()::now;
        this.core = core;
        this.plane = ControlPlane.open(
                core.store(),
                core.settings().data().resolve("control"),
                core.routes(),
                core.journal(),
                core.windows(),
                core.artifacts(),
                core.serving().faults(),
                clock);
        this.events = EventDoor.open(core.windows(), clock);
    }

    /// Builds the wing.
    static final class Builder implements Wing.Builder {
        @Override
        public List<MigrationSet> migrations() {
            return List.of();
        }

        @Override
        public Wing build(Core core) {
            return new ControlWing(core);
        }
    }

    @Override
    public void start() throws InterruptedException {
        core.health().component("leader", this::leader);
        core.health().component("routes", this::routes);
        core.windows().gauge(Metric.BREAKER, (product, now) -> {
            Signal signal = plane.state().signals().get(product + "/breaker");
            return new Reading.State(signal == null ? "NONE" : signal.state(), now);
        });
        core.inference().library().registered(this::registered);
        meters(core.metrics().registry());
        core.routes().onSwap(route -> events.moved(route.product(), route.epoch()));
        plane.log().onEvents(events::tell);
        if (plane.state().seq() == 0) {
            try {
                core.store().awaitUp(core.settings().place() instanceof StorePlace.Embedded ? FIRST_START : REACHED);
                plane.catchUp();
            } catch (StoreUnavailableException e) {
                throw StartException.because(
                        "this node has no copy of the control journal yet and the database cannot be reached", e);
            }
        }
        plane.start();
    }

    private List<Registered.Known> registered() {
        ControlState state = plane.state();
        return state.versions().values().stream()
                .filter(version -> !state.deleted().contains(version.name()))
                .map(version ->
                        new Registered.Known(version.name(), version.digest(), version.kind() == VersionKind.MODEL))
                .toList();
    }

    private void meters(MeterRegistry registry) {
        Gauge.builder(MetricNames.LEADER, this, wing -> wing.epoch() >= 0 ? 1 : 0)
                .register(registry);
        Gauge.builder(MetricNames.LEADER_EPOCH, this, wing -> Math.max(0, wing.epoch()))
                .register(registry);
        Gauge.builder(
                        MetricNames.ROLLOUTS_ACTIVE,
                        plane,
                        each -> each.state().active().size())
                .register(registry);
        core.routes()
                .onSwap(route -> registry.counter(MetricNames.ROUTE_CHANGES, "product", route.product())
                        .increment());
    }

    /// The epoch in which this node leads, -1 when it does not.
    private long epoch() {
        return plane.standing()
                .map(now -> switch (now) {
                    case Leadership.Standing.Leader leader -> leader.epoch();
                    case Leadership.Standing.Follower _ -> -1L;
                })
                .orElse(-1L);
    }

    private Health.Component leader() {
        Optional<Leadership.Standing> standing = plane.standing();
        return standing.map(now -> switch (now) {
                    case Leadership.Standing.Leader leader ->
                        new Health.Component(
                                Health.State.OK,
                                "this node leads since " + leader.since() + ", epoch " + leader.epoch());
                    case Leadership.Standing.Follower _ ->
                        new Health.Component(Health.State.OK, "another node leads, or nobody does yet");
                })
                .orElseGet(() -> new Health.Component(Health.State.DEGRADED, "not standing for leadership yet"));
    }

    private Health.Component routes() {
        Map<String, String> problems = plane.problems();
        return problems.isEmpty()
                ? new Health.Component(Health.State.OK, plane.state().routes().size() + " routes as the journal says")
                : new Health.Component(Health.State.DEGRADED, problems.toString());
    }

    @Override
    public void hang(Doors doors) {
        InstantSource clock = core.clock()::now;
        VersionDoors.hang(doors, plane);
        RolloutDoors.hang(doors, plane, clock);
        RouteDoors.hang(doors, plane, clock);
        ExperimentDoors.hang(doors, plane);
        WayBackDoors.hang(doors, plane, clock);
        MeasureDoors.hang(doors, plane, clock);
        DeskDoors.hang(doors, desks, events::tell, clock);
        TokenDoors.hang(doors, plane, core.access());
        OpenApiDoor.hang(doors);
        doors.raw("/api/v1/events", Role.VIEW, events);
    }

    @Override
    public void close() {
        events.close();
        plane.close();
    }
}
