package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import dev.tranche.cli.http.Client;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `tranche decisions show ID`
@Command(description = "One decision: features, digests, route, score, reasons.")
final class DecisionsShow extends Action {
    @Parameters(paramLabel = "ID", description = "The decision.")
    private String id = "";

    DecisionsShow(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        JsonNode decision = session.server().get("/api/v1/decisions/" + Client.escaped(id));
        return session.answer(decision, () -> Sheet.print(session, decision));
    }
}
