package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.MisuseException;
import dev.tranche.cli.Session;
import dev.tranche.cli.watch.Watch;
import java.time.Duration;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tranche rollout watch ID`
@Command(
        description = "Look on until the rollout ends: a live view on a terminal, a line for each change in a pipe."
                + " Exit code 0 when it completed, 1 when it came back.")
final class RolloutWatch extends Action {
    @Parameters(paramLabel = "ID", description = "The rollout.")
    private String id = "";

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "How often to look, 0.1 to 3600; ${DEFAULT-VALUE} when left out.")
    private double every = 1;

    RolloutWatch(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        if (!(every >= 0.1 && every <= 3600)) {
            throw MisuseException.because("--every must be within 0.1..3600 seconds: " + every);
        }
        return Watch.of(session, id, Duration.ofMillis(Math.round(every * 1000)))
                .run();
    }
}
