package dev.tranche.batch.divergence;

import dev.tranche.batch.divergence.read.Market;
import dev.tranche.market.study.Findings;
import dev.tranche.market.study.Settings;
import dev.tranche.market.study.Study;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private StudyCommand() {}

    @Override
    public Integer call() throws IOException {
        CommandLine command = spec.commandLine();
        Settings how = settings.settings(command);
        ParameterOptions.Chosen chosen = parameters.chosen(command);
        List<Market> markets = files.read(command);
        Study study = Study.on(Prepared.bars(markets), how);
        Findings findings = study.findings(study.pass(chosen.parameters()));
        PrintWriter out = command.getOut();
        Tables tables = Tables.on(out);
        tables.findings(findings);
        tables.folds(findings);
        out.flush();
        return 0;
    }
}
