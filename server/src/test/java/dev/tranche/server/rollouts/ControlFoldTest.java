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
import dev.tranche.runtime.store.ControlEvent;
import dev.tranche.runtime.store.NewEvent;
import dev.tranche.server.artifact.Bytes;
import dev.tranche.server.artifact.Check;
import dev.tranche.server.artifact.VersionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ControlFoldTest {
    private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
    private static final VersionName ONE = VersionName.parse("shop_xgb_v1.0");
    private static final VersionName TWO = VersionName.parse("shop_xgb_v2.0");

    private final List<ControlEvent> journal = new ArrayList<>();
    private ControlState state = ControlState.empty();

    private void record(Change change) {
        Instant at = START.plusSeconds(journal.size());
        NewEvent event = ChangeText.write(change, at, "anna");
        ControlEvent row = new ControlEvent(
                journal.size() + 1L,
                at,
                event.actor(),
                event.subject(),
                event.kind(),
                event.payload(),
                1,
                "",
                Bytes.sha256(Bytes.utf8(event.payload() + journal.size())));
        journal.add(row);
        state = state.on(row);
    }

    private void moved(String rollout, RolloutEvent event) {
        record(new Change.RolloutMoved(rollout, event));
    }

    private static VersionRecord version(VersionName name, String bytes) {
        return new VersionRecord(
                new Version(name, VersionKind.MODEL, Digest.of(Bytes.utf8(bytes))),
                VersionState.VALIDATED,
                new TreeMap<>(java.util.Map.of("model.yaml", Bytes.sha256(Bytes.utf8(bytes)))),
                List.of(Check.pass("golden_rows", "20 rows reproduce")),
                new Signature(List.of("age:number"), "probability", "bad: late (bad)"),
                START,
                "anna");
    }

    private static Plan plan(VersionName candidate, Strategy strategy, String... stages) {
        return new Plan(
                "shop",
                candidate,
                VersionKind.MODEL,
                strategy,
                "loan_id",
                Bucketing.murmur3("s"),
                List.of(stages).stream().map(Stage::parse).toList(),
                List.of(),
                Duration.ofSeconds(1),
                Plan.PATIENCE,
                Approvals.NONE);
    }

    private void live(VersionName name) {
        String id = "first-" + name;
        moved(id, new RolloutEvent.Started(id, plan(name, Strategy.FIRST), Optional.empty(), "anna", "first"));
        moved(id, checked());
        moved(id, new RolloutEvent.BakeStarted());
        moved(id, new RolloutEvent.Completed("tranche", "done"));
    }

    private static RolloutEvent checked() {
        return new RolloutEvent.ChecklistPassed(Arrays.stream(ChecklistPoint.values())
                .map(point -> new dev.tranche.release.rollout.Check(point, Verdict.pass("fine")))
                .toList());
    }

    private RouteSpec route() {
        return Objects.requireNonNull(state.routes().get("shop"));
    }

    private void canary() {
        moved(
                "r2",
                new RolloutEvent.Started(
                        "r2",
                        plan(TWO, Strategy.CANARY, "shadow 100%", "live 5%"),
                        Optional.of(ONE),
                        "anna",
                        "better"));
        moved("r2", checked());
        moved("r2", new RolloutEvent.StageEntered(0));
        moved("r2", new RolloutEvent.Promoted(0, "tranche", "gates pass"));
        moved("r2", new RolloutEvent.StageEntered(1));
    }

    @Test
    void aNameBelongsToItsFirstBytes() {
        record(new Change.VersionRegistered(version(ONE, "a")));
        record(new Change.VersionRegistered(version(ONE, "b")));
        assertThat(state.versions().get(ONE)).isEqualTo(version(ONE, "a"));
        record(new Change.VersionDeleted(ONE, "old"));
        assertThat(state.resolve(ONE)).isEmpty();
        record(new Change.VersionRegistered(version(ONE, "b")));
        assertThat(state.resolve(ONE))
                .as("other bytes do not bring a name back")
                .isEmpty();
        record(new Change.VersionRegistered(version(ONE, "a")));
        assertThat(state.resolve(ONE)).contains(version(ONE, "a"));
    }

    @Test
    void trafficFollowsTheRolloutAndComesBackWithIt() {
        record(new Change.VersionRegistered(version(ONE, "a")));
        record(new Change.VersionRegistered(version(TWO, "b")));
        live(ONE);
        canary();
        RouteSpec route = route();
        assertThat(route.live()).containsEntry(VersionKind.MODEL, ONE);
        assertThat(route.moving().toString()).contains("5%");
        assertThat(state.life(version(TWO, "b"))).isEqualTo(VersionState.LIVE);
        moved("r2", new RolloutEvent.RolledBack("wang", "bad"));
        moved("r2", new RolloutEvent.StageEntered(1));
        RouteSpec back = route();
        assertThat(back.moving())
                .as("a rolled-back rollout takes no traffic again")
                .isEmpty();
        assertThat(back.live()).containsEntry(VersionKind.MODEL, ONE);
        assertThat(back.by()).isEqualTo("wang");
        assertThat(back.why()).contains("bad");
    }

    @Test
    void threePreviousVersionsStayWarm() {
        for (int minor = 0; minor < 6; minor++) {
            VersionName name = VersionName.of("shop", "xgb", 1, minor);
            record(new Change.VersionRegistered(version(name, "m" + minor)));
            live(name);
        }
        assertThat(route().previous().get(VersionKind.MODEL))
                .extracting(VersionName::toString)
                .containsExactly("shop_xgb_v1.4", "shop_xgb_v1.3", "shop_xgb_v1.2");
    }

    @Test
    void whoWasLiveWhenIsReadFromTheMoves() {
        record(new Change.VersionRegistered(version(ONE, "a")));
        live(ONE);
        Instant before = START.plusSeconds(journal.size() - 1L);
        canary();
        Instant during = START.plusSeconds(journal.size() - 1L);
        moved("r2", new RolloutEvent.Promoted(1, "tranche", "gates pass"));
        moved("r2", new RolloutEvent.BakeStarted());
        Past past = new Past(state);
        assertThat(past.at(START, Optional.empty())).isEmpty();
        assertThat(past.at(before, Optional.empty()))
                .extracting(s -> s.role() + " " + s.version())
                .containsExactly("live " + ONE);
        assertThat(past.at(during, Optional.of("shop")))
                .extracting(s -> s.role() + " " + s.version() + " " + s.audience())
                .containsExactly("live " + ONE + " 100%", "candidate " + TWO + " 5%");
        assertThat(past.at(START.plusSeconds(1000), Optional.empty()))
                .extracting(s -> s.version().toString())
                .containsExactly(TWO.toString());
        assertThat(past.at(during, Optional.of("other"))).isEmpty();
    }

    @Test
    void theSameJournalFoldsToTheSameStateAnywhere() {
        record(new Change.VersionRegistered(version(ONE, "a")));
        record(new Change.VersionRegistered(version(TWO, "b")));
        live(ONE);
        canary();
        record(new Change.RollbackMeasured("r2", Duration.ofMillis(3), 1));
        record(new Change.TokenIssued(new TokenRecord("mei", java.util.Set.of("view"), "0".repeat(64))));
        record(new Change.Signalled("shop", "breaker", "HALTED"));
        ControlState again = ControlState.empty();
        for (ControlEvent event : journal) {
            again = again.on(event);
        }
        assertThat(again).isEqualTo(state);
        assertThat(again.tokens()).containsKey("mei");
        assertThat(again.signals().get("shop/breaker")).isNotNull();
        assertThat(again.rollouts().get("r2")).isNotNull();
        record(new Change.TokenRevoked("mei"));
        assertThat(state.tokens()).isEmpty();
    }
}
