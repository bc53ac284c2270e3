package dev.tranche.examples;

import dev.tranche.examples.credit.Examples;
import dev.tranche.examples.demo.Demo;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The main class behind `tranche demo` and `tranche examples …`.
@Command(
        name = "tranche",
        mixinStandardHelpOptions = true,
        subcommands = {Demo.class, Examples.class})
public final class Main {
    private Main() {}

    /// Exits with 0 (done), 1 (a promise was not kept), 2 (usage).
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
