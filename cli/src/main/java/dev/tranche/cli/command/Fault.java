package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `tranche fault`
@Command(description = "Make a version slow or failing; only on a server started with --test-faults.")
final class Fault extends Action {
    @Parameters(paramLabel = "VERSION", description = "The version to disturb.")
    private String version = "";

    @Option(
            names = "--delay-ms",
            paramLabel = "MS",
            defaultValue = "0",
            description = "Milliseconds added to each answer.")
    private int delayMillis;

    @Option(
            names = "--error-share",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "Share of answers that fail, 0 to 1.")
    private double errorShare;

    @Option(names = "--remaining", paramLabel = "N", description = "Only the next N answers.")
    private @Nullable Long remaining;

    Fault(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("version", version)
                .put("delay_ms", delayMillis)
                .put("error_share", errorShare);
        if (remaining != null) {
            body.put("remaining", remaining);
        }
        JsonNode answer = session.server().post("/api/v1/faults", body);
        boolean none = delayMillis == 0 && errorShare == 0;
        return session.answer(
                answer,
                () -> session.say(none ? "No fault in " + version + " any more." : "Fault set in " + version + "."));
    }
}
