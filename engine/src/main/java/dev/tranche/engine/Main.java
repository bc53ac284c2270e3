package dev.tranche.engine;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The commands that start a trading process on this machine.
@Command(
        name = "tranche",
        description = "Runs trading processes.",
        subcommands = {DivergenceCommand.class, MarketCommand.class},
        mixinStandardHelpOptions = true)
public final class Main {
    private Main() {}

    /// Runs the command of these words and leaves with its exit code: 0 done, 1 refused or failed, 2 usage.
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /// The exit code of the command of these words.
    public static int run(String... arguments) {
        return new CommandLine(new Main()).execute(arguments);
    }
}
