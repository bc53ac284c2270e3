package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `tranche predict [FILE]`
@Command(description = "Ask a model for its bare prediction: one JSON object, a list, or one a line.")
final class Predict extends Action {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            defaultValue = "-",
            description = "JSON; standard input when left out.")
    private Path file = Path.of("-");

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "",
            description = "A product or version, where the request names none.")
    private String model = "";

    @Option(
            names = "--unit",
            paramLabel = "ID",
            defaultValue = "",
            description = "The unit that assignment hashes, where the request names none.")
    private String unit = "";

    Predict(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        for (ObjectNode question : Questions.read(Documents.text(session.world(), file), file.toString())) {
            Score.fill(question, "model_id", model);
            Score.fill(question, "unit", unit);
            JsonNode answer = session.server().post("/predict", question);
            session.answer(
                    answer,
                    () -> session.say(session.ink().bold(Answers.text(answer, "prediction")) + "  "
                            + Answers.text(answer, "model") + "  " + Answers.text(answer, "source") + "  "
                            + session.ink().dim(Answers.text(answer, "request_id"))));
        }
        return Exit.DONE;
    }
}
