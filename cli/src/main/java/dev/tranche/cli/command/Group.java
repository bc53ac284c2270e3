package dev.tranche.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A noun: it does nothing but hold its verbs.
@Command(mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND")
final class Group implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    private Group() {}

    static CommandLine of(String description) {
        CommandLine line = new CommandLine(new Group());
        line.getCommandSpec().usageMessage().description(description);
        return line;
    }

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not say what was parsed");
        }
        throw new ParameterException(
                spec.commandLine(),
                "Say what to do with it: "
                        + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
