package dev.tranche.batch.divergence;

import dev.tranche.batch.divergence.read.Market;
import dev.tranche.market.study.Placebo;
import dev.tranche.market.study.PlaceboFindings;
import dev.tranche.market.study.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `tranche divergence placebo`: the detector where there is nothing to find. Leaves with 0 only when every
/// cell of both controls lies within the band.
@Command(
        name = "placebo",
        description = "What the detector finds where there is nothing: random walks, and indicators shuffled in time.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class PlaceboCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private MarketOptions files;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ParameterOptions parameters;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SettingsOptions settings;

    @Option(names = "--json", description = "One JSON document instead of the table.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private PlaceboCommand() {}

    @Override
    public Integer call() throws IOException {
        CommandLine command = spec.commandLine();
        Settings how = settings.settings(command);
        ParameterOptions.Chosen chosen = parameters.chosen(command);
        List<Market> markets = files.read(command);
        PlaceboFindings placebo = Placebo.run(Evidence.bars(markets), chosen.parameters(), how, how.seed());
        PrintWriter out = command.getOut();
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(StudyJson.placebo(placebo)));
        } else {
            Tables.on(out).placebo(placebo);
        }
        out.flush();
        return placebo.verdict() == PlaceboFindings.Verdict.WITHIN ? 0 : 1;
    }
}
