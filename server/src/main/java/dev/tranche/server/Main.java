package dev.tranche.server;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The server's command line.
@Command(
        name = "tranche",
        description = "Takes a trained model from a file to money, safely.",
        subcommands = {ServeCommand.class},
        mixinStandardHelpOptions = true)
public final class Main {
    private Main() {}

    /// Runs a command; the process ends with its exit code.
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
