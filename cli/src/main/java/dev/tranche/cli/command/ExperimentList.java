package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import dev.tranche.cli.screen.Table;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/// `tranche experiment list`
@Command(description = "Experiments and their state.")
final class ExperimentList extends Action {
    ExperimentList(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        JsonNode answer = session.server().get("/api/v1/experiments");
        return session.answer(
                answer,
                () -> session.show(table(session, answer), "No experiments yet: tranche experiment start FILE."));
    }

    private static Table table(Session session, JsonNode answer) {
        Table table = Table.of("id", "product", "state", "started");
        for (JsonNode experiment : Answers.items(answer)) {
            table.row(
                    Answers.text(experiment, "id"),
                    Answers.text(experiment, "product"),
                    Answers.text(experiment, "state"),
                    session.moment(Answers.text(experiment, "started_at", "at")));
        }
        return table;
    }
}
