package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import dev.tranche.cli.screen.Table;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `tranche rollout list`
@Command(description = "Rollouts, the newest first.")
final class RolloutList extends Action {
    @Option(names = "--product", paramLabel = "PRODUCT", defaultValue = "", description = "Only this product.")
    private String product = "";

    RolloutList(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        JsonNode answer = session.server().get("/api/v1/rollouts");
        return session.answer(
                answer, () -> session.show(table(answer), "No rollouts yet: tranche rollout start FILE."));
    }

    private Table table(JsonNode answer) {
        Table table = Table.of("id", "product", "candidate", "strategy", "state", "stage");
        for (JsonNode rollout : Answers.items(answer)) {
            if (product.isEmpty() || Answers.text(rollout, "product").equals(product)) {
                table.row(
                        Answers.text(rollout, "id"),
                        Answers.text(rollout, "product"),
                        Answers.text(rollout, "candidate"),
                        Answers.text(rollout, "strategy"),
                        Answers.text(rollout, "state"),
                        stage(rollout.path("stage")));
            }
        }
        return table;
    }

    private static String stage(JsonNode stage) {
        double index = Answers.number(stage, "index");
        double count = Answers.number(stage, "count");
        if (Double.isNaN(index) || Double.isNaN(count)) {
            return "-";
        }
        return Math.min((int) index + 1, (int) count) + " of " + (int) count + " " + Answers.text(stage, "mode");
    }
}
