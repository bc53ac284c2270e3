package dev.tranche.server.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.release.Bucketing;
import dev.tranche.release.Digest;
import dev.tranche.release.Verdict;
import dev.tranche.release.Version;
import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import dev.tranche.release.registry.Signature;
import dev.tranche.release.registry.VersionState;
import dev.tranche.release.rollout.Approvals;
import dev.tranche.release.rollout.ChecklistPoint;
import dev.tranche.release.rollout.Plan;
import dev.tranche.release.rollout.RolloutEvent;
import dev.tranche.release.rollout.Stage;
import dev.tranche.release.rollout.Strategy;
import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogSettings;
import dev.tranche.runtime.store.ControlEvent;
import dev.tranche.runtime.store.NewEvent;
import dev.tranche.server.artifact.Bytes;
import dev.tranche.server.artifact.VersionRecord;
import dev.tranche.server.journal.DecisionJournal;
import dev.tranche.server.journal.TimeIndex;
import dev.tranche.server.journal.Windows;
import dev.tranche.server.serving.Artifacts;
import dev.tranche.server.serving.LoadedVersion;
import dev.tranche.server.serving.Route;
import dev.tranche.server.serving.RouteTable;
import dev.tranche.server.serving.Workshop;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a route uses is in memory, warm, before the route is in force; what no route uses is not.
class RouteLoaderTest {
    private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
    private static final String GOOD = "{\"input\":{\"x\":1},\"margin\":[2],\"output\":[2]}\n";
    private static final String WRONG = "{\"input\":{\"x\":1},\"margin\":[9],\"output\":[9]}\n";

    private final Workshop workshop = Workshop.open();
    private final RouteTable routes = RouteTable.create();
    private final DecisionJournal journal;
    private final RouteLoader loader;
    private ControlState state = ControlState.empty();
    private long events;

    RouteLoaderTest(@TempDir Path folder) throws Exception {
        journal = DecisionJournal.open(
                folder.resolve("journal"), LogSettings.of(Durability.WRITTEN).withSegmentBytes(1 << 20), 1);
        TimeIndex index = TimeIndex.open(folder.resolve("journal.times"), journal.start());
        loader = new RouteLoader(routes, workshop.artifacts(), Windows.over(journal, index, journal.start()));
    }

    @AfterEach
    void close() {
        loader.close();
        journal.close();
    }

    private void record(Change change) {
        NewEvent event = ChangeText.write(change, START.plusSeconds(events), "anna");
        events++;
        state = state.on(new ControlEvent(
                events,
                START.plusSeconds(events),
                event.actor(),
                event.subject(),
                event.kind(),
                event.payload(),
                1,
                "",
                Bytes.sha256(Bytes.utf8(event.payload() + events))));
    }

    private VersionName registered(String name, String golden) {
        Digest digest = workshop.folder(name, name, golden);
        VersionName version = VersionName.parse(name);
        record(new Change.VersionRegistered(new VersionRecord(
                new Version(version, VersionKind.MODEL, digest),
                VersionState.VALIDATED,
                new TreeMap<>(),
                List.of(),
                new Signature(List.of("x:number"), "value", "sum"),
                START,
                "anna")));
        return version;
    }

    private void moved(String id, RolloutEvent event) {
        record(new Change.RolloutMoved(id, event));
    }

    private void begin(VersionName candidate, Strategy strategy, Optional<VersionName> live, String... stages) {
        String id = "r-" + candidate;
        Plan plan = new Plan(
                "shop",
                candidate,
                VersionKind.MODEL,
                strategy,
                "loan_id",
                Bucketing.murmur3("s"),
                Arrays.stream(stages).map(Stage::parse).toList(),
                List.of(),
                Duration.ofSeconds(1),
                Plan.PATIENCE,
                Approvals.NONE);
        moved(id, new RolloutEvent.Started(id, plan, live, "anna", "why not"));
        moved(
                id,
                new RolloutEvent.ChecklistPassed(Arrays.stream(ChecklistPoint.values())
                        .map(point -> new dev.tranche.release.rollout.Check(point, Verdict.pass("fine")))
                        .toList()));
    }

    private void live(VersionName version) {
        begin(version, Strategy.FIRST, Optional.empty());
        moved("r-" + version, new RolloutEvent.BakeStarted());
        moved("r-" + version, new RolloutEvent.Completed("tranche", "done"));
        loader.load(state);
    }

