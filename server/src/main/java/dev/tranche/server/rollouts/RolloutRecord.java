package dev.tranche.server.rollouts;

import dev.tranche.release.VersionKind;
import dev.tranche.release.rollout.Check;
import dev.tranche.release.rollout.Rollout;
import dev.tranche.release.rollout.RolloutEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A rollout as the journal tells it.
///
/// @param state where it stands
/// @param history what happened, oldest first; looks that only carried time forward are left out
/// @param checklist as it was executed; empty before that
/// @param firstSeq sequence number of its first event
/// @param lastSeq sequence number of its newest event
public record RolloutRecord(Rollout state, List<Entry> history, List<Check> checklist, long firstSeq, long lastSeq) {
    /// One line of the history.
    ///
    /// @param at when
    /// @param event what, in words with dashes, `stage-entered`
    /// @param actor who; `tranche` for what the rollout does by itself
    /// @param reason why, in one sentence
    public record Entry(Instant at, String event, String actor, String reason) {}

    public RolloutRecord {
        history = List.copyOf(history);
        checklist = List.copyOf(checklist);
    }

    public String id() {
        return state.charter().id();
    }

    public String product() {
        return state.charter().plan().product();
    }

    public VersionKind kind() {
        return state.charter().plan().kind();
    }

    /// Whether the history has such an event.
    boolean told(String event) {
        return history.stream().anyMatch(entry -> entry.event().equals(event));
    }

    static RolloutRecord started(RolloutEvent.Started event, Instant at, long seq) {
        Entry entry = new Entry(at, "started", event.actor(), event.reason());
        return new RolloutRecord(Rollout.start(event, at), List.of(entry), List.of(), seq, seq);
    }

    RolloutRecord on(RolloutEvent event, Instant at, long seq) {
        List<Entry> told = new ArrayList<>(history);
        History.line(event).ifPresent(line -> told.add(new Entry(at, line.event(), line.actor(), line.reason())));
        List<Check> checks = switch (event) {
            case RolloutEvent.ChecklistPassed passed -> passed.checks();
            case RolloutEvent.ChecklistFailed failed -> failed.checks();
            default -> checklist;
        };
        return new RolloutRecord(state.on(event, at), told, checks, firstSeq, seq);
    }

    RolloutRecord told(Entry entry, long seq) {
        List<Entry> told = new ArrayList<>(history);
        told.add(entry);
        return new RolloutRecord(state, told, checklist, firstSeq, seq);
    }
}
