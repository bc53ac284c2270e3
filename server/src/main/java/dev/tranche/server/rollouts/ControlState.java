package dev.tranche.server.rollouts;

import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import dev.tranche.release.registry.Entry;
import dev.tranche.release.registry.Registry;
import dev.tranche.release.registry.VersionState;
import dev.tranche.release.rollout.Charter;
import dev.tranche.release.rollout.Plan;
import dev.tranche.release.rollout.Rollout;
import dev.tranche.runtime.store.ControlEvent;
import dev.tranche.server.artifact.VersionRecord;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// The control plane at one event: a pure fold, so every node and every auditor comes to the same state.
///
/// @param seq sequence number of the newest event; 0 before the first
/// @param headHash hash of the newest event; empty before the first
/// @param versions everything ever registered, by exact name
/// @param deleted the names among them that were taken out of service
/// @param rollouts by id
/// @param routes the route of each product as it is now
/// @param moves every change of a route, oldest first
/// @param experiments by id
/// @param tokens by name
/// @param signals the newest of each product and name, by `product/name`
/// @param configurations what engines told to be in force, oldest first
public record ControlState(
        long seq,
        String headHash,
        SortedMap<VersionName, VersionRecord> versions,
        SortedSet<VersionName> deleted,
        SortedMap<String, RolloutRecord> rollouts,
        SortedMap<String, RouteSpec> routes,
        List<RouteSpec> moves,
        SortedMap<String, ExperimentRecord> experiments,
        SortedMap<String, TokenRecord> tokens,
        SortedMap<String, Signal> signals,
        List<ConfigurationRecord> configurations) {

    /// Before the first event.
    public static ControlState empty() {
        return new ControlState(
                0,
                "",
                Collections.emptySortedMap(),
                Collections.emptySortedSet(),
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                List.of(),
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                List.of());
    }

    /// The state after the next event. An event that does not fit (a name taken meanwhile, a rollout that is
    /// over) changes nothing but the sequence number, so that a replay cannot fail.
    public ControlState on(ControlEvent event) {
        return new ControlFold(this, event).apply(ChangeText.read(event));
    }

    /// The registered version a requested name means: that one, or the newest it covers.
    public Optional<VersionRecord> resolve(VersionName requested) {
        return registry()
                .resolve(requested)
                .map(entry -> versions.get(entry.version().name()))
                .filter(version -> !deleted.contains(version.name()));
    }

    /// The versions with the rules of what may follow what.
    public Registry registry() {
        SortedMap<VersionName, Entry> entries = new TreeMap<>();
        versions.forEach((name, version) -> entries.put(name, version.entry(life(version))));
        return new Registry(entries);
    }

    /// Where a version is in its life: what it was registered as, live while it answers anybody, or retired.
    public VersionState life(VersionRecord version) {
        if (deleted.contains(version.name())) {
            return VersionState.RETIRED;
        }
        boolean serving = routes.values().stream().anyMatch(route -> route.serves(version.name()))
                || experiments.values().stream()
                        .filter(ExperimentRecord::running)
                        .flatMap(experiment -> experiment.plan().arms().stream())
                        .anyMatch(arm -> arm.version().equals(version.name()));
        return serving ? VersionState.LIVE : version.state();
    }

    /// The version in force in a slot.
    public Optional<VersionName> live(String product, VersionKind kind) {
        RouteSpec route = routes.get(product);
        return route == null
                ? Optional.empty()
                : Optional.ofNullable(route.live().get(kind));
    }

    /// When the version that is live in a slot came into force there, the last time.
    Optional<Instant> inForceSince(String product, VersionKind kind) {
        Optional<VersionName> live = live(product, kind);
        Optional<Instant> since = Optional.empty();
        for (RouteSpec move : moves.reversed()) {
            if (!move.product().equals(product)) {
                continue;
            }
            if (!Optional.ofNullable(move.live().get(kind)).equals(live)) {
                return since;
            }
            since = Optional.of(move.since());
        }
        return since;
    }

    /// The rollouts that are not over.
    public List<RolloutRecord> active() {
        return rollouts.values().stream()
                .filter(rollout -> !rollout.state().ended())
                .toList();
    }

    /// The rollouts that are over and stay on watch: of each slot the one that brought in what is live, as
    /// long as no other is under way there.
    public List<RolloutRecord> onWatch() {
        return rollouts.values().stream()
                .filter(rollout -> rollout.state().onWatch() && broughtIn(rollout))
                .toList();
    }

    private boolean broughtIn(RolloutRecord rollout) {
        Plan plan = rollout.state().charter().plan();
        return live(plan.product(), plan.kind()).equals(Optional.of(plan.candidate()))
                && rollouts.values().stream()
                        .filter(other -> other.product().equals(plan.product()) && other.kind() == plan.kind())
                        .noneMatch(other -> !other.state().ended() || later(other, rollout));
    }

    /// Whether another rollout brought the same version in after this one.
    private static boolean later(RolloutRecord other, RolloutRecord rollout) {
        return other.firstSeq() > rollout.firstSeq()
                && other.state() instanceof Rollout.Completed(Charter charter, boolean promoted, var _, var _)
                && promoted
                && charter.plan()
                        .candidate()
                        .equals(rollout.state().charter().plan().candidate());
    }

    /// The experiment that runs on a product.
    public Optional<ExperimentRecord> running(String product) {
        return experiments.values().stream()
                .filter(experiment ->
                        experiment.running() && experiment.plan().product().equals(product))
                .findFirst();
    }

    ControlState at(long nextSeq, String hash) {
        return new ControlState(
                nextSeq,
                hash,
                versions,
                deleted,
                rollouts,
                routes,
                moves,
                experiments,
                tokens,
                signals,
                configurations);
    }

    ControlState withVersions(SortedMap<VersionName, VersionRecord> next) {
        return new ControlState(
                seq, headHash, next, deleted, rollouts, routes, moves, experiments, tokens, signals, configurations);
    }

    ControlState withDeleted(SortedSet<VersionName> next) {
        return new ControlState(
                seq, headHash, versions, next, rollouts, routes, moves, experiments, tokens, signals, configurations);
    }

    ControlState withRollouts(SortedMap<String, RolloutRecord> next) {
        return new ControlState(
                seq, headHash, versions, deleted, next, routes, moves, experiments, tokens, signals, configurations);
    }

    ControlState withRoutes(SortedMap<String, RouteSpec> next, List<RouteSpec> told) {
        return new ControlState(
                seq, headHash, versions, deleted, rollouts, next, told, experiments, tokens, signals, configurations);
    }

    ControlState withExperiments(SortedMap<String, ExperimentRecord> next) {
        return new ControlState(
                seq, headHash, versions, deleted, rollouts, routes, moves, next, tokens, signals, configurations);
    }

    ControlState withTokens(SortedMap<String, TokenRecord> next) {
        return new ControlState(
                seq, headHash, versions, deleted, rollouts, routes, moves, experiments, next, signals, configurations);
    }

    ControlState withSignals(SortedMap<String, Signal> next) {
        return new ControlState(
                seq, headHash, versions, deleted, rollouts, routes, moves, experiments, tokens, next, configurations);
    }

    ControlState withConfigurations(List<ConfigurationRecord> next) {
        return new ControlState(
                seq, headHash, versions, deleted, rollouts, routes, moves, experiments, tokens, signals, next);
    }

    /// The newest configuration that a sender told for a product.
    public Optional<ConfigurationRecord> configuration(String product, String sender) {
        return configurations.reversed().stream()
                .filter(each -> each.product().equals(product) && each.sender().equals(sender))
                .findFirst();
    }
}
