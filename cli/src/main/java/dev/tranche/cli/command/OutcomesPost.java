package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `tranche outcomes post FILE`
@Command(
        description =
                "Say what became of decisions. FILE is CSV with the headings decision_id or loan_id, outcome (0 good,"
                        + " 1 bad) and perhaps observed_at and product; or JSON, a list or one object a line.")
final class OutcomesPost extends Action {
    /// Outcomes in one request: small enough to answer at once, large enough that a million take minutes.
    private static final int BATCH = 500;

    @Parameters(paramLabel = "FILE", description = "CSV or JSON; - is standard input.")
    private Path file = Path.of("");

    @Option(
            names = "--product",
            paramLabel = "PRODUCT",
            defaultValue = "",
            description = "The product, where a line names none.")
    private String product = "";

    OutcomesPost(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        List<ObjectNode> outcomes = OutcomeFile.read(Documents.text(session.world(), file), file.toString());
        outcomes.forEach(outcome -> Questions.fill(outcome, "product", product));
        Tally tally = post(session, outcomes);
        ObjectNode answer = tally.json();
        session.answer(answer, () -> {
            session.say(tally.accepted + " accepted, " + tally.duplicates + " duplicates, " + tally.unknown.size()
                    + " unknown");
            tally.unknown.stream().limit(10).forEach(unknown -> session.say("  unknown: " + unknown.asString()));
        });
        return tally.unknown.isEmpty() ? Exit.DONE : Exit.REFUSED;
    }

    private static Tally post(Session session, List<ObjectNode> outcomes) {
        Tally tally = new Tally();
        if (!session.world().screen().terminal()) {
            batches(outcomes).forEach(batch -> tally.add(batch(session, batch)));
            return tally;
        }
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("outcomes")
                .setInitialMax(outcomes.size())
                .setMaxRenderedLength(Math.max(40, session.world().screen().columns()))
                .build()) {
            for (List<ObjectNode> batch : batches(outcomes)) {
                tally.add(batch(session, batch));
                bar.stepBy(batch.size());
            }
        }
        return tally;
    }

    private static JsonNode batch(Session session, List<ObjectNode> batch) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("outcomes").addAll(batch);
        return session.server().post("/api/v1/outcomes", body);
    }

    private static List<List<ObjectNode>> batches(List<ObjectNode> outcomes) {
        List<List<ObjectNode>> batches = new ArrayList<>();
        for (int from = 0; from < outcomes.size(); from += BATCH) {
            batches.add(outcomes.subList(from, Math.min(outcomes.size(), from + BATCH)));
        }
        return batches;
    }

    /// The answers to all batches, summed. One writer.
    private static final class Tally {
        private long accepted;
        private long duplicates;
        private final List<JsonNode> unknown = new ArrayList<>();

        void add(JsonNode answer) {
            accepted += answer.path("accepted").asLong(0);
            duplicates += answer.path("duplicates").asLong(0);
            answer.path("unknown").forEach(unknown::add);
        }

        ObjectNode json() {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("accepted", accepted).put("duplicates", duplicates);
            ArrayNode list = node.putArray("unknown");
            unknown.forEach(list::add);
            return node;
        }
    }
}
