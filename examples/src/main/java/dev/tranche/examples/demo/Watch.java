package dev.tranche.examples.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Follows one rollout through the API and tells each change once: stages, gates when a stage is left,
/// guards, the end.
final class Watch {
    private static final long LOOK_NANOS = Duration.ofMillis(250).toNanos();
    private static final int LONGEST_DETAIL = 120;
    private static final Pattern GATE = Pattern.compile("(.*?): (pass|fail|wait|broken), (.*)");

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

    /// Looks until the history has an event of this name.
    boolean untilTold(String event, Duration limit) throws IOException, InterruptedException {
        return until(rollout -> reason(rollout, event).isPresent(), limit);
    }

    /// The reason of the first event of this name.
    Optional<String> reason(String event) {
        return reason(last, event);
    }

    /// How many events of this name there are.
    long count(String event) {
        return last.path("history")
                .valueStream()
                .filter(entry -> entry.path("event").asString().equals(event))
                .count();
    }

    private static Optional<String> reason(JsonNode rollout, String event) {
        return rollout.path("history")
                .valueStream()
                .filter(entry -> entry.path("event").asString().equals(event))
                .map(entry -> entry.path("reason").asString(""))
                .findFirst();
    }

    private void tell() {
        for (JsonNode point : last.path("checklist")) {
            String verdict = point.path("verdict").asString();
            if (told.add("checklist " + point.path("name").asString() + verdict)) {
                story.quiet(
                        "%s checklist · %-25s %s",
                        mark(verdict),
                        point.path("name").asString(),
                        cut(point.path("detail").asString("")));
            }
        }
        int nth = 0;
        for (JsonNode entry : last.path("history")) {
            if (told.add("history " + nth++)) {
                tell(
                        entry.path("at").asString("").replaceAll(".*T(..:..:..).*", "$1"),
                        entry.path("event").asString(),
                        entry.path("reason").asString(""));
            }
        }
    }

    private void tell(String at, String event, String reason) {
        Matcher gate = GATE.matcher(reason);
        if (event.equals("gate-judged") && gate.matches()) {
            // That a gate waits while its stage is young is no news.
            if (!gate.group(2).equals("wait")) {
                story.say("%s  %s %-42s %s", at, mark(gate.group(2)), gate.group(1), gate.group(3));
            }
        } else if (!event.equals("checklist-passed")) {
            story.say("%s  %-18s %s", at, event, reason);
        }
    }

    private static String mark(String verdict) {
        return switch (verdict) {
            case "pass" -> "✓";
            case "fail" -> "✗";
            case "wait" -> "…";
            default -> "?";
        };
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL - 1) + "…";
    }
}
