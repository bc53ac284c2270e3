package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import dev.tranche.cli.http.Client;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `tranche experiment stop ID`
@Command(description = "Stop assigning; the readout stays.")
final class ExperimentStop extends Action {
    @Parameters(paramLabel = "ID", description = "The experiment.")
    private String id = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; it is kept.")
    private String reason = "";

    ExperimentStop(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("reason", reason);
        JsonNode answer = session.server().post("/api/v1/experiments/" + Client.escaped(id) + "/stop", body);
        return session.answer(answer, () -> session.say("Experiment " + id + " is stopped."));
    }
}
