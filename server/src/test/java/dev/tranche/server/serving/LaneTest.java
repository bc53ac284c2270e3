package dev.tranche.server.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.release.Audience;
import dev.tranche.release.Bucketing;
import dev.tranche.release.Mode;
import dev.tranche.release.VersionName;
import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogSettings;
import dev.tranche.server.journal.DecisionJournal;
import dev.tranche.server.journal.DecisionRecord;
import dev.tranche.server.journal.RawRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Slow versions: each in its own lane, what queued merged into one call, and nobody harmed by whom he is
/// merged with.
class LaneTest {
    private final Workshop workshop = Workshop.open();
    private final Faults faults = Faults.of(true);
    private DecisionJournal journal;
    private Serving serving;
    private long limitNanos = Duration.ofSeconds(20).toNanos();

    LaneTest(@TempDir Path folder) throws Exception {
        this.journal = DecisionJournal.open(
                folder.resolve("journal"), LogSettings.of(Durability.WRITTEN).withSegmentBytes(1 << 20), 1);
        this.serving = serve(new LaneLimits(1, 100, 64));
    }

    private Serving serve(LaneLimits limits) {
        return Serving.over(journal, Durability.WRITTEN, Pool.of(limits), faults);
    }

    @AfterEach
    void close() {
        serving.close();
        journal.close();
    }

    private static Route route(String product, LoadedVersion live) {
        return Route.of(product, 1, live, null, null, null, List.of());
    }

    /// The deadline of a product without a policy is 200 ms; a test that waits at a gate must not meet it.
    private long arrival() {
        return System.nanoTime() + limitNanos - Serving.DEADLINE_NANOS;
    }

    private static Question question(Route route, double x, long arrived) {
        RawRow row = RawRow.of(route.layout());
        row.number(0, x);
        return new Question(route, row, "u" + x, "L" + x, "", null, false, arrived, 1_760_000_000_000_000L);
    }

    private CompletableFuture<Served> ask(Route route, double x) {
        CompletableFuture<Served> served = new CompletableFuture<>();
        serving.decide(question(route, x, arrival()), served::complete);
        return served;
    }

    private static double score(CompletableFuture<Served> served) throws Exception {
        return decided(served.get(20, TimeUnit.SECONDS)).answer().score();
    }

    private static DecisionRecord decided(Served served) {
        if (served instanceof Served.Decided decided) {
            return decided.decision();
        }
        throw new AssertionError("not decided: " + served);
    }

