package dev.tranche.batch.divergence;

import dev.tranche.batch.divergence.read.Market;
import dev.tranche.market.study.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tranche divergence calibrate NAME`: a study whose point is the folder that is registered. Leaves with 1,
/// and without a calibration, when the placebo is not within its band.
@Command(
        name = "calibrate",
        description = "Writes the folder of a calibration, if the placebo allows it: register it like any version.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class CalibrateCommand implements Callable<Integer> {
    @CommandLine.Parameters(
            paramLabel = "NAME",
            description = "Of the version, {product}_{type}_v{major}.{minor}, such as btcusdt_divergence_v1.0.")
    private String name = "";

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private MarketOptions files;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ParameterOptions parameters;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SettingsOptions settings;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private CalibrationOptions calibration;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where it is written; a folder of the name when left out.")
    private Optional<Path> folder = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private CalibrateCommand() {}

    @Override
    public Integer call() throws IOException {
        CommandLine command = spec.commandLine();
        CalibrationTerms terms = calibration.terms(command, name);
        Settings how = settings.settings(command);
        ParameterOptions.Chosen chosen = parameters.chosen(command);
        long trials = calibration.trials(command, chosen.trials());
        List<Market> markets = files.read(command);
        Evidence evidence = Evidence.of(markets, chosen.parameters(), how, trials);
        Tables.on(command.getOut()).acceptance(evidence.calibration());
        command.getOut().flush();
        StudyFolder.write(folder.orElse(Path.of(name)), evidence, Optional.of(terms), command.getErr());
        return 0;
    }
}
