package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import dev.tranche.cli.http.Client;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `tranche experiment show ID`
@Command(description = "The readout by arm, with the always-valid comparison.")
final class ExperimentShow extends Action {
    @Parameters(paramLabel = "ID", description = "The experiment.")
    private String id = "";

    ExperimentShow(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        JsonNode experiment = session.server().get("/api/v1/experiments/" + Client.escaped(id));
        return session.answer(experiment, () -> Sheet.print(session, experiment));
    }
}
