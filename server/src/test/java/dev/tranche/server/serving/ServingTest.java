package dev.tranche.server.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.credit.Source;
import dev.tranche.release.Audience;
import dev.tranche.release.Bucketing;
import dev.tranche.release.Mode;
import dev.tranche.release.Share;
import dev.tranche.runtime.log.Cursor;
import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogRecord;
import dev.tranche.runtime.log.LogSettings;
import dev.tranche.server.Examples;
import dev.tranche.server.journal.Answer;
import dev.tranche.server.journal.DecisionJournal;
import dev.tranche.server.journal.DecisionRecord;
import dev.tranche.server.journal.Placement;
import dev.tranche.server.journal.RawRow;
import dev.tranche.server.journal.ShadowRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ServingTest {
    private static final Examples EXAMPLES = new Examples();
    private static final String PRODUCT = "consumer_apply";
    private static final Bucketing SALTED = Bucketing.murmur3("test");

    private final Path folder;

    private final Faults faults = Faults.of(true);
    private DecisionJournal journal;
    private Serving serving;

    ServingTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        this.journal = open(Durability.WRITTEN);
        this.serving = Serving.over(journal, Durability.WRITTEN, Pool.of(new LaneLimits(1, 1, 64)), faults);
    }

    private DecisionJournal open(Durability durability) throws Exception {
        return DecisionJournal.open(
                folder.resolve("journal"), LogSettings.of(durability).withSegmentBytes(1 << 20), 1);
    }

    @BeforeEach
    void warm() throws Exception {
        ask(route(null, null), "warm-up").get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        serving.close();
        journal.close();
    }

    private static Route route(@Nullable Candidate candidate, @Nullable Experiment experiment) {
        return Route.of(
                PRODUCT, 7, EXAMPLES.version(Examples.SCORECARD), EXAMPLES.policy(), candidate, experiment, List.of());
    }

    private CompletableFuture<Served> ask(Route route, String unit) {
        RawRow row = row(route);
        Question question =
                new Question(route, row, unit, "L", "", null, false, System.nanoTime(), 1_760_000_000_000_000L);
        CompletableFuture<Served> served = new CompletableFuture<>();
        serving.decide(question, served::complete);
        return served;
    }

    private static RawRow row(Route route) {
        JsonNode applicant =
                JsonMapper.builder().build().readTree(Examples.applicants().getFirst());
        RawRow row = RawRow.of(route.layout());
        for (String name : applicant.propertyNames()) {
            JsonNode value = applicant.get(name);
            int position = route.layout().position(name);
            if (position >= 0 && value.isNumber()) {
                row.number(position, value.asDouble());
            } else if (position >= 0) {
                row.text(position, value.asString());
            }
        }
        return row;
    }

    private static DecisionRecord decided(CompletableFuture<Served> served) throws Exception {
        if (served.get(20, TimeUnit.SECONDS) instanceof Served.Decided decided) {
            return decided.decision();
        }
        throw new AssertionError("not decided: " + served.get());
    }

    private List<ShadowRecord> shadows() throws Exception {
        assertThat(serving.shadows().await(Duration.ofSeconds(20))).isTrue();
        List<ShadowRecord> found = new ArrayList<>();
        Cursor cursor = journal.cursor(journal.start());
        for (Optional<LogRecord> next = cursor.next(); next.isPresent(); next = cursor.next()) {
            if (journal.read(next.get()) instanceof ShadowRecord shadow) {
                found.add(shadow);
            }
        }
        return found;
    }

    @Test
    void aLiveStageAnswersItsShareWithTheCandidateAndShadowsTheRest() throws Exception {
        Candidate candidate = new Candidate(
                "r", EXAMPLES.version(Examples.XGB), Mode.LIVE, new Audience.Units(Share.ofPercent(20)), SALTED);
        Route route = route(candidate, null);
        int moved = 0;
        for (int i = 0; i < 200; i++) {
            DecisionRecord decision = decided(ask(route, "unit" + i));
            boolean included = SALTED.slot("unit" + i) < 2000;
            assertThat(decision.model().name()).isEqualTo(included ? Examples.XGB : Examples.SCORECARD);
            assertThat(decision.placement().role())
                    .isEqualTo(included ? Placement.Role.CANDIDATE : Placement.Role.LIVE);
            moved += included ? 1 : 0;
        }
        assertThat(moved).isBetween(20, 60);
        assertThat(shadows()).hasSize(200 - moved).allSatisfy(shadow -> {
            assertThat(shadow.subject()).isEqualTo(Examples.XGB);
            assertThat(shadow.error()).isNull();
        });
    }

    @Test
    void aPolicyOnTrialIsShadowedUnderItsOwnName() throws Exception {
        Candidate candidate = new Candidate("r", EXAMPLES.policy(), Mode.SHADOW, Audience.EVERYONE, SALTED);
        DecisionRecord decision = decided(ask(route(candidate, null), "u"));
        assertThat(shadows()).singleElement().satisfies(shadow -> {
            assertThat(shadow.subject()).isEqualTo(Examples.POLICY);
            assertThat(shadow.model().name()).isEqualTo(Examples.SCORECARD);
            assertThat(shadow.score()).isEqualTo(decision.answer().score());
            assertThat(shadow.flipped()).isFalse();
        });
    }

    @Test
    void armsShareTheUnitsAndKeepThem() throws Exception {
        Experiment experiment = new Experiment(
                "e",
                SALTED,
                List.of(
                        new Experiment.Arm("a", Share.ofPercent(30), EXAMPLES.version(Examples.SCORECARD)),
                        new Experiment.Arm("b", Share.ofPercent(70), EXAMPLES.version(Examples.XGB))));
        for (int i = 0; i < 50; i++) {
            DecisionRecord decision = decided(ask(route(null, experiment), "u" + i));
            String arm = SALTED.slot("u" + i) < 3000 ? "a" : "b";
            assertThat(decision.placement().arm()).isEqualTo(arm);
            assertThat(decision.placement().experiment()).isEqualTo("e");
        }
        assertThatThrownBy(() -> new Experiment("e", SALTED, experiment.arms().subList(0, 1)))
                .hasMessageContaining("10000");
    }

    @Test
    void aFullQueueIsRefusedWithAReasonAndALateModelIsDiscardedAndCounted() throws Exception {
        faults.set(Examples.SCORECARD, new Fault(5000, 0, -1));
        List<CompletableFuture<Served>> asked = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            asked.add(ask(route(null, null), "u" + i));
        }
        int busy = 0;
        for (CompletableFuture<Served> each : asked) {
            switch (each.get(20, TimeUnit.SECONDS)) {
                case Served.Busy refused -> {
                    busy++;
                    assertThat(refused.reason()).contains("queue").contains("1");
                    assertThat(refused.retryAfterSeconds()).isPositive();
                }
                case Served.Decided decided -> {
                    assertThat(decided.decision().answer().source()).isEqualTo(Source.FALLBACK_RULES);
                    assertThat(decided.decision().answer().cause()).isEqualTo(Answer.Cause.DEADLINE);
                }
                case Served other -> throw new AssertionError(other);
            }
        }
        assertThat(busy)
                .as("of ten: one queued, one at work if it had begun, one more if that made room")
                .isBetween(7, 9);
        faults.set(Examples.SCORECARD, Fault.NONE);
        long due = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (serving.latePredictions() < 1 && System.nanoTime() < due) {
            Thread.onSpinWait();
        }
        assertThat(serving.latePredictions()).isPositive();
        assertThat(serving.inFlight()).isZero();
    }

    @Test
    void theRowsOfOneRequestAreAnsweredInOrderAndABadRowIsRefusedAlone() throws Exception {
        Route route = route(null, null);
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            RawRow row = row(route);
            if (i == 7) {
                row.items(0, "[]");
            }
            questions.add(new Question(
                    route, row, "u" + i, "L" + i, "", null, false, System.nanoTime(), 1_760_000_000_000_000L));
        }
        CompletableFuture<List<Served>> all = new CompletableFuture<>();
        serving.decideAll(questions, all::complete);
        List<Served> served = all.get(20, TimeUnit.SECONDS);
        assertThat(served).hasSize(40);
        for (int i = 0; i < 40; i++) {
            int row = i;
            if (i == 7) {
                assertThat(served.get(i)).isInstanceOf(Served.Rejected.class);
            } else {
                assertThat(served.get(i)).isInstanceOfSatisfying(Served.Decided.class, decided -> {
                    assertThat(decided.decision().loanId()).isEqualTo("L" + row);
                    assertThat(journal.decision(decided.id())).hasValue(decided.decision());
                });
            }
        }
        CompletableFuture<List<Served>> none = new CompletableFuture<>();
        serving.decideAll(List.of(), none::complete);
        assertThat(none.get(1, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void withoutAPolicyAFailureIsSaidAndRecorded() throws Exception {
        faults.set(Examples.SCORECARD, new Fault(0, 1, -1));
        Route bare = Route.of(PRODUCT, 1, EXAMPLES.version(Examples.SCORECARD), null, null, null, List.of());
        assertThat(ask(bare, "u").get(20, TimeUnit.SECONDS)).isInstanceOfSatisfying(Served.Unanswered.class, failed -> {
            assertThat(failed.reason()).contains("injected");
            assertThat(journal.decision(failed.id()))
                    .hasValueSatisfying(
                            kept -> assertThat(kept.answer().unanswered()).isTrue());
        });
    }

    @Test
    void faultsCannotBeSetInAnOrdinaryServer() {
        assertThatThrownBy(() -> Faults.of(false).set(Examples.XGB, new Fault(1, 0, -1)))
                .hasMessageContaining("--test-faults");
        assertThatThrownBy(() -> new Fault(-1, 0, 0)).hasMessageContaining("0..60000");
        assertThatThrownBy(() -> new Fault(0, Double.NaN, 0)).hasMessageContaining("0..1");
    }

    @Test
    void replayNamesWhatDiffers() throws Exception {
        DecisionRecord decision = decided(ask(route(null, null), "u"));
        Replay replay = Replay.with(EXAMPLES.artifacts());
        assertThat(replay.replay(decision).verdict()).isEqualTo(Replay.Verdict.EXACT);
        Answer was = decision.answer();
        Answer doctored = new Answer(
                was.margins(),
                was.outputs(),
                Math.nextUp(was.score()),
                was.band(),
                was.action(),
                was.source(),
                was.reasons(),
                was.method(),
                was.reference(),
                was.missing(),
                was.defaulted(),
                was.cause(),
                was.error());
        Replay.Finding finding = replay.replay(new DecisionRecord(
                decision.node(),
                decision.receivedMicros(),
                decision.latencyNanos(),
                decision.product(),
                decision.unit(),
                decision.loanId(),
                decision.row(),
                decision.model(),
                decision.policy(),
                decision.placement(),
                doctored));
        assertThat(finding.verdict()).isEqualTo(Replay.Verdict.DIFFERENT);
        assertThat(finding.differences())
                .singleElement()
                .satisfies(one -> assertThat(one.what()).isEqualTo("score"));
        assertThat(Replay.with(Artifacts.create()).replay(decision).differences())
                .singleElement()
                .satisfies(one -> assertThat(one.replayed()).contains("no registered folder"));
    }

    @Test
    void withSyncedDurabilityTheAnswerStillComes() throws Exception {
        close();
        journal = open(Durability.SYNCED);
        serving = Serving.over(journal, Durability.SYNCED, Pool.of(new LaneLimits(1, 10, 64)), faults);
        DecisionRecord decision = decided(ask(route(null, null), "u"));
        assertThat(decision.answer().source()).isIn(Source.MODEL, Source.FALLBACK_RULES);
    }
}
