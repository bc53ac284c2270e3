package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `tranche score [FILE]`
@Command(description = "Score applications: one JSON object, a list, or one a line.")
final class Score extends Action {
    @Mixin
    private final Questions questions = new Questions();

    @Mixin
    private final Addressee addressee = new Addressee();

    @Option(
            names = "--loan-id",
            paramLabel = "ID",
            defaultValue = "",
            description = "The application, where the request names none; else one is made up.")
    private String loanId = "";

    Score(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        for (ObjectNode question : questions.read(session)) {
            addressee.fill(question);
            Questions.fill(question, "loan_id", loanId.isEmpty() ? "cli-" + UUID.randomUUID() : loanId);
            JsonNode answer = session.server().post("/score", question);
            session.answer(answer, () -> tell(session, answer));
        }
        return Exit.DONE;
    }

    private static void tell(Session session, JsonNode answer) {
        String decision = Answers.text(answer, "decision");
        String painted = switch (decision) {
            case "APPROVE" -> session.ink().green(decision);
            case "DECLINE" -> session.ink().red(decision);
            default -> session.ink().yellow(decision);
        };
        session.say(String.join(
                "  ",
                List.of(
                        session.ink().bold(Answers.text(answer, "loan_id")),
                        painted,
                        "score " + Answers.text(answer, "score"),
                        Answers.text(answer, "risk_level"),
                        Answers.text(answer, "model_version"),
                        Answers.text(answer, "latency_ms") + " ms",
                        Answers.text(answer, "source"))));
        for (JsonNode reason : answer.path("reasons")) {
            session.say("  " + Answers.text(reason, "code") + "  " + Answers.text(reason, "text"));
        }
        note(session, answer, "missing");
        note(session, answer, "defaulted");
        session.say(session.ink().dim("  decision " + Answers.text(answer, "decision_id")));
    }

    private static void note(Session session, JsonNode answer, String name) {
        if (!answer.path(name).isEmpty()) {
            session.say("  " + name + ": " + Answers.text(answer, name));
        }
    }
}