    private static void until(String what, BooleanSupplier wished) {
        long due = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!wished.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(due);
            Thread.onSpinWait();
        }
    }

    /// Asks once and waits until that call is at the gate, so that everything asked after it queues.
    private CompletableFuture<Served> busy(Route route, Press press) {
        CompletableFuture<Served> first = ask(route, -1);
        until("the first call is at the gate", () -> press.under() == 1);
        return first;
    }

    @Test
    void whatQueuedWhileTheModelWasBusyIsOneCallAndEveryRowGetsItsOwnAnswer() throws Exception {
        Route route = route("shop", workshop.slow("shop_press_v1.0"));
        CountDownLatch gate = workshop.last().hold();
        CompletableFuture<Served> first = busy(route, workshop.last());
        List<CompletableFuture<Served>> queued = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            queued.add(ask(route, i));
        }
        assertThat(serving.pool().waiting()).isEqualTo(20);
        gate.countDown();
        assertThat(score(first)).isZero();
        for (int i = 0; i < 20; i++) {
            assertThat(score(queued.get(i))).isEqualTo(i + 1.0);
            assertThat(decided(queued.get(i).get()).loanId()).isEqualTo("L" + (double) i);
        }
        assertThat(workshop.last().calls()).containsExactly(1, 20);
        assertThat(List.of(serving.calls(), serving.calledTogether(), serving.askedAgain()))
                .containsExactly(1L, 20L, 0L);
        until("the lane is gone", () -> serving.pool().busy() == 0);
        assertThat(serving.inFlight()).isZero();
    }

    @Test
    void aPoisonedRowARefusedOneAndABadOneFailAlone() throws Exception {
        Route route = route("shop", workshop.slow("shop_press_v1.0"));
        CountDownLatch gate = workshop.last().hold();
        CompletableFuture<Served> first = busy(route, workshop.last());
        CompletableFuture<Served> good = ask(route, 1);
        CompletableFuture<Served> poisoned = ask(route, Press.POISON);
        CompletableFuture<Served> refused = ask(route, Press.REFUSED);
        CompletableFuture<Served> outside = ask(route, 1e7);
        CompletableFuture<Served> alsoGood = ask(route, 2);
        gate.countDown();
        assertThat(score(first)).isZero();
        assertThat(score(good)).isEqualTo(2);
        assertThat(score(alsoGood)).isEqualTo(3);
        assertThat(poisoned.get(20, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Served.Unanswered.class,
                        failed -> assertThat(failed.reason()).contains("poisoned"));
        assertThat(refused.get(20, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Served.Rejected.class, no -> assertThat(no.reason()).contains("refused by the model"));
        assertThat(outside.get(20, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Served.Rejected.class, no -> assertThat(no.reason()).contains("1000000"));
        assertThat(workshop.last().calls())
                .as("one call of four, then each alone")
                .containsExactly(1, 4, 1, 1, 1, 1);
        assertThat(serving.askedAgain()).isEqualTo(4);
    }

    @Test
    void onlyRowsOfOneVersionAreMergedAndCallsAreBounded() throws Exception {
        serving.close();
        serving = serve(new LaneLimits(1, 100, 8));
        Route one = route("shop", workshop.slow("shop_press_v1.0"));
        Press press = workshop.last();
        Route other = route("store", workshop.slow("store_press_v1.0"));
        Press elsewhere = workshop.last();
        CountDownLatch gate = press.hold();
        CompletableFuture<Served> first = busy(one, press);
        List<CompletableFuture<Served>> queued = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            queued.add(ask(one, i));
        }
        for (int i = 0; i < 5; i++) {
            assertThat(score(ask(other, i)))
                    .as("the other version is not held up")
                    .isEqualTo(i + 1.0);
        }
        assertThat(elsewhere.calls()).containsExactly(1, 1, 1, 1, 1);
        gate.countDown();
        for (int i = 0; i < 20; i++) {
            assertThat(score(queued.get(i))).isEqualTo(i + 1.0);
        }
        assertThat(score(first)).isZero();
        assertThat(press.calls()).containsExactly(1, 8, 8, 4);
    }

    @Test
    void aVersionThatFillsItsQueueIsRefusedWithAReasonAndTheOthersAnswer() throws Exception {
        serving.close();
        serving = serve(new LaneLimits(2, 10, 4));
        Route slow = route("shop", workshop.slow("shop_press_v1.0"));
        Press press = workshop.last();
        Route other = route("store", workshop.slow("store_press_v1.0"));
        CountDownLatch gate = press.hold();
        List<CompletableFuture<Served>> asked = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            asked.add(ask(slow, i));
            assertThat(score(ask(other, i))).isEqualTo(i + 1.0);
        }
        List<Served.Busy> busy = asked.stream()
                .filter(CompletableFuture::isDone)
                .map(CompletableFuture::join)
                .filter(Served.Busy.class::isInstance)
                .map(Served.Busy.class::cast)
                .toList();
        assertThat(busy).hasSizeBetween(40 - 10 - 2 * 4, 40 - 10 - 2);
        assertThat(busy.getFirst().reason()).contains("shop_press_v1.0").contains("10");
        assertThat(busy.getFirst().retryAfterSeconds()).isPositive();
        assertThat(serving.refused()).isEqualTo(busy.size());
        gate.countDown();
        for (CompletableFuture<Served> each : asked) {
            assertThat(each.get(20, TimeUnit.SECONDS)).isInstanceOfAny(Served.Decided.class, Served.Busy.class);
        }
        assertThat(score(ask(slow, 5)))
                .as("when the queue is worked off it is taken again")
                .isEqualTo(6);
    }

    @Test
    void whoWaitedTooLongIsAnsweredInTimeAndLeavesTheQueue() throws Exception {
        LoadedVersion version = workshop.slow("shop_press_v1.0");
        Route route = route("shop", version);
        CountDownLatch gate = workshop.last().hold();
        CompletableFuture<Served> first = busy(route, workshop.last());
        limitNanos = Duration.ofMillis(20).toNanos();
        List<CompletableFuture<Served>> late = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            late.add(ask(route, i));
        }
        for (CompletableFuture<Served> each : late) {
            assertThat(each.get(20, TimeUnit.SECONDS)).isInstanceOf(Served.Unanswered.class);
        }
        until("the queue is empty again", () -> serving.pool().waiting() == 0);
        limitNanos = Duration.ofSeconds(20).toNanos();
        CompletableFuture<Served> next = ask(route, 7);
        gate.countDown();
        assertThat(score(first)).isZero();
        assertThat(score(next)).isEqualTo(8);
        assertThat(workshop.last().calls()).as("nobody computes for them").containsExactly(1, 1);
    }

    @Test
    void nobodyIsMadeLateByWhomHeIsMergedWith() throws Exception {
        LoadedVersion version = workshop.slow("shop_press_v1.0");
        version.body().warmed(Duration.ofSeconds(6).toNanos());
        Route route = route("shop", version);
        CountDownLatch gate = workshop.last().hold();
        CompletableFuture<Served> first = busy(route, workshop.last());
        List<CompletableFuture<Served>> queued = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            queued.add(ask(route, i));
        }
        gate.countDown();
        assertThat(score(first)).isZero();
        for (CompletableFuture<Served> each : queued) {
            decided(each.get(20, TimeUnit.SECONDS));
        }
        assertThat(workshop.last().calls())
                .as("at 6 s a row, three rows would be over before 20 s and four would not")
                .containsExactly(1, 3, 2);
    }

    @Test
    void theRowsOfOneRequestAreComputedInCallsOfTheBatchAndAnsweredInOrder() throws Exception {
        Route route = route("shop", workshop.slow("shop_press_v1.0"));
        List<Question> questions = new ArrayList<>();
        long arrived = arrival();
        for (int i = 0; i < 150; i++) {
            questions.add(question(route, i == 40 ? Press.POISON : i, arrived));
        }
        CompletableFuture<List<Served>> all = new CompletableFuture<>();
        serving.decideAll(questions, all::complete);
        List<Served> served = all.get(20, TimeUnit.SECONDS);
        for (int i = 0; i < 150; i++) {
            if (i == 40) {
                assertThat(served.get(i)).isInstanceOf(Served.Unanswered.class);
            } else {
                assertThat(decided(served.get(i)).answer().score()).isEqualTo(i + 1.0);
            }
        }
        assertThat(workshop.last().calls()).startsWith(64).contains(22, 1).hasSize(1 + 64 + 2);
        CompletableFuture<List<Served>> tooMany = new CompletableFuture<>();
        CountDownLatch gate = workshop.last().hold();
        CompletableFuture<Served> first = busy(route, workshop.last());
        CompletableFuture<Served> waits = ask(route, 1);
        serving.decideAll(questions, tooMany::complete);
        assertThat(tooMany.get(20, TimeUnit.SECONDS)).as("all or none").hasOnlyElementsOfType(Served.Busy.class);
        gate.countDown();
        assertThat(score(first) + score(waits)).isEqualTo(2);
    }

    @Test
    void aVersionWithAFaultIsNeverMerged() throws Exception {
        Route route = route("shop", workshop.slow("shop_press_v1.0"));
        CountDownLatch gate = workshop.last().hold();
        CompletableFuture<Served> first = busy(route, workshop.last());
        faults.set("shop_press_v1.0", new Fault(1, 0, -1));
        CompletableFuture<Served> one = ask(route, 1);
        CompletableFuture<Served> two = ask(route, 2);
        gate.countDown();
        assertThat(score(first) + score(one) + score(two)).isEqualTo(5);
        assertThat(workshop.last().calls()).containsExactly(1, 1, 1);
    }

    @Test
    void aReplacedRouteKeepsItsModelUntilTheLastCallOnItHasEnded() throws Exception {
        RouteTable table = RouteTable.create();
        LoadedVersion version = workshop.slow("shop_press_v1.0");
        Route old = route("shop", version);
        table.swap(old);
        version.close();
        Press press = workshop.last();
        CountDownLatch gate = press.hold();
        CompletableFuture<Served> under = busy(old, press);
        CompletableFuture<Served> waits = ask(old, 3);
        LoadedVersion next = workshop.slow("shop_press_v1.1");
        assertThat(table.swap(Route.of("shop", 2, next, null, null, null, List.of())))
                .isTrue();
        assertThat(press.closes()).isZero();
        assertThat(old.hold()).as("those who have it may go on").isTrue();
        old.release();
        gate.countDown();
        assertThat(score(under)).isZero();
        assertThat(score(waits)).isEqualTo(4);
        until("the model is closed", () -> press.closes() == 1);
        assertThat(press.misuses()).isZero();
        assertThat(old.hold()).isFalse();
        assertThat(ask(old, 1).get(20, TimeUnit.SECONDS)).isInstanceOf(Served.Busy.class);

        assertThat(table.swap(Route.of("shop", 2, next, null, null, null, List.of())))
                .isFalse();
        next.close();
        assertThat(workshop.artifacts().census().uses())
                .as("a route that came too late keeps nothing")
                .isEqualTo(1);
        table.clear();
        assertThat(workshop.artifacts().census()).isEqualTo(new Artifacts.Census(0, 0, 0, 2, 2, 0));
    }

    @Test
    void aShadowKeepsItsModelUntilItWasAsked() throws Exception {
        LoadedVersion live = workshop.slow("shop_press_v1.0");
        LoadedVersion shadow = workshop.slow("shop_press_v2.0");
        Press press = workshop.last();
        Route route = Route.of(
                "shop",
                1,
                live,
                null,
                new Candidate("r", shadow, Mode.SHADOW, Audience.EVERYONE, Bucketing.murmur3("s")),
                null,
                List.of());
        live.close();
        shadow.close();
        CountDownLatch gate = press.hold();
        assertThat(score(ask(route, 1))).isEqualTo(2);
        route.retire();
        until("the shadow is at the gate", () -> press.under() == 1);
        assertThat(press.closes()).isZero();
        gate.countDown();
        assertThat(serving.shadows().await(Duration.ofSeconds(20))).isTrue();
        until("it is closed", () -> press.closes() == 1);
        assertThat(press.misuses()).isZero();
        assertThat(workshop.artifacts().census().uses()).isZero();
    }

    @Test
    void limitsOutsideTheirRangeAreRefused() {
        assertThatThrownBy(() -> new LaneLimits(0, 1, 1))
                .hasMessageContaining("threads")
                .hasMessageContaining("1..256: 0");
        assertThatThrownBy(() -> new LaneLimits(1, 0, 1)).hasMessageContaining("queue");
        assertThatThrownBy(() -> new LaneLimits(1, 1, 65_537)).hasMessageContaining("batch");
        assertThat(Lane.retryAfter(100, 0, 1)).isEqualTo(1);
        assertThat(Lane.retryAfter(8192, 5_000_000, 4)).isEqualTo(11);
        assertThat(VersionName.parse("shop_press_v1.0").exact()).isTrue();
    }
}
