package dev.tranche.server.rollouts;

import dev.tranche.release.VersionName;
import dev.tranche.release.rollout.EventText;
import dev.tranche.release.rollout.Rollout;
import dev.tranche.release.rollout.RolloutEvent;
import dev.tranche.runtime.store.ControlEvent;
import dev.tranche.server.artifact.VersionRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes the evidence of a rollout: what was planned, what was checked, which verdicts with which numbers
/// moved it, who agreed, and the events themselves with their hashes.
///
/// The summary is only a reading of the events; the events are links of the control journal's hash chain, so
/// a changed byte is found without the server (`tranche evidence verify`).
final class Evidence {
    static final String FORMAT = "tranche-evidence/1";

    private final RolloutRecord rollout;
    private final ControlState state;
    private final List<ControlEvent> events;

    private Evidence(RolloutRecord rollout, ControlState state, List<ControlEvent> events) {
        this.rollout = rollout;
        this.state = state;
        this.events = events;
    }

    static Map<String, @Nullable Object> of(ControlLog log, String id, Instant now) {
        ControlState state = log.state();
        RolloutRecord rollout = Moves.rollout(state, id);
        String candidate = "version/" + rollout.state().charter().plan().candidate();
        List<ControlEvent> events = log.events(1, state.seq()).stream()
                .filter(event -> event.subject().equals("rollout/" + id)
                        || event.subject().equals(candidate))
                .toList();
        return new Evidence(rollout, state, events).tree(now);
    }

    private Map<String, @Nullable Object> tree(Instant now) {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put("format", FORMAT);
        tree.put("written_at", now.toString());
        tree.put("rollout", rollout());
        tree.put("versions", versions());
        tree.put("checklist", rollout.checklist().stream().map(Words::check).toList());
        tree.put("verdicts", verdicts());
        tree.put("approvals", approvals());
        tree.put("journal", Map.of("head", state.headHash(), "seq", state.seq()));
        tree.put("events", events.stream().map(KnownGood::toTree).toList());
        return tree;
    }

    private Map<String, @Nullable Object> rollout() {
        Rollout now = rollout.state();
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put("id", rollout.id());
        tree.put("state", now.word());
        tree.put("product", rollout.product());
        tree.put("kind", rollout.kind().toString());
        tree.put("candidate", now.charter().plan().candidate().toString());
        now.charter().live().ifPresent(live -> tree.put("live", live.toString()));
        tree.put("started_by", now.charter().startedBy());
        tree.put("started_at", now.charter().startedAt().toString());
        tree.put("reason", now.charter().reason());
        tree.put(
                "plan",
                EventText.write(new RolloutEvent.Started(
                        rollout.id(),
                        now.charter().plan(),
                        now.charter().live(),
                        now.charter().startedBy(),
                        now.charter().reason())));
        return tree;
    }

    private List<Map<String, @Nullable Object>> versions() {
        List<Map<String, @Nullable Object>> versions = new ArrayList<>();
        List<VersionName> names = new ArrayList<>();
        names.add(rollout.state().charter().plan().candidate());
        rollout.state().charter().live().ifPresent(names::add);
        for (VersionName name : names) {
            Optional<VersionRecord> known = Optional.ofNullable(state.versions().get(name));
            known.ifPresent(version -> versions.add(version.toTree()));
        }
        return versions;
    }

    /// Every verdict that was recorded about a gate or a guard, with its numbers.
    private List<Map<String, @Nullable Object>> verdicts() {
        List<Map<String, @Nullable Object>> verdicts = new ArrayList<>();
        for (Moved moved : moved()) {
            Map<String, @Nullable Object> tree = switch (moved.event()) {
                case RolloutEvent.GateJudged judged -> {
                    Map<String, @Nullable Object> gate =
                            Words.verdict("gate", judged.gate().toString(), judged.verdict());
                    gate.put("stage", judged.stage() + 1);
                    yield gate;
                }
                case RolloutEvent.GuardPending pending ->
                    Words.verdict("guard", pending.guard().toString(), pending.verdict());
                case RolloutEvent.GuardBroken broken ->
                    Words.verdict("guard", broken.guard().toString(), broken.verdict());
                default -> Map.of();
            };
            if (!tree.isEmpty()) {
                tree.put("at", moved.at().toString());
                tree.put("event", moved.seq());
                verdicts.add(tree);
            }
        }
        return verdicts;
    }

    private List<Map<String, @Nullable Object>> approvals() {
        List<Map<String, @Nullable Object>> approvals = new ArrayList<>();
        for (Moved moved : moved()) {
            if (moved.event() instanceof RolloutEvent.ApprovedBy(String actor, String reason)) {
                Map<String, @Nullable Object> tree = new TreeMap<>();
                tree.put("by", actor);
                tree.put("reason", reason);
                tree.put("at", moved.at().toString());
                approvals.add(tree);
            }
        }
        return approvals;
    }

    private record Moved(long seq, Instant at, RolloutEvent event) {}

    private List<Moved> moved() {
        List<Moved> moved = new ArrayList<>();
        for (ControlEvent event : events) {
            if (ChangeText.read(event) instanceof Change.RolloutMoved(String _, RolloutEvent change)) {
                moved.add(new Moved(event.seq(), event.at(), change));
            }
        }
        return moved;
    }
}
