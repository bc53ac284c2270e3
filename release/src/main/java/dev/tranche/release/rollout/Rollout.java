package dev.tranche.release.rollout;

import dev.tranche.release.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// A release intent under way, as a fold over its events: the same events give the same state, anywhere and
/// years later. All methods are pure; a state is an immutable value.
///
///     Checking --> Running (stage 1, 2, ...) --> Baking --> Completed
///        |            |  ^                        |  ^
///        v            v  |                        v  |
///     Aborted       Paused                      Paused       any of them --> RolledBack or Aborted
///
/// A completed rollout of a strategy stays on watch: its guards may still take it back.
///
/// [#decide] says which events to record next; [#on] folds a recorded one. An event that does not fit the
/// state (out of order, repeated) changes nothing, so a replay cannot fail.
public sealed interface Rollout {
    Charter charter();

    /// The first state.
    static Rollout start(RolloutEvent.Started started, Instant now) {
        Charter charter =
                new Charter(started.id(), started.plan(), started.live(), started.actor(), started.reason(), now);
        return new Checking(charter, List.of(), Collections.emptySortedSet());
    }

    /// The state after all these events, of which the first is [RolloutEvent.Started].
    static Rollout replay(List<Recorded> journal) {
        if (journal.isEmpty() || !(journal.getFirst().event() instanceof RolloutEvent.Started started)) {
            throw new IllegalArgumentException("a rollout's journal begins with Started: " + journal);
        }
        Rollout state = start(started, journal.getFirst().at());
        for (Recorded each : journal.subList(1, journal.size())) {
            state = state.on(each.event(), each.at());
        }
        return state;
    }

    /// The state after this event.
    default Rollout on(RolloutEvent event, Instant now) {
        return Fold.apply(this, event, now);
    }

    /// What to record next, in order; nothing when nothing changes. To be asked every second.
    default List<RolloutEvent> decide(Observation observation, Instant now) {
        return Decide.next(this, observation, now);
    }

    /// How every gate and guard stands right now, for people to see; decides nothing.
    default Assessment assess(Observation observation, Instant now) {
        return Assessment.of(this, observation, now);
    }

    /// What a person's order leads to: events to record, or a refusal with a reason.
    default Answer order(Order order, Instant now) {
        return Answer.to(this, order, now);
    }

    /// Who answers whom in this state.
    default Routing routing() {
        Plan plan = charter().plan();
        return switch (this) {
            case Checking _, RolledBack _, Aborted _ -> Routing.only(charter().live());
            case Running running -> {
                Stage stage = running.current();
                yield new Routing(
                        charter().live(),
                        Optional.of(
                                new Routing.Trial(plan.candidate(), stage.mode(), stage.audience(), plan.bucketing())));
            }
            case Baking _ -> Routing.only(Optional.of(plan.candidate()));
            case Paused paused -> paused.was().routing();
            case Completed completed ->
                Routing.only(
                        completed.promoted()
                                ? Optional.of(plan.candidate())
                                : charter().live());
        };
    }

    /// Whether it is over.
    default boolean ended() {
        return switch (this) {
            case Checking _, Running _, Baking _, Paused _ -> false;
            case Completed _, RolledBack _, Aborted _ -> true;
        };
    }

    /// Whether it is over and its candidate can still be taken back for the version before it; where an
    /// engine elsewhere works with it, also for nothing at all. Whoever orders that must know that no
    /// later rollout has moved the live version; a rollout knows only of itself.
    default boolean revertible() {
        return this instanceof Completed(Charter charter, boolean promoted, var _, var _)
                && promoted
                && (charter.live().isPresent() || charter.plan().kind().servedElsewhere());
    }

    /// Whether it is over and its guards still watch: a promoted strategy with a version before it to go back
    /// to. Whoever asks it to decide must know that its candidate is what is live; a rollout knows only of
    /// itself.
    default boolean onWatch() {
        return this instanceof Completed(Charter charter, boolean promoted, var _, var _)
                && promoted
                && charter.live().isPresent()
                && charter.plan().kind().watchedWhileLive();
    }

