package dev.tranche.batch;

import dev.tranche.batch.divergence.DivergenceCommand;
import dev.tranche.batch.file.RefusedException;
import dev.tranche.batch.market.MarketCommand;
import dev.tranche.batch.parity.ParityCommand;
import java.io.IOException;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The commands that work on files: `parity`, `divergence`, `market`.
@Command(
        name = "tranche",
        description = "Works on files on this machine.",
        mixinStandardHelpOptions = true,
        subcommands = {ParityCommand.class, DivergenceCommand.class, MarketCommand.class})
public final class Main {
    private Main() {}

    /// Runs the command of these words and leaves with its exit code: 0 done, 1 refused or failed, 2 usage.
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /// The exit code of the command of these words.
    public static int run(String... arguments) {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((broken, command, words) -> refused(broken, command))
                .execute(arguments);
    }

    /// What the user can mend is told in a line; anything else is our fault and keeps its trace.
    private static int refused(Exception broken, CommandLine command) throws Exception {
        switch (broken) {
            case RefusedException refused -> command.getErr().println("refused: " + refused.getMessage());
            case FileSystemException file ->
                command.getErr().println("refused: cannot use the file " + file.getMessage());
            case IOException io -> command.getErr().println("refused: reading or writing failed: " + io.getMessage());
            default -> throw broken;
        }
        command.getErr().flush();
        return 1;
    }
}
