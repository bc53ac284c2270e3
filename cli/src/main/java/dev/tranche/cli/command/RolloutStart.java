package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import dev.tranche.cli.http.Client;
import dev.tranche.cli.screen.Verdict;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `tranche rollout start FILE`
@Command(description = "Run the checklist and start a rollout.")
final class RolloutStart extends Action {
    @Parameters(paramLabel = "FILE", description = "rollout.yaml or JSON; - is standard input.")
    private Path file = Path.of("");

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why; it is kept.")
    private String reason = "";

    RolloutStart(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        String query = reason.isEmpty() ? "" : "?reason=" + Client.escaped(reason);
        JsonNode rollout = session.server().post("/api/v1/rollouts" + query, Documents.read(session.world(), file));
        return session.answer(rollout, () -> tell(session, rollout));
    }

    private static void tell(Session session, JsonNode rollout) {
        for (JsonNode point : rollout.path("checklist")) {
            Verdict verdict = Verdict.of(Answers.text(point, "verdict"));
            session.say(verdict.label(session.ink()) + "  " + Answers.text(point, "name") + ": "
                    + Answers.text(point, "detail"));
        }
        String id = Answers.text(rollout, "id");
        session.say("Rollout " + id + " of " + Answers.text(rollout, "candidate") + " is "
                + Answers.text(rollout, "state") + ".");
        session.say("Look on: tranche rollout watch " + id);
    }
}
