package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import dev.tranche.cli.http.Client;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `tranche replay ID`
@Command(description = "Compute a decision again; exit code 0 when it comes out EXACT, 1 when it differs.")
final class Replay extends Action {
    @Parameters(paramLabel = "ID", description = "The decision.")
    private String id = "";

    Replay(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        JsonNode answer = session.server().post("/api/v1/decisions/" + Client.escaped(id) + "/replay", nothing);
        boolean exact = Answers.text(answer, "verdict").equals("EXACT");
        session.answer(answer, () -> tell(session, answer, exact));
        return exact ? Exit.DONE : Exit.REFUSED;
    }

    private void tell(Session session, JsonNode answer, boolean exact) {
        if (exact) {
            session.say(session.ink().green("EXACT") + "  " + id + " comes out the same, bit for bit.");
            return;
        }
        session.say(session.ink().red(Answers.text(answer, "verdict")) + "  " + id + " does not come out the same:");
        answer.path("differences").forEach(difference -> {
            if (difference.isObject()) {
                Sheet.print(session, difference);
            } else {
                session.say("  " + difference.asString());
            }
        });
    }
}
