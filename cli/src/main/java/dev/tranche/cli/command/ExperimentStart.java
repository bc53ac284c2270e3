package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `tranche experiment start FILE`
@Command(description = "Start an experiment between versions of one product.")
final class ExperimentStart extends Action {
    @Parameters(paramLabel = "FILE", description = "experiment.yaml or JSON; - is standard input.")
    private Path file = Path.of("");

    ExperimentStart(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        JsonNode experiment = session.server().post("/api/v1/experiments", Documents.read(session.world(), file));
        return session.answer(experiment, () -> {
            Sheet.print(session, experiment);
            session.say("Read it out: tranche experiment show " + Answers.text(experiment, "id"));
        });
    }
}
