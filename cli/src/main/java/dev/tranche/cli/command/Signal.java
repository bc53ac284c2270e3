package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `tranche signal`
@Command(description = "Tell the server the state of something outside, for example a circuit breaker.")
final class Signal extends Action {
    @Option(names = "--product", paramLabel = "PRODUCT", required = true, description = "Whose guards may read it.")
    private String product = "";

    @Parameters(index = "0", paramLabel = "NAME", description = "For example breaker.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "STATE", description = "For example HALTED or CLOSED.")
    private String state = "";

    Signal(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("product", product)
                .put("name", name)
                .put("state", state);
        JsonNode answer = session.server().post("/api/v1/signals", body);
        return session.answer(answer, () -> session.say(product + ": " + name + " = " + state));
    }
}
