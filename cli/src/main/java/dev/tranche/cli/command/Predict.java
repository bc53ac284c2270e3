package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `tranche predict [FILE]`
@Command(description = "Ask a model for its bare prediction: one JSON object, a list, or one a line.")
final class Predict extends Action {
    @Mixin
    private final Questions questions = new Questions();

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
        for (ObjectNode question : questions.read(session)) {
            Questions.fill(question, "model_id", model);
            Questions.fill(question, "unit", unit);
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
