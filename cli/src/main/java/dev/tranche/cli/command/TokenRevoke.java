package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import dev.tranche.cli.http.Client;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `tranche token revoke NAME`
@Command(description = "Take a token back; it opens nothing from now on.")
final class TokenRevoke extends Action {
    @Parameters(paramLabel = "NAME", description = "As `tranche token list` shows it.")
    private String name = "";

    TokenRevoke(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        JsonNode answer = session.server().delete("/api/v1/tokens/" + Client.escaped(name));
        return session.answer(answer, () -> session.say("The token of " + name + " opens nothing any more."));
    }
}
