package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import dev.tranche.cli.http.Client;
import dev.tranche.cli.screen.Table;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `tranche divergence backups`: the times one can go back to.
@Command(description = "The times one can go back to, newest first: route and configuration as the journal has them.")
final class DivergenceBackups extends Action {
    @Option(names = "--product", paramLabel = "PRODUCT", description = "Needed only where there are several.")
    private @Nullable String product;

    DivergenceBackups(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        String asked = product == null ? "" : "?product=" + Client.escaped(product);
        JsonNode answer = session.server().get("/api/v1/backups" + asked);
        return session.answer(answer, () -> {
            Table table = Table.of("TIMESTAMP", "LIVE", "ON TRIAL", "CONFIGURATION", "WHY");
            Answers.items(answer)
                    .forEach(backup -> table.row(
                            Answers.text(backup, "timestamp"),
                            values(backup.path("live")),
                            values(backup.path("moving")),
                            configurations(backup.path("configurations")),
                            Answers.text(backup, "why")));
            session.show(table, "Nothing to go back to yet.");
        });
    }

    private static String values(JsonNode slots) {
        return slots.isEmpty()
                ? "-"
                : String.join(", ", slots.valueStream().map(JsonNode::asString).toList());
    }

    private static String configurations(JsonNode kept) {
        return kept.isEmpty()
                ? "-"
                : String.join(
                        ", ",
                        kept.valueStream()
                                .map(each -> Answers.text(each, "sender") + " "
                                        + Answers.shortened(Answers.text(each, "digest")))
                                .toList());
    }
}
