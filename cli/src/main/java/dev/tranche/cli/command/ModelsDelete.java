package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import dev.tranche.cli.http.Client;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `tranche models delete NAME`
@Command(description = "Unload a version; refused while it is live.")
final class ModelsDelete extends Action {
    @Parameters(paramLabel = "NAME", description = "For example consumer_apply_xgb_v1.0.")
    private String name = "";

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why; it is kept.")
    private String reason = "";

    ModelsDelete(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        String query = reason.isEmpty() ? "" : "?reason=" + Client.escaped(reason);
        JsonNode answer = session.server().delete("/model/" + Client.escaped(name) + query);
        return session.answer(answer, () -> session.say("Deleted " + name + "."));
    }
}
