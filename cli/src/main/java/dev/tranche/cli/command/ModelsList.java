package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import dev.tranche.cli.screen.Table;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `tranche models list`
@Command(description = "Versions of every kind, with their state.")
final class ModelsList extends Action {
    @Option(names = "--product", paramLabel = "PRODUCT", defaultValue = "", description = "Only this product.")
    private String product = "";

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            defaultValue = "",
            description = "Only this kind: model, policy, ...")
    private String kind = "";

    ModelsList(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        JsonNode answer = session.server().get("/api/v1/versions");
        return session.answer(
                answer, () -> session.show(table(session, answer), "No versions yet: tranche register FOLDER."));
    }

    private Table table(Session session, JsonNode answer) {
        Table table = Table.of("version", "kind", "state", "digest", "registered");
        for (JsonNode version : Answers.items(answer)) {
            boolean wanted =
                    (product.isEmpty() || Answers.text(version, "product").equals(product))
                            && (kind.isEmpty() || Answers.text(version, "kind").equalsIgnoreCase(kind));
            if (wanted) {
                table.row(
                        Answers.text(version, "name", "id"),
                        Answers.text(version, "kind"),
                        Answers.text(version, "state", "status"),
                        Answers.shortened(Answers.text(version, "digest")),
                        session.moment(Answers.text(version, "registered_at", "at")));
            }
        }
        return table;
    }
}
