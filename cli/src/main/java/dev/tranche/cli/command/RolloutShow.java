package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import dev.tranche.cli.http.Client;
import dev.tranche.cli.watch.Frame;
import dev.tranche.cli.watch.RolloutState;
import dev.tranche.cli.watch.Traffic;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `tranche rollout show ID`
@Command(description = "One rollout as it stands: stage, gates, guards, checklist, history.")
final class RolloutShow extends Action {
    @Parameters(paramLabel = "ID", description = "The rollout.")
    private String id = "";

    RolloutShow(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        JsonNode rollout = session.server().get("/api/v1/rollouts/" + Client.escaped(id));
        return session.answer(rollout, () -> {
            RolloutState state = RolloutState.of(rollout);
            int columns = Math.min(120, session.world().screen().columns());
            Frame frame = Frame.of(session.ink(), columns, session::moment);
            frame.lines(state, Traffic.NONE).forEach(session::say);
            List<String> checklist = frame.checklist(state);
            checklist.forEach(session::say);
        });
    }
}
