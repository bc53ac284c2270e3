package dev.tranche.server.rollouts;

import dev.tranche.release.Audience;
import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import dev.tranche.release.rollout.Answer;
import dev.tranche.release.rollout.Order;
import dev.tranche.release.rollout.Plan;
import dev.tranche.release.rollout.RolloutEvent;
import dev.tranche.release.rollout.Stage;
import dev.tranche.release.rollout.Strategy;
import dev.tranche.runtime.store.NewEvent;
import dev.tranche.server.artifact.CalibrationChecks;
import dev.tranche.server.artifact.CalibrationFile;
import dev.tranche.server.artifact.Refused;
import dev.tranche.server.artifact.Registration;
import dev.tranche.server.artifact.StrategyChecks;
import dev.tranche.server.artifact.StrategyFile;
import dev.tranche.server.artifact.VersionRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What people may tell the rollouts. Each order is checked against the state and recorded; what follows from
/// it is the conductor's. Two orders at once are put in order by the journal, and the fold ignores what no
/// longer fits.
public final class Moves {
    /// The kinds that share the one candidate of a route.
    private static final Set<VersionKind> ON_THE_ROUTE = EnumSet.of(VersionKind.MODEL, VersionKind.POLICY);

    private final ControlLog log;
    private final Registration registration;
    private final InstantSource clock;
    private final Runnable wake;

    Moves(ControlLog log, Registration registration, InstantSource clock, Runnable wake) {
        this.log = log;
        this.registration = registration;
        this.clock = clock;
        this.wake = wake;
    }

    /// Starts the rollout of a file.
    ///
    /// @param reason why, when the file does not say
    /// @throws Refused when the file, the candidate or the moment does not allow it
    public RolloutRecord start(byte[] file, String actor, String reason) {
        ControlState state = log.state();
        RolloutFile.Wish wish =
                RolloutFile.read(file, name -> resolve(state, name), name -> ControlPlane.kind(state, name));
        Plan plan = wish.plan();
        releasable(state, plan);
        free(state, plan);
        Optional<VersionName> live = state.live(plan.product(), plan.kind());
        strategy(plan, live);
        String id = plan.product() + "-" + (state.rollouts().size() + 1);
        String why = wish.reason().isEmpty() ? reason : wish.reason();
        RolloutEvent.Started started = new RolloutEvent.Started(id, plan, live, actor, why);
        ControlState after = append(id, List.of(started), actor, clock.instant());
        RolloutRecord recorded = rollout(after, id);
        if (!recorded.state().charter().plan().equals(plan)
                || !recorded.state().charter().startedBy().equals(actor)) {
            throw Refused.of(
                    Refused.Kind.CONFLICT, "rollout_running", "another rollout was started at the same moment");
        }
        wake.run();
        return recorded;
    }

    /// Tells a rollout to go on, wait, come back, and so on.
    ///
    /// @throws Refused `unknown_rollout`, or the code of the refusal
    public RolloutRecord order(String id, Order order) {
        ControlState state = log.state();
        Instant now = clock.instant();
        RolloutRecord rollout = rollout(state, id);
        if (order instanceof Order.RollBack && rollout.state().revertible()) {
            unmoved(state, rollout.state().charter().plan());
        }
        return switch (rollout.state().order(order, now)) {
            case Answer.Refused(String code, String reason) ->
                throw Refused.of(code.equals("own-rollout") ? Refused.Kind.RULE : Refused.Kind.CONFLICT, code, reason);
            case Answer.Accepted(List<RolloutEvent> events) -> {
                ControlState after = append(id, events, order.actor(), now);
                wake.run();
                yield rollout(after, id);
            }
        };
    }

    /// A completed rollout is taken back only while its candidate is what is live and nothing else is under
    /// way.
    private static void unmoved(ControlState state, Plan plan) {
        free(state, plan);
        Optional<VersionName> live = state.live(plan.product(), plan.kind());
        if (!live.equals(Optional.of(plan.candidate()))) {
            throw Refused.of(
                    Refused.Kind.CONFLICT,
                    "live_moved",
                    "the live version has moved on since; roll back the rollout that moved it",
                    live.map(VersionName::toString).orElse("nothing is live"),
                    plan.candidate().toString());
        }
    }

