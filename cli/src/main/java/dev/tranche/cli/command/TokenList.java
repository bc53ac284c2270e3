package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import dev.tranche.cli.screen.Table;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/// `tranche token list`
@Command(description = "Tokens by name and role; never the token itself.")
final class TokenList extends Action {
    TokenList(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        JsonNode answer = session.server().get("/api/v1/tokens");
        return session.answer(answer, () -> session.show(table(session, answer), "No tokens."));
    }

    private static Table table(Session session, JsonNode answer) {
        Table table = Table.of("name", "role", "created");
        for (JsonNode token : Answers.items(answer)) {
            table.row(
                    Answers.text(token, "name"),
                    Answers.text(token, "role", "roles"),
                    session.moment(Answers.text(token, "created_at", "at")));
        }
        return table;
    }
}
