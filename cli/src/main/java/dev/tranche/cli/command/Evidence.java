package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.MisuseException;
import dev.tranche.cli.Session;
import dev.tranche.cli.http.Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `tranche evidence ID`
@Command(description = "The evidence file of a rollout: checklist, gates with their numbers, approvals, digests.")
final class Evidence extends Action {
    @Parameters(paramLabel = "ID", arity = "0..1", defaultValue = "", description = "The rollout.")
    private String id = "";

    @Option(names = "--out", paramLabel = "FILE", description = "Write it there; printed when left out.")
    private @Nullable Path out;

    Evidence(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        if (id.isEmpty()) {
            throw MisuseException.because("name a rollout, or verify a file: tranche evidence verify FILE");
        }
        JsonNode evidence = session.server().get("/api/v1/rollouts/" + Client.escaped(id) + "/evidence");
        if (out == null) {
            session.say(session.json() ? evidence.toString() : evidence.toPrettyString());
            return Exit.DONE;
        }
        Path file = session.world().resolve(out);
        try {
            Files.writeString(file, evidence.toPrettyString() + "\n");
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot write " + file, refused);
        }
        session.say("Written to " + out + ". Check it without a server: tranche evidence verify " + out);
        return Exit.DONE;
    }
}
