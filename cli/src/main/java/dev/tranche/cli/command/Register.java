package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import dev.tranche.cli.http.Client;
import dev.tranche.cli.screen.Verdict;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `tranche register FOLDER|FILE`
@Command(
        description = "Check a version and store it: an artifact folder, an MLflow model folder, policy.yaml or"
                + " parameters.yaml. Nothing goes live by this.")
final class Register extends Action {
    @Parameters(paramLabel = "PATH", description = "The folder, or policy.yaml or parameters.yaml.")
    private Path path = Path.of("");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The version's name, for an MLflow folder, which has none of ours.")
    private String name = "";

    Register(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        byte[] archive = Archive.of(session.world().resolve(path));
        String door = "/api/v1/versions" + (name.isEmpty() ? "" : "?name=" + Client.escaped(name));
        JsonNode version = session.server().post(door, archive, "application/zip");
        return session.answer(version, () -> tell(session, version));
    }

    private static void tell(Session session, JsonNode version) {
        for (JsonNode check : version.path("checks")) {
            Verdict verdict = Verdict.of(Answers.text(check, "verdict"));
            String detail = Answers.text(check, "detail");
            session.say(verdict.label(session.ink()) + "  " + Answers.text(check, "name")
                    + (detail.isEmpty() ? "" : ": " + detail));
        }
        session.say(session.ink().bold(Answers.text(version, "name")) + " is " + Answers.text(version, "state")
                + ", digest " + Answers.shortened(Answers.text(version, "digest")));
    }
}
