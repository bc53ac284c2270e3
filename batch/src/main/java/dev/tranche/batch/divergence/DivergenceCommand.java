package dev.tranche.batch.divergence;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `tranche divergence`: what divergences were worth on recorded markets.
@Command(
        name = "divergence",
        description = "Studies of divergences on files; run, preflight and rollback belong to the engine.",
        mixinStandardHelpOptions = true,
        subcommands = {StudyCommand.class, TuneCommand.class, PlaceboCommand.class, CalibrateCommand.class})
public final class DivergenceCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private DivergenceCommand() {}

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say which: study, tune, placebo, calibrate, run, preflight or rollback");
    }
}
