package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.MisuseException;
import dev.tranche.cli.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `tranche divergence rollback --type emergency|full --reason TEXT`: seed 003's two ways back.
@Command(description = "Take the candidate off for all symbols at once, or go back to how things were at a time.")
final class DivergenceRollback extends Action {
    /// How far back.
    enum Type {
        /// The candidate off, what was in force before in force again.
        emergency,
        /// Route and configuration as they were at a time.
        full
    }

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            required = true,
            description = "emergency: the candidate off; full: as it was at --backup-timestamp.")
    private @Nullable Type type;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; it is kept for ever.")
    private String reason = "";

    @Option(
            names = "--backup-timestamp",
            paramLabel = "TIME",
            description = "For full: one that tranche divergence backups lists.")
    private @Nullable String timestamp;

    @Option(names = "--product", paramLabel = "PRODUCT", description = "Needed only where there are several.")
    private @Nullable String product;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "For full: the engine's file here, which gets the text of that time.")
    private @Nullable Path config;

    @Option(names = "--sender", paramLabel = "NAME", description = "Whose configuration, where several were kept.")
    private @Nullable String sender;

    DivergenceRollback(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        if (type == Type.full && timestamp == null) {
            throw MisuseException.because(
                    "a full rollback needs --backup-timestamp; tranche divergence backups lists them");
        }
        if (type == Type.emergency && (timestamp != null || config != null)) {
            throw MisuseException.because("an emergency takes the candidate off and nothing else: leave "
                    + (timestamp != null ? "--backup-timestamp" : "--config") + " out, or say --type full");
        }
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("type", String.valueOf(type))
                .put("reason", reason);
        if (timestamp != null) {
            body.put("backup_timestamp", timestamp);
        }
        if (product != null) {
            body.put("product", product);
        }
        JsonNode outcome = session.server().post("/api/v1/rollback", body);
        String written = config == null ? "" : written(session, config, outcome);
        return session.answer(outcome, () -> tell(session, outcome, written));
    }

    private static void tell(Session session, JsonNode outcome, String written) {
        String ended = Answers.text(outcome, "rolled_back");
        session.say(
                outcome.path("changed").asBoolean(false)
                        ? "Rolled back" + (ended.isEmpty() ? "." : ": " + ended + ".")
                        : "Nothing to roll back: it is so already.");
        JsonNode live = outcome.path("live");
        session.say(
                live.isEmpty()
                        ? "Nothing is live for " + Answers.text(outcome, "product") + " now."
                        : "Live for " + Answers.text(outcome, "product") + " now: "
                                + String.join(
                                        ", ",
                                        live.valueStream()
                                                .map(JsonNode::asString)
                                                .toList()) + ".");
        if (!written.isEmpty()) {
            session.say(written);
        } else {
            outcome.path("configurations")
                    .forEach(each -> session.say("The configuration of " + Answers.text(each, "sender")
                            + " was then that of " + Answers.text(each, "at") + " ("
                            + Answers.shortened(Answers.text(each, "digest"))
                            + "); run this there again with --config " + Answers.text(each, "file")
                            + " to bring it back."));
        }
    }

    /// Replaces the engine's file as a whole, so that it reads the old or the new one; what stood there
    /// stays beside it.
    private String written(Session session, Path file, JsonNode outcome) {
        List<JsonNode> kept = Answers.items(outcome.path("configurations")).stream()
                .filter(each -> sender == null || sender.equals(Answers.text(each, "sender")))
                .toList();
        if (kept.size() != 1) {
            throw MisuseException.because(
                    kept.isEmpty()
                            ? "the route is as it was, and no configuration of that time was kept: " + file + " stays"
                            : "the route is as it was, and several configurations were kept; say which with --sender: "
                                    + String.join(
                                            ", ",
                                            kept.stream()
                                                    .map(each -> Answers.text(each, "sender"))
                                                    .toList()));
        }
        String text = Answers.text(kept.getFirst(), "text");
        Path target = session.world().resolve(file);
        Path beside = target.resolveSibling(target.getFileName() + ".replaced");
        Path next = target.resolveSibling(target.getFileName() + ".next");
        try {
            if (Files.exists(target) && Files.readString(target).equals(text)) {
                return file + " is as it was then already.";
            }
            Files.writeString(next, text);
            if (Files.exists(target)) {
                Files.copy(target, beside, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException refused) {
            throw new UncheckedIOException("the route is as it was, and " + target + " cannot be written", refused);
        }
        return file + " is as it was then; what stood there is kept in " + file + ".replaced.";
    }
}
