package dev.tranche.batch.divergence;

import dev.tranche.batch.divergence.read.Market;
import dev.tranche.market.study.Settings;
import java.io.IOException;
import java.io.PrintWriter;
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

/// `tranche divergence study`: one parameter set on recorded markets, and the placebo beside it.
@Command(
        name = "study",
        description = "What one parameter set was worth: accuracy from confirmation, return after costs, placebo.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class StudyCommand implements Callable<Integer> {
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

    @Option(names = "--out", paramLabel = "FOLDER", description = "Where study.json and report.html are written.")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--calibrate",
            paramLabel = "NAME",
            description = "Also writes calibration.yaml of this name; needs --out.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--json", description = "One JSON document instead of tables.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private StudyCommand() {}

    @Override
    public Integer call() throws IOException {
        CommandLine command = spec.commandLine();
        if (name.isPresent() && folder.isEmpty()) {
            throw new CommandLine.ParameterException(command, "--calibrate needs a folder: --out FOLDER");
        }
        Optional<CalibrationTerms> terms =
                name.isPresent() ? Optional.of(calibration.terms(command, name.get())) : Optional.empty();
        Settings how = settings.settings(command);
        ParameterOptions.Chosen chosen = parameters.chosen(command);
        long trials = calibration.trials(command, chosen.trials());
        List<Market> markets = files.read(command);
        Evidence evidence = Evidence.of(markets, chosen.parameters(), how, trials);
        PrintWriter out = command.getOut();
        if (json) {
            out.println(StudyJson.document(evidence));
        } else {
            Tables.on(out).study(evidence);
        }
        out.flush();
        if (folder.isPresent()) {
            StudyFolder.write(folder.get(), evidence, terms, command.getErr());
        }
        return 0;
    }
}
