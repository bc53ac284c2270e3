package dev.tranche.examples.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/// Follows one rollout through the API and tells each change once: stages, gates when a stage is left, guards, the end.
final class Watch {
    private static final long LOOK_NANOS = Duration.ofMillis(250).toNanos();

    private final Api api;
    private final Story story;
    private final String id;
    private final Set<String> told = new HashSet<>();
    private JsonNode last;

    Watch(Api api, Story story, String id) throws IOException, InterruptedException {
        this.api = api;
        this.story = story;
        this.id = id;
        this.last = api.read("/api/v1/rollouts/" + id);
    }

    /// The newest state seen.
    JsonNode rollout() {
        return last;
    }

    /// Looks until the rollout has ended or the limit is over; true when it ended.
    boolean untilEnd(Duration limit) throws IOException, InterruptedException {
        return until(rollout -> !rollout.path("active").asBoolean(), limit);
    }

    /// Looks until the rollout is in a live stage with traffic.
    boolean untilLive(Duration limit) throws IOException, InterruptedException {
        return until(
                rollout -> !rollout.path("active").asBoolean()
                        || rollout.path("stage").path("mode").asString("").equals("live"),
                limit);
    }

    private boolean until(java.util.function.Predicate<JsonNode> end, Duration limit)
            throws IOException, InterruptedException {
        long over = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < over) {
            last = api.read("/api/v1/rollouts/" + id);
            tell();
            if (end.test(last)) return true;
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return false;
    }

    private void tell() {
        for (JsonNode point : last.path("checklist")) {
            once("checklist " + point.path("name").asString(), "checklist · %-26s %s  %s", point, "name");
        }
        for (JsonNode entry : last.path("history")) {
            String key = entry.path("at").asString()
                    + entry.path("event").asString()
                    + entry.path("reason").asString("");
            if (told.add(key)) {
                story.say(
                        "%s  %s%s",
                        entry.path("at").asString("").replaceAll(".*T(..:..:..).*", "$1"),
                        entry.path("event").asString(),
                        entry.path("reason").isString()
                                ? "  " + entry.path("reason").asString()
                                : "");
            }
        }
    }

    private void once(String key, String format, JsonNode node, String name) {
        String verdict = node.path("verdict").asString();
        if (told.add(key + verdict)) {
            story.quiet(
                    format,
                    node.path(name).asString(),
                    verdict,
                    node.path("detail").asString(""));
        }
    }

    /// Prints the gates or guards of the last state with their numbers.
    void tellRows(String field) {
        for (JsonNode row : last.path(field)) {
            story.say(
                    "%-7s %-44s %s",
                    row.path("verdict").asString(),
                    row.path("text").asString(),
                    row.path("detail").asString(""));
        }
    }
}
