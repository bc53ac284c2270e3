package dev.tranche.server.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.server.journal.Answer;
import dev.tranche.server.journal.DecisionRecord;
import dev.tranche.server.journal.Placement;
import dev.tranche.server.journal.RawRow;
import dev.tranche.server.journal.VersionStamp;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// Explanations are bounded: in number, in those that wait, in time.
class ExplanationsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Workshop workshop = Workshop.open();
    private final Route route = Route.of("shop", 1, workshop.slow("shop_press_v1.0"), null, null, null, List.of());

    private static Explanations bounded(Artifacts artifacts, int room, Duration limit) {
        return Explanations.of(artifacts, 1, room, limit);
    }

    private Question question(double x) {
        RawRow row = RawRow.of(route.layout());
        row.number(0, x);
        return new Question(route, row, "u", null, "", null, false, System.nanoTime(), 0);
    }

    private CompletableFuture<Explained> asked(Explanations explanations, double x) {
        return CompletableFuture.supplyAsync(() -> explanations.explain(question(x)), Thread::startVirtualThread);
    }

    private static double part(CompletableFuture<Explained> explained) throws Exception {
        if (explained.get(20, TimeUnit.SECONDS) instanceof Explained.Why why) {
            return why.contributions().parts().getFirst().value();
        }
        throw new AssertionError("not explained: " + explained.get());
    }

    private static void until(String what, BooleanSupplier wished) {
        long due = System.nanoTime() + LONG.toNanos();
        while (!wished.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(due);
            Thread.onSpinWait();
        }
    }

    @Test
    void whoFindsTheRoomFullIsTurnedAwayAtOnceAndTheOthersAreAnswered() throws Exception {
        Explanations explanations = bounded(workshop.artifacts(), 1, LONG);
        CountDownLatch gate = workshop.last().holdReasons();
        CompletableFuture<Explained> first = asked(explanations, 3);
        until("the first is being computed", () -> workshop.last().explaining() == 1);
        CompletableFuture<Explained> second = asked(explanations, 4);
        until("the second waits", () -> explanations.waiting() == 1);
        assertThat(explanations.explain(question(5))).isEqualTo(new Explained.Busy("1 explanations wait already"));
        gate.countDown();
        assertThat(part(first)).isEqualTo(3);
        assertThat(part(second)).isEqualTo(4);
    }

    @Test
    void anExplanationThatTakesTooLongIsGivenUp() {
        Explanations explanations = bounded(workshop.artifacts(), 1, Duration.ofMillis(20));
        CountDownLatch gate = workshop.last().holdReasons();
        assertThat(explanations.explain(question(3)))
                .isEqualTo(new Explained.Busy("the explanation was not ready within 20 ms"));
        gate.countDown();
        assertThat(bounded(workshop.artifacts(), 1, LONG).explain(question(3))).isInstanceOf(Explained.Why.class);
    }

    @Test
    void aRowThatTheModelOrTheSchemaRefusesIsRefusedByName() {
        Explanations explanations = bounded(workshop.artifacts(), 1, LONG);
        assertThat(explanations.explain(question(Press.REFUSED)))
                .isEqualTo(new Explained.Rejected("x", "is refused by the model"));
        assertThat(explanations.explain(question(1e9)))
                .isInstanceOfSatisfying(
                        Explained.Rejected.class,
                        rejected -> assertThat(rejected.reason()).contains("1.0E9"));
    }

    @Test
    void aDecisionWhoseFolderIsGoneIsToldSo() {
        VersionStamp stamp = new VersionStamp("shop_press_v1.0", "ab".repeat(32));
        Answer answer = Answer.none(Answer.Cause.NONE, "");
        DecisionRecord decision = new DecisionRecord(
                1,
                0,
                0,
                "shop",
                "u",
                null,
                question(1).row(),
                stamp,
                null,
                new Placement(1, -1, Placement.Role.LIVE, null, null),
                answer);
        assertThat(Explanations.of(Artifacts.create(), 1).explain(decision))
                .isEqualTo(new Explained.Gone("shop_press_v1.0 " + "ab".repeat(32)));
    }

    @Test
    void atLeastOneIsComputed() {
        assertThatThrownBy(() -> Explanations.of(Artifacts.create(), 0)).hasMessageContaining("at least 1: 0");
    }
}