    /// The state's name: `checking`, `running`, `paused`, `baking`, `completed`, `rolled-back`, `aborted`.
    default String word() {
        return switch (this) {
            case Checking _ -> "checking";
            case Running _ -> "running";
            case Paused _ -> "paused";
            case Baking _ -> "baking";
            case Completed _ -> "completed";
            case RolledBack _ -> "rolled-back";
            case Aborted _ -> "aborted";
        };
    }

    /// An event and when it was recorded.
    record Recorded(RolloutEvent event, Instant at) {}

    /// States in which the candidate is in use, so that guards must be watched.
    sealed interface Active extends Rollout {
        Watch watch();

        /// When the stage or bake was entered.
        Instant enteredAt();

        /// Time spent paused since then.
        Duration frozen();

        Active with(Watch watch);

        Active thawed(Duration frozen, Instant now);

        /// Time in the stage or bake, pauses left out; never negative.
        default Duration elapsed(Instant now) {
            Duration gross = Duration.between(enteredAt(), now).minus(frozen());
            return gross.isNegative() ? Duration.ZERO : gross;
        }
    }

    /// Before the first stage: the checklist is executed, and people are asked where the plan wants it.
    ///
    /// @param checks the passed checklist; empty until it has passed
    record Checking(Charter charter, List<Check> checks, SortedSet<String> approvers) implements Rollout {
        public Checking {
            checks = List.copyOf(checks);
            approvers = Collections.unmodifiableSortedSet(new TreeSet<>(approvers));
        }
    }

    /// In a stage.
    ///
    /// @param stage index from 0
    /// @param patienceFrom when waiting counts from at the earliest: the stage's begin, or the last resume
    /// @param approvers who has agreed in this stage
    /// @param promoted whether the stage is done and only the next step is not yet recorded
    record Running(
            Charter charter,
            int stage,
            Instant enteredAt,
            Duration frozen,
            Instant patienceFrom,
            SortedSet<String> approvers,
            boolean promoted,
            Watch watch)
            implements Active {
        public Running {
            approvers = Collections.unmodifiableSortedSet(new TreeSet<>(approvers));
        }

        static Running entered(Charter charter, int stage, Watch watch, Instant now) {
            return new Running(
                    charter, stage, now, Duration.ZERO, now, Collections.emptySortedSet(), false, watch.nextStage());
        }

        /// The stage it is in.
        public Stage current() {
            return charter.plan().stage(stage);
        }

        @Override
        public Running with(Watch changed) {
            return new Running(charter, stage, enteredAt, frozen, patienceFrom, approvers, promoted, changed);
        }

        @Override
        public Running thawed(Duration more, Instant now) {
            return new Running(
                    charter, stage, enteredAt, frozen.plus(more), now, approvers, promoted, watch.gatesInterrupted());
        }

        Running approved(String actor) {
            SortedSet<String> more = new TreeSet<>(approvers);
            more.add(actor);
            return new Running(charter, stage, enteredAt, frozen, patienceFrom, more, promoted, watch);
        }

        Running leaving() {
            return new Running(charter, stage, enteredAt, frozen, patienceFrom, approvers, true, watch);
        }
    }

    /// The candidate answers everybody and is still watched; going back is one swap.
    record Baking(Charter charter, Instant enteredAt, Duration frozen, Watch watch) implements Active {
        @Override
        public Baking with(Watch changed) {
            return new Baking(charter, enteredAt, frozen, changed);
        }

        @Override
        public Baking thawed(Duration more, Instant now) {
            return new Baking(charter, enteredAt, frozen.plus(more), watch);
        }
    }

    /// The dwell stands still; traffic stays as it is, and guards are watched on.
    record Paused(Active was, Instant since, String actor, String reason) implements Rollout {
        @Override
        public Charter charter() {
            return was.charter();
        }
    }

    /// Over. `promoted` is false for a shadow rollout, which leaves the live version where it is.
    ///
    /// @param watch what its guards have measured since; empty where nothing stays on watch
    record Completed(Charter charter, boolean promoted, Instant at, Watch watch) implements Rollout {
        /// The bake that has no end, which is what being on watch comes to.
        Baking standing() {
            return new Baking(charter, at, Duration.ZERO, watch);
        }
    }

    /// Over: the candidate takes no traffic, for good.
    record RolledBack(Charter charter, String actor, String reason, Instant at) implements Rollout {}

    /// Given up.
    record Aborted(Charter charter, String actor, String reason, Instant at) implements Rollout {}
}
