package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import dev.tranche.cli.evidence.EvidenceFile;
import dev.tranche.cli.evidence.Finding;
import dev.tranche.cli.http.RefusedException;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `tranche evidence verify FILE`
@Command(
        description =
                "Check an evidence file without a server: every event has its hash and follows from the one before.")
final class EvidenceVerify extends Action {
    @Parameters(paramLabel = "FILE", description = "Written by `tranche evidence ID --out FILE`; - is standard input.")
    private Path file = Path.of("");

    EvidenceVerify(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        Finding finding = EvidenceFile.check(Documents.json(Documents.text(session.world(), file), file.toString()));
        return switch (finding) {
            case Finding.Intact intact -> {
                ObjectNode json = JsonNodeFactory.instance
                        .objectNode()
                        .put("verdict", "INTACT")
                        .put("events", intact.events())
                        .put("gaps", intact.gaps())
                        .put("head", intact.head());
                session.answer(json, () -> tell(session, intact));
                yield Exit.DONE;
            }
            case Finding.Broken broken ->
                throw RefusedException.because(
                        "evidence_broken", file + " was changed: event " + broken.event() + ": " + broken.reason());
            case Finding.NoEvidence none ->
                throw RefusedException.because("no_evidence", file + " is no evidence file: " + none.reason());
        };
    }

    private static void tell(Session session, Finding.Intact intact) {
        session.say(session.ink().green("INTACT") + "  " + intact.events() + " events, each with its hash"
                + (intact.gaps() == 0
                        ? " and each following from the one before"
                        : "; " + intact.gaps() + " gaps where events about other subjects lie between"));
        session.say("The last is " + intact.head() + "; the server's journal must hold it.");
    }
}
