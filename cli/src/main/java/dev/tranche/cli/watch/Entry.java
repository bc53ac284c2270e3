package dev.tranche.cli.watch;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// One line of a rollout's history.
///
/// @param at     when, as the server wrote it
/// @param event  what happened
/// @param actor  who did it, may be empty
/// @param reason why, may be empty
public record Entry(String at, String event, String actor, String reason) {
    /// The actor of what a rollout does by itself.
    private static final String ITSELF = "tranche";

    static List<Entry> list(JsonNode history) {
        List<Entry> list = new ArrayList<>();
        for (JsonNode entry : history) {
            list.add(new Entry(
                    entry.path("at").asString(""),
                    entry.path("event").asString(""),
                    entry.path("actor").asString(""),
                    entry.path("reason").asString("")));
        }
        return List.copyOf(list);
    }

    /// Whether it repeats what the list of gates says.
    boolean isAboutAGate() {
        return event.startsWith("gate-");
    }

    /// The entry in one sentence; what the product did by itself has no name beside it.
    String words() {
        boolean itself = actor.isEmpty() || actor.equals(ITSELF);
        return event.replace('-', ' ') + (itself ? "" : " by " + actor) + (reason.isEmpty() ? "" : ": " + reason);
    }
}
