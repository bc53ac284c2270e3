package dev.tranche.server.rollouts;

import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import dev.tranche.release.experiment.Experiment;
import dev.tranche.release.rollout.EventText;
import dev.tranche.release.rollout.RolloutEvent;
import dev.tranche.runtime.store.ControlEvent;
import dev.tranche.runtime.store.NewEvent;
import dev.tranche.server.artifact.CanonicalYaml;
import dev.tranche.server.artifact.Tree;
import dev.tranche.server.artifact.VersionRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes a change as an event of the control journal, in canonical JSON, and reads it back.
final class ChangeText {
    private ChangeText() {}

    /// The event for a change.
    ///
    /// @param at when it was decided
    /// @param actor who decided
    static NewEvent write(Change change, Instant at, String actor) {
        return switch (change) {
            case Change.VersionRegistered(VersionRecord v) ->
                event(at, actor, "version/" + v.name(), "version.registered", v.toTree());
            case Change.VersionDeleted(VersionName version, String reason) ->
                event(
                        at,
                        actor,
                        "version/" + version,
                        "version.deleted",
                        Map.of("name", version.toString(), "reason", reason));
            case Change.RolloutMoved(String rollout, RolloutEvent moved) -> {
                Map<String, @Nullable Object> fields = new TreeMap<>(EventText.write(moved));
                yield event(at, actor, "rollout/" + rollout, "rollout." + word(moved), fields);
            }
            case Change.RollbackMeasured(String rollout, Duration took, long late) ->
                event(
                        at,
                        actor,
                        "rollout/" + rollout,
                        "rollback.measured",
                        Map.of("took_ms", took.toMillis(), "late", late));
            case Change.ExperimentStarted(Experiment plan) ->
                event(at, actor, "experiment/" + plan.id(), "experiment.started", ExperimentText.toTree(plan));
            case Change.ExperimentStopped(String id, String reason) ->
                event(at, actor, "experiment/" + id, "experiment.stopped", Map.of("id", id, "reason", reason));
            case Change.TokenIssued(TokenRecord token) ->
                event(at, actor, "token/" + token.name(), "token.issued", token.toTree());
            case Change.TokenRevoked(String name) ->
                event(at, actor, "token/" + name, "token.revoked", Map.of("name", name));
            case Change.ConfigurationKept(ConfigurationRecord kept) ->
                event(
                        at,
                        actor,
                        "configuration/" + kept.product() + "/" + kept.sender(),
                        "configuration.kept",
                        Map.of(
                                "product", kept.product(),
                                "sender", kept.sender(),
                                "file", kept.file(),
                                "text", kept.text()));
            case Change.RouteRestored(String product, Instant to, var live, String reason) -> {
                Map<String, String> slots = new TreeMap<>();
                live.forEach((kind, version) -> slots.put(kind.toString(), version.toString()));
                yield event(
                        at,
                        actor,
                        "restore/" + product,
                        "route.restored",
                        Map.of("product", product, "to", to.toString(), "live", slots, "reason", reason));
            }
            case Change.Signalled(String product, String name, String state) ->
                event(
                        at,
                        actor,
                        "signal/" + product + "/" + name,
                        "signal.reported",
                        Map.of("product", product, "name", name, "state", state));
        };
    }

    /// The change an event carries.
    ///
    /// @throws IllegalArgumentException for a kind that this build does not know
    static Change read(ControlEvent event) {
        Tree payload = Tree.json(event.kind(), event.payload());
        String subject = event.subject().substring(event.subject().indexOf('/') + 1);
        return switch (event.kind()) {
            case "version.registered" ->
                new Change.VersionRegistered(VersionRecord.fromTree(payload, event.at(), event.actor()));
            case "version.deleted" ->
                new Change.VersionDeleted(VersionName.parse(payload.text("name")), payload.text("reason"));
            case "rollback.measured" ->
                new Change.RollbackMeasured(
                        subject, Duration.ofMillis(payload.number("took_ms")), payload.number("late"));
            case "experiment.started" -> new Change.ExperimentStarted(ExperimentText.fromTree(payload));
            case "experiment.stopped" -> new Change.ExperimentStopped(payload.text("id"), payload.text("reason"));
            case "token.issued" -> new Change.TokenIssued(TokenRecord.fromTree(payload));
            case "token.revoked" -> new Change.TokenRevoked(payload.text("name"));
            case "signal.reported" ->
                new Change.Signalled(payload.text("product"), payload.text("name"), payload.text("state"));
            case "configuration.kept" ->
                new Change.ConfigurationKept(new ConfigurationRecord(
                        payload.text("product"),
                        payload.text("sender"),
                        payload.text("file"),
                        payload.text("text"),
                        event.at()));
            case "route.restored" -> restored(payload);
            case String kind when kind.startsWith("rollout.") -> new Change.RolloutMoved(subject, moved(payload));
            case String kind -> throw new IllegalArgumentException("control event of an unknown kind: " + kind);
        };
    }

    private static Change restored(Tree payload) {
        SortedMap<VersionKind, VersionName> live = new TreeMap<>();
        Tree slots = payload.tree("live");
        slots.map().keySet().forEach(kind -> live.put(VersionKind.parse(kind), VersionName.parse(slots.text(kind))));
        return new Change.RouteRestored(
                payload.text("product"), Instant.parse(payload.text("to")), live, payload.text("reason"));
    }

    private static RolloutEvent moved(Tree payload) {
        SortedMap<String, String> fields = new TreeMap<>();
        payload.map().keySet().forEach(key -> fields.put(key, payload.text(key)));
        return EventText.read(fields);
    }

    /// The last part of the kind: the name of the event's type, in words with dashes.
    static String word(RolloutEvent event) {
        return History.line(event)
                .map(History.Line::event)
                .orElse(event instanceof RolloutEvent.GateAccrued ? "gate-accrued" : "guard-accrued");
    }

    private static NewEvent event(
            Instant at, String actor, String subject, String kind, Map<String, ? extends @Nullable Object> payload) {
        return new NewEvent(
                at, actor, subject, kind, new String(CanonicalYaml.canonical(payload), StandardCharsets.UTF_8));
    }
}
