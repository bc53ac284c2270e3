package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/// One command: asks the server (or a file) and prints the answer. Options are fields that picocli fills
/// before `call`.
@Command(mixinStandardHelpOptions = true)
abstract class Action implements Callable<Integer> {
    private final Supplier<Session> sessions;

    Action(Supplier<Session> sessions) {
        this.sessions = sessions;
    }

    abstract Exit run(Session session);

    @Override
    public final Integer call() {
        return run(sessions.get()).code();
    }
}
