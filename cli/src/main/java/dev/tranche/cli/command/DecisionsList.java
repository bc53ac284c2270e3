package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import dev.tranche.cli.http.Client;
import dev.tranche.cli.screen.Spoken;
import dev.tranche.cli.screen.Table;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `tranche decisions list`
@Command(description = "The latest decisions.")
final class DecisionsList extends Action {
    @Option(names = "--product", paramLabel = "PRODUCT", defaultValue = "", description = "Only this product.")
    private String product = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many; ${DEFAULT-VALUE} when left out.")
    private int limit = 20;

    DecisionsList(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        String query = "?limit=" + limit + (product.isEmpty() ? "" : "&product=" + Client.escaped(product));
        JsonNode answer = session.server().get("/api/v1/decisions" + query);
        return session.answer(answer, () -> session.show(table(session, answer), "No decisions yet."));
    }

    private static Table table(Session session, JsonNode answer) {
        Table table = Table.of("decision", "at", "unit", "version", "score", "decision", "source");
        for (JsonNode decision : Answers.items(answer)) {
            table.row(
                    Answers.text(decision, "id"),
                    session.moment(Answers.text(decision, "at")),
                    Answers.text(decision, "loan_id", "unit"),
                    Answers.text(decision.path("model"), "name"),
                    Spoken.number(Answers.number(decision, "score"), 6),
                    Answers.text(decision, "decision"),
                    Answers.text(decision, "source"));
        }
        return table;
    }
}
