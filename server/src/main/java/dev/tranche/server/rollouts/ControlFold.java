package dev.tranche.server.rollouts;

import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import dev.tranche.release.experiment.Experiment;
import dev.tranche.release.rollout.Charter;
import dev.tranche.release.rollout.Plan;
import dev.tranche.release.rollout.Rollout;
import dev.tranche.release.rollout.RolloutEvent;
import dev.tranche.release.rollout.Routing;
import dev.tranche.runtime.store.ControlEvent;
import dev.tranche.server.artifact.VersionRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One step of the fold: the state before, and the event.
///
/// @param before the state before, still at its own sequence number
/// @param event the next event
record ControlFold(ControlState before, ControlEvent event) {
    ControlState apply(Change change) {
        ControlState now = before.at(event.seq(), event.hash());
        return switch (change) {
            case Change.VersionRegistered(VersionRecord version) -> registered(now, version);
            case Change.VersionDeleted(VersionName version, String _) -> deleted(now, version);
            case Change.RolloutMoved(String id, RolloutEvent moved) -> moved(now, id, moved);
            case Change.RollbackMeasured measured -> measured(now, measured);
            case Change.ExperimentStarted(Experiment plan) -> started(now, plan);
            case Change.ExperimentStopped(String id, String reason) -> stopped(now, id, reason);
            case Change.TokenIssued(TokenRecord token) -> now.withTokens(with(now.tokens(), token.name(), token));
            case Change.TokenRevoked(String name) -> now.withTokens(without(now.tokens(), name));
            case Change.ConfigurationKept(ConfigurationRecord kept) -> kept(now, kept);
            case Change.RouteRestored restored -> restored(now, restored);
            case Change.Signalled(String product, String name, String state) ->
                now.withSignals(with(
                        now.signals(),
                        product + "/" + name,
                        signal(now.signals().get(product + "/" + name), product, name, state)));
        };
    }

    /// The same state reported again stands since it was reported first.
    private Signal signal(@Nullable Signal before, String product, String name, String state) {
        return before != null && before.state().equals(state)
                ? before
                : new Signal(product, name, state, event.at(), event.actor());
    }

    /// A name belongs to the first bytes registered under it; the same bytes again bring a deleted version
    /// back.
    private static ControlState registered(ControlState now, VersionRecord version) {
        VersionRecord known = now.versions().get(version.name());
        if (known == null) {
            return now.withVersions(with(now.versions(), version.name(), version));
        }
        if (!known.digest().equals(version.digest())) {
            return now;
        }
        SortedSet<VersionName> left = new TreeSet<>(now.deleted());
        left.remove(version.name());
        return now.withDeleted(Collections.unmodifiableSortedSet(left));
    }

    private static ControlState deleted(ControlState now, VersionName version) {
        if (!now.versions().containsKey(version)) {
            return now;
        }
        SortedSet<VersionName> more = new TreeSet<>(now.deleted());
        more.add(version);
        return now.withDeleted(Collections.unmodifiableSortedSet(more));
    }

    private ControlState moved(ControlState now, String id, RolloutEvent moved) {
        RolloutRecord known = now.rollouts().get(id);
        RolloutRecord next;
        if (known == null) {
            if (!(moved instanceof RolloutEvent.Started started)) {
                return now;
            }
            next = RolloutRecord.started(started, event.at(), event.seq());
        } else if (known.state().ended() && !after(now, known, moved)) {
            return now;
        } else {
            next = known.on(moved, event.at(), event.seq());
        }
        Optional<History.Line> line = History.line(moved);
        return routed(
                now.withRollouts(with(now.rollouts(), id, next)),
                next.product(),
                line.map(History.Line::actor).orElse(event.actor()),
                line.map(told -> why(next, told)).orElse(""),
                route -> route(route, next.state()));
    }

    /// Why a route moved: what happened, in which rollout, and who wanted that rollout for what reason.
    private static String why(RolloutRecord rollout, History.Line told) {
        Charter charter = rollout.state().charter();
        return told.event() + ": " + told.reason() + " (" + rollout.id() + " by " + charter.startedBy() + ": "
                + charter.reason() + ")";
    }

    /// What may still happen to a rollout that is over: it is taken back, or its guards watch on.
    private static boolean after(ControlState now, RolloutRecord rollout, RolloutEvent moved) {
        return moved instanceof RolloutEvent.RolledBack
                ? revertible(now, rollout, moved)
                : rollout.state().onWatch();
    }

