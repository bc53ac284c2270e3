package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import dev.tranche.cli.http.Client;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `tranche rollout promote|pause|resume|abort|rollback|approve ID --reason TEXT`: one person's word on a
/// rollout.
@Command
final class RolloutVerb extends Action {
    /// What a person can say.
    enum Verb {
        PROMOTE("Go on to the next stage now."),
        PAUSE("Stay where it is; guards keep watching."),
        RESUME("Go on after a pause."),
        ABORT("Give up the rollout; the candidate takes no more traffic."),
        ROLLBACK("Return to the version before, also after completion."),
        APPROVE("Give one of the approvals a stage asks for.");

        private final String description;

        Verb(String description) {
            this.description = description;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        String description() {
            return description;
        }
    }

    private final Verb verb;

    @Parameters(paramLabel = "ID", description = "The rollout.")
    private String id = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; it is kept for ever.")
    private String reason = "";

    RolloutVerb(Supplier<Session> sessions, Verb verb) {
        super(sessions);
        this.verb = verb;
    }

    @Override
    Exit run(Session session) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("reason", reason);
        JsonNode rollout = session.server().post("/api/v1/rollouts/" + Client.escaped(id) + "/" + verb.word(), body);
        return session.answer(
                rollout, () -> session.say("Rollout " + id + " is " + Answers.text(rollout, "state") + "."));
    }
}
