package dev.tranche.server;

import dev.tranche.release.Metric;
import dev.tranche.release.Reading;
import dev.tranche.runtime.store.Leadership;
import dev.tranche.runtime.store.MigrationSet;
import dev.tranche.runtime.store.StoreUnavailableException;
import dev.tranche.server.http.Doors;
import dev.tranche.server.http.EventDoor;
import dev.tranche.server.http.ExperimentDoors;
import dev.tranche.server.http.Health;
import dev.tranche.server.http.OpenApiDoor;
import dev.tranche.server.http.Role;
import dev.tranche.server.http.RolloutDoors;
import dev.tranche.server.http.RouteDoors;
import dev.tranche.server.http.TokenDoors;
import dev.tranche.server.http.VersionDoors;
import dev.tranche.server.rollouts.ControlPlane;
import dev.tranche.server.rollouts.Signal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The control side of the server: registration, routes, rollouts, experiments, tokens, evidence.
final class ControlWing implements Wing {
    private static final Logger LOG = LoggerFactory.getLogger(ControlWing.class);
    /// A first start of the database unpacks it, which takes seconds; longer than this it will not come.
    private static final Duration FIRST_START = Duration.ofSeconds(60);

    private final Core core;
    private final ControlPlane plane;
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
        core.routes().onSwap(route -> events.moved(route.product(), route.epoch()));
        plane.log().onEvents(events::tell);
        if (plane.state().seq() == 0) {
            try {
                core.store().awaitUp(FIRST_START);
                plane.catchUp();
            } catch (StoreUnavailableException e) {
                LOG.warn("neither the database nor a copy of its journal is there, so nothing is live yet", e);
            }
        }
        plane.start();
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