    private Route route() {
        return Objects.requireNonNull(routes.route("shop"));
    }

    private Artifacts.Census census() {
        return workshop.artifacts().census();
    }

    @Test
    void theLiveVersionAndThePreviousThreeAreInMemoryAndEveryOlderOneHasLeftIt() {
        for (int minor = 0; minor < 8; minor++) {
            live(registered("shop_press_v1." + minor, GOOD));
            assertThat(route().live().costNanos())
                    .as("warmed before it is in force")
                    .isPositive();
        }
        assertThat(route().models())
                .extracting(LoadedVersion::toString)
                .containsExactly("shop_press_v1.7", "shop_press_v1.6", "shop_press_v1.5", "shop_press_v1.4");
        assertThat(workshop.made()).extracting(press -> press.closes()).containsExactly(1, 1, 1, 1, 0, 0, 0, 0);
        assertThat(census()).isEqualTo(new Artifacts.Census(4, 4, 8, 8, 4, 0));
    }

    @Test
    void aCandidateThatDoesNotReproduceItsGoldenRowsHereIsNotPutIntoTheRoute() {
        VersionName one = registered("shop_press_v1.0", GOOD);
        VersionName two = registered("shop_press_v2.0", WRONG);
        live(one);
        begin(two, Strategy.CANARY, Optional.of(one), "live 5%");
        moved("r-" + two, new RolloutEvent.StageEntered(0));
        loader.load(state);
        assertThat(route().candidate()).isNull();
        assertThat(route().live().name()).isEqualTo(one);
        assertThat(loader.problems().get(two.toString()))
                .contains("golden row 1")
                .contains("9.0");
        assertThat(workshop.last().closes()).isEqualTo(1);

        moved("r-" + two, new RolloutEvent.RolledBack("wang", "it never came up"));
        loader.load(state);
        assertThat(route().live().name()).isEqualTo(one);
        assertThat(census().models()).isEqualTo(1);
    }

    @Test
    void aVersionThatCannotComeUpLeavesTheLiveOneInForce() {
        VersionName one = registered("shop_press_v1.0", GOOD);
        live(one);
        Route before = route();
        live(registered("shop_press_v1.1", WRONG));
        assertThat(route()).isSameAs(before);
        assertThat(route().hold()).isTrue();
        route().release();
        assertThat(loader.problems()).containsKey("shop");
        assertThat(workshop.made().getFirst().closes()).isZero();
    }

    @Test
    void aRouteIsInForceWhenEveryVersionItNamesIsLoadedAndTheListenerIsToldThen() {
        VersionName one = registered("shop_press_v1.0", GOOD);
        VersionName two = registered("shop_press_v2.0", WRONG);
        List<Boolean> told = new CopyOnWriteArrayList<>();
        loader.onApplied(() -> told.add(inForce()));
        begin(one, Strategy.FIRST, Optional.empty());
        moved("r-" + one, new RolloutEvent.BakeStarted());
        assertThat(inForce()).as("recorded, not loaded").isFalse();
        loader.load(state);
        assertThat(inForce()).as("answering, not yet completed").isTrue();
        moved("r-" + one, new RolloutEvent.Completed("tranche", "done"));
        assertThat(inForce()).as("completing moves nothing more").isTrue();
        begin(two, Strategy.CANARY, Optional.of(one), "live 5%");
        moved("r-" + two, new RolloutEvent.StageEntered(0));
        loader.load(state);
        assertThat(inForce()).as("the candidate cannot be loaded").isFalse();
        moved("r-" + two, new RolloutEvent.RolledBack("wang", "it never came up"));
        loader.load(state);
        assertThat(inForce()).isTrue();
        assertThat(told).startsWith(true).contains(false).endsWith(true);
    }

    private boolean inForce() {
        return loader.inForce(Objects.requireNonNull(state.routes().get("shop")));
    }

    @Test
    void closingTheLoaderEmptiesTheMemory() {
        live(registered("shop_press_v1.0", GOOD));
        live(registered("shop_press_v1.1", GOOD));
        loader.close();
        assertThat(routes.all()).isEmpty();
        assertThat(census()).isEqualTo(new Artifacts.Census(0, 0, 0, 2, 2, 0));
    }
}
