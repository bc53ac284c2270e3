package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import dev.tranche.cli.http.Client;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `tranche models show NAME`
@Command(description = "One version: its digest, its checks, its schema.")
final class ModelsShow extends Action {
    @Parameters(paramLabel = "NAME", description = "For example consumer_apply_xgb_v1.0.")
    private String name = "";

    ModelsShow(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        JsonNode version = session.server().get("/api/v1/versions/" + Client.escaped(name));
        return session.answer(version, () -> Sheet.print(session, version));
    }
}
