package dev.tranche.cli.watch;

import dev.tranche.cli.screen.Spoken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What is new between two looks at a rollout, a line each: for logs and pipes.
final class Changes {
    private Changes() {}

    /// The lines for somebody who knows nothing yet.
    static List<String> first(RolloutState now) {
        List<String> lines = new ArrayList<>();
        lines.add("rollout " + now.id() + ": " + now.candidate()
                + (now.live().isEmpty() ? "" : " to replace " + now.live()) + ", " + now.strategy());
        now.checklist().forEach(point -> lines.add(line("checklist", point)));
        events(now, 0).forEach(lines::add);
        lines.add(state(now));
        now.gates().forEach(gate -> lines.add(line("gate", gate)));
        now.guards().forEach(guard -> lines.add(line("guard", guard)));
        return lines;
    }

    /// The lines for somebody who knows what was before.
    static List<String> between(RolloutState before, RolloutState now) {
        List<String> lines = new ArrayList<>();
        events(now, before.history().size()).forEach(lines::add);
        boolean moved = before.stage() != now.stage();
        if (moved || !before.word().equals(now.word())) {
            lines.add(state(now));
        }
        changed(moved ? List.of() : before.gates(), now.gates()).forEach(gate -> lines.add(line("gate", gate)));
        changed(before.guards(), now.guards()).forEach(guard -> lines.add(line("guard", guard)));
        return lines;
    }

    private static List<String> events(RolloutState now, int from) {
        return now.history().stream()
                .skip(from)
                .filter(entry -> !entry.isAboutAGate())
                .map(entry -> "event " + entry.words())
                .toList();
    }

    private static List<Question> changed(List<Question> before, List<Question> now) {
        Map<String, Question> known =
                before.stream().collect(Collectors.toMap(Question::text, Function.identity(), (first, _) -> first));
        return now.stream()
                .filter(question -> {
                    Question old = known.get(question.text());
                    return old == null
                            || old.verdict() != question.verdict()
                            || old.badFor() > 0 != question.badFor() > 0;
                })
                .toList();
    }

    private static String state(RolloutState now) {
        if (now.state().ended()) {
            return "state " + now.word() + (now.reason().isEmpty() ? "" : ": " + now.reason());
        }
        return "state " + now.word() + ", " + now.place()
                + (now.dwell() > 0 ? ", at least " + Spoken.seconds(now.dwell()) : "");
    }

    private static String line(String kind, Question question) {
        String bad = question.badFor() > 0 && question.limit() > 0
                ? ", bad for " + Spoken.seconds(question.badFor()) + " of " + Spoken.seconds(question.limit())
                : "";
        return kind + " " + question.verdict().word() + ": " + question.text() + bad
                + (question.detail().isEmpty() ? "" : " (" + question.detail() + ")");
    }
}
