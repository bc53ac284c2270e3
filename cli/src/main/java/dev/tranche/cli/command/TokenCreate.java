package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `tranche token create`
@Command(description = "Make a token; it is shown once.")
final class TokenCreate extends Action {
    /// What a token may do: separate rights, of which ADMIN is all.
    enum Role {
        PREDICT,
        VIEW,
        OPERATE,
        MEASURE,
        APPROVE,
        ADMIN
    }

    @Option(
            names = "--name",
            paramLabel = "NAME",
            required = true,
            description = "Whose it is, as it appears in histories.")
    private String name = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            required = true,
            split = ",",
            description = "${COMPLETION-CANDIDATES}, in small or capital letters; several with commas.")
    private List<Role> roles = List.of();

    TokenCreate(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", name);
        ArrayNode words = body.putArray("roles");
        roles.forEach(role -> words.add(role.name().toLowerCase(Locale.ROOT)));
        JsonNode answer = session.server().post("/api/v1/tokens", body);
        return session.answer(answer, () -> session.say(Answers.text(answer, "token", "secret")));
    }
}