    /// A completed promotion may be taken back as long as nothing has moved the slot since.
    private static boolean revertible(ControlState now, RolloutRecord rollout, RolloutEvent moved) {
        Plan plan = rollout.state().charter().plan();
        return moved instanceof RolloutEvent.RolledBack
                && rollout.state().revertible()
                && now.live(plan.product(), plan.kind()).equals(Optional.of(plan.candidate()));
    }

    private ControlState measured(ControlState now, Change.RollbackMeasured measured) {
        RolloutRecord known = now.rollouts().get(measured.rollout());
        if (known == null) {
            return now;
        }
        History.Line line = History.measured(measured);
        RolloutRecord.Entry entry = new RolloutRecord.Entry(event.at(), line.event(), line.actor(), line.reason());
        return now.withRollouts(with(now.rollouts(), known.id(), known.told(entry, event.seq())));
    }

    private static RouteSpec route(RouteSpec route, Rollout rollout) {
        VersionKind kind = rollout.charter().plan().kind();
        Routing routing = rollout.routing();
        Map<VersionKind, RouteSpec.Moving> moving = new TreeMap<>(route.moving());
        moving.remove(kind);
        routing.trial()
                .ifPresent(trial -> moving.put(
                        kind,
                        new RouteSpec.Moving(
                                rollout.charter().id(),
                                trial.version(),
                                trial.mode(),
                                trial.audience(),
                                trial.bucketing())));
        return route.withMoving(moving).withLive(kind, routing.live());
    }

    private static ControlState kept(ControlState now, ConfigurationRecord kept) {
        List<ConfigurationRecord> all = new ArrayList<>(now.configurations());
        all.add(kept);
        return now.withConfigurations(List.copyOf(all));
    }

    /// The slots of the kinds that engines work with, as they were; a version never registered here is
    /// left out.
    private ControlState restored(ControlState now, Change.RouteRestored restored) {
        return routed(
                now,
                restored.product(),
                event.actor(),
                "restored to " + restored.to() + ": " + restored.reason(),
                route -> {
                    RouteSpec next = route;
                    for (VersionKind kind : VersionKind.values()) {
                        if (kind.servedElsewhere()) {
                            next = next.withLive(
                                    kind,
                                    Optional.ofNullable(restored.live().get(kind))
                                            .filter(name -> now.versions().containsKey(name)));
                        }
                    }
                    return next;
                });
    }

    private ControlState started(ControlState now, Experiment plan) {
        if (now.experiments().containsKey(plan.id())) {
            return now;
        }
        ExperimentRecord started = new ExperimentRecord(plan, event.at(), event.actor(), Optional.empty());
        return routed(
                now.withExperiments(with(now.experiments(), plan.id(), started)),
                plan.product(),
                event.actor(),
                "experiment " + plan.id() + " started",
                route -> route.withExperiment(Optional.of(plan.id())));
    }

    private ControlState stopped(ControlState now, String id, String reason) {
        ExperimentRecord known = now.experiments().get(id);
        if (known == null || !known.running()) {
            return now;
        }
        ExperimentRecord.Stopped stop = new ExperimentRecord.Stopped(event.at(), event.actor(), reason);
        ExperimentRecord ended = new ExperimentRecord(known.plan(), known.at(), known.by(), Optional.of(stop));
        return routed(
                now.withExperiments(with(now.experiments(), id, ended)),
                known.plan().product(),
                event.actor(),
                "experiment " + id + " stopped: " + reason,
                route -> route.withExperiment(Optional.empty()));
    }

    /// With the product's route changed; a change that moves no traffic is no move.
    private ControlState routed(
            ControlState now, String product, String by, String why, UnaryOperator<RouteSpec> change) {
        RouteSpec old = now.routes().getOrDefault(product, RouteSpec.empty(product));
        RouteSpec next = change.apply(old);
        if (next.sameTraffic(old)) {
            return now;
        }
        RouteSpec stamped = next.stamped(event.seq(), event.at(), by, why);
        List<RouteSpec> moves = new ArrayList<>(now.moves());
        moves.add(stamped);
        return now.withRoutes(with(now.routes(), product, stamped), List.copyOf(moves));
    }

    private static <K extends Comparable<K>, V> SortedMap<K, V> with(SortedMap<K, V> map, K key, V value) {
        SortedMap<K, V> next = new TreeMap<>(map);
        next.put(key, value);
        return Collections.unmodifiableSortedMap(next);
    }

    private static <K extends Comparable<K>, V> SortedMap<K, V> without(SortedMap<K, V> map, K key) {
        SortedMap<K, V> next = new TreeMap<>(map);
        next.remove(key);
        return Collections.unmodifiableSortedMap(next);
    }
}
