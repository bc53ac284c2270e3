package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.MisuseException;
import dev.tranche.cli.Session;
import dev.tranche.cli.screen.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `tranche explain [FILE]`
@Command(description = "Why applications would be answered as they would, or why a past decision came out as it did.")
final class Explain extends Action {
    private static final Pattern DECISION = Pattern.compile("d[0-9]+-[0-9a-z]+");

    @Mixin
    private final Questions questions = new Questions();

    @Option(
            names = "--decision",
            paramLabel = "ID",
            defaultValue = "",
            description = "A past decision instead; exit code 1 when it does not come out as it was recorded.")
    private String decision = "";

    @Mixin
    private final Addressee addressee = new Addressee();

    Explain(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        if (!decision.isEmpty()) {
            ObjectNode question = JsonNodeFactory.instance.objectNode().put("decision_id", decision);
            JsonNode answer = ask(session, question);
            return Answers.text(answer, "verdict").equals("EXACT") ? Exit.DONE : Exit.REFUSED;
        }
        String named = questions.named();
        if (DECISION.matcher(named).matches() && Files.notExists(session.world().resolve(Path.of(named)))) {
            throw MisuseException.because(
                    "there is no file " + named + "; a past decision is asked for with --decision=" + named);
        }
        for (ObjectNode question : questions.read(session)) {
            addressee.fill(question);
            ask(session, question);
        }
        return Exit.DONE;
    }

    private static JsonNode ask(Session session, ObjectNode question) {
        JsonNode answer = session.server().post("/explain", question);
        session.answer(answer, () -> tell(session, answer));
        return answer;
    }

    private static void tell(Session session, JsonNode answer) {
        session.say(String.join(
                "  ",
                List.of(
                        session.ink().bold(Answers.text(answer.path("model"), "name")),
                        Answers.text(answer, "decision"),
                        "score " + Answers.text(answer, "score"),
                        Answers.text(answer, "verdict"))));
        String sign = answer.path("direction").asInt(1) < 0 ? " - " : " + ";
        session.say("  margin " + Answers.text(answer, "margin") + " = base " + Answers.text(answer, "base") + sign
                + "the parts, by " + Answers.text(answer, "method"));
        session.say(session.ink().dim("  against " + Answers.text(answer, "reference")));
        Table table = Table.of("part", "feature", "columns");
        for (JsonNode line : answer.path("contributions")) {
            table.row(part(line), Answers.text(line, "name"), columns(line));
        }
        int room = Math.max(20, session.world().screen().columns() - 2);
        table.lines(session.ink(), room).forEach(line -> session.say("  " + line));
        for (JsonNode reason : answer.path("reasons")) {
            session.say("  " + Answers.text(reason, "code") + "  " + Answers.text(reason, "text"));
        }
    }

    private static String part(JsonNode line) {
        return String.format(Locale.ROOT, "%+.6f", line.path("part").asDouble());
    }

    /// The columns of a feature that the transform made more than one of, or something else.
    private static String columns(JsonNode line) {
        StringBuilder columns = new StringBuilder();
        for (JsonNode column : line.path("columns")) {
            String name = Answers.text(column, "column");
            if (!name.equals(Answers.text(line, "name"))) {
                columns.append(columns.isEmpty() ? "" : ", ")
                        .append(name)
                        .append(' ')
                        .append(part(column));
            }
        }
        return columns.toString();
    }
}
