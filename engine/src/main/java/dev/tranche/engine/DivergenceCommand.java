package dev.tranche.engine;

import picocli.CommandLine.Command;

/// The divergence detector as a process, and what is asked before it is started.
@Command(
        name = "divergence",
        description = "Detects divergences on live and recorded markets.",
        subcommands = {RunCommand.class, PreflightCommand.class},
        mixinStandardHelpOptions = true)
final class DivergenceCommand {
    private DivergenceCommand() {}
}
