package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import dev.tranche.cli.screen.Table;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// `tranche health`
@Command(description = "Whether the server is well; --full asks every component. Exit code 1 when something is not.")
final class Health extends Action {
    @Option(names = "--full", description = "Store, journal, models, disk, memory, leader: each with its state.")
    private boolean full;

    Health(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        JsonNode answer = full
                ? session.server()
                        .post(
                                "/healthcheck",
                                JsonNodeFactory.instance.objectNode().put("component", "full"))
                : session.server().get("/health");
        session.answer(answer, () -> tell(session, answer));
        return Answers.text(answer, "status", "state").equalsIgnoreCase("ok") ? Exit.DONE : Exit.REFUSED;
    }

    private static void tell(Session session, JsonNode answer) {
        JsonNode components = answer.path("components");
        if (!components.isObject()) {
            Sheet.print(session, answer);
            return;
        }
        Table table = Table.of("component", "state", "detail");
        components
                .properties()
                .forEach(part -> table.row(
                        part.getKey(),
                        Answers.text(part.getValue(), "state"),
                        Answers.text(part.getValue(), "detail")));
        session.show(table, "");
        session.say("The server is " + Answers.text(answer, "status") + ".");
    }
}
