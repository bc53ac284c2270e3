package dev.tranche.examples.credit;

import picocli.CommandLine.Command;

/// `tranche examples …`: what the examples can do besides the demo.
@Command(
        name = "examples",
        description = "Rebuild what the examples ship.",
        mixinStandardHelpOptions = true,
        subcommands = Train.class)
public final class Examples {
    Examples() {}
}