    private ControlState append(String id, List<RolloutEvent> events, String actor, Instant now) {
        List<NewEvent> rows = new ArrayList<>();
        for (RolloutEvent event : events) {
            rows.add(ChangeText.write(new Change.RolloutMoved(id, event), now, actor));
        }
        return log.append(rows);
    }

    static RolloutRecord rollout(ControlState state, String id) {
        RolloutRecord rollout = state.rollouts().get(id);
        if (rollout == null) {
            throw Refused.of(
                    Refused.Kind.UNKNOWN,
                    "unknown_rollout",
                    "no rollout has this id",
                    id,
                    state.rollouts().isEmpty()
                            ? "none yet"
                            : String.join(", ", state.rollouts().keySet()));
        }
        return rollout;
    }

    static VersionName resolve(ControlState state, VersionName name) {
        return state.resolve(name)
                .map(version -> version.name())
                .orElseThrow(() -> Refused.of(
                        Refused.Kind.UNKNOWN,
                        "unknown_version",
                        "no version is registered under this name",
                        name.toString(),
                        "a registered version"));
    }

    private void releasable(ControlState state, Plan plan) {
        if (state.live(plan.product(), plan.kind())
                .filter(plan.candidate()::equals)
                .isPresent()) {
            throw Refused.of(Refused.Kind.CONFLICT, "live_already", plan.candidate() + " is live already");
        }
        calibrated(state, plan);
        quoted(state, plan);
        if (state.registry().release(plan.candidate())
                instanceof dev.tranche.release.registry.Answer.Refused(String code, String reason)) {
            throw Refused.of(Refused.Kind.RULE, code, reason);
        }
        if (!plan.candidate().product().equals(plan.product())) {
            throw Refused.of(
                    Refused.Kind.RULE,
                    "other_product",
                    "the candidate is a version of another product",
                    plan.candidate().product(),
                    plan.product());
        }
    }

    private void calibrated(ControlState state, Plan plan) {
        VersionRecord version = state.versions().get(plan.candidate());
        if (plan.kind() == VersionKind.CALIBRATION && version != null) {
            byte[] text = registration.files(version).getOrDefault(CalibrationFile.FILE, new byte[0]);
            CalibrationChecks.releasable(
                    plan.candidate().toString(), CalibrationFile.read(text), entities(plan), clock.instant());
        }
    }

    private void quoted(ControlState state, Plan plan) {
        VersionRecord version = state.versions().get(plan.candidate());
        if (plan.kind() == VersionKind.STRATEGY && version != null) {
            byte[] text = registration.files(version).getOrDefault(StrategyFile.FILE, new byte[0]);
            StrategyChecks.releasable(plan.candidate().toString(), StrategyFile.read(text), plan.stages());
        }
    }

    /// The entities that stages of a plan name.
    static Set<String> entities(Plan plan) {
        Set<String> named = new TreeSet<>();
        for (Stage stage : plan.stages()) {
            switch (stage.audience()) {
                case Audience.Units _ -> {}
                case Audience.Entities(List<String> names) -> named.addAll(names);
            }
        }
        return named;
    }

    /// One rollout at a time in a slot, and on a route one candidate at a time.
    private static void free(ControlState state, Plan plan) {
        state.active().stream()
                .filter(other -> other.product().equals(plan.product()))
                .filter(other -> other.kind() == plan.kind()
                        || (ON_THE_ROUTE.contains(other.kind()) && ON_THE_ROUTE.contains(plan.kind())))
                .findFirst()
                .ifPresent(other -> {
                    throw Refused.of(
                            Refused.Kind.CONFLICT,
                            "rollout_running",
                            other.id() + " is under way on " + plan.product() + ": end it first",
                            plan.candidate().toString(),
                            "one rollout at a time");
                });
    }

    private static void strategy(Plan plan, Optional<VersionName> live) {
        if (plan.strategy() == Strategy.FIRST && live.isPresent()) {
            throw Refused.of(
                    Refused.Kind.RULE,
                    "not_first",
                    live.get() + " is live, so this is no first release",
                    plan.strategy().toString(),
                    "canary, blue-green, shadow");
        }
        if (plan.strategy() != Strategy.FIRST && live.isEmpty()) {
            throw Refused.of(
                    Refused.Kind.RULE,
                    "nothing_live",
                    "no " + plan.kind() + " of " + plan.product() + " is live yet",
                    plan.strategy().toString(),
                    Strategy.FIRST.toString());
        }
    }
}
