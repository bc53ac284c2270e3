package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import dev.tranche.cli.http.Client;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `tranche route [PRODUCT]`
@Command(description = "Which version serves which share of a product.")
final class Route extends Action {
    @Parameters(paramLabel = "PRODUCT", arity = "0..1", defaultValue = "", description = "Only this product.")
    private String product = "";

    Route(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        String path = product.isEmpty() ? "/api/v1/routes" : "/api/v1/routes/" + Client.escaped(product);
        JsonNode answer = session.server().get(path);
        return session.answer(answer, () -> {
            if (product.isEmpty() && Answers.items(answer).isEmpty()) {
                session.say("No routes yet: nothing is live.");
            } else if (product.isEmpty()) {
                Answers.items(answer).forEach(route -> Sheet.print(session, route));
            } else {
                Sheet.print(session, answer);
            }
        });
    }
}
