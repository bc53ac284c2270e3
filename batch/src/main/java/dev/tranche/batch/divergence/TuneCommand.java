package dev.tranche.batch.divergence;

import dev.tranche.batch.divergence.read.FileFacts;
import dev.tranche.batch.divergence.read.Market;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.study.Pass;
import dev.tranche.market.study.Settings;
import dev.tranche.market.study.Study;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `tranche divergence tune`: every parameter set of a grid in every cell, judged as so many trials. A run
/// that was killed goes on where it was.
@Command(
        name = "tune",
        description = "Tries a grid of parameters in every cell, and says what the best of so many trials is worth.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class TuneCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private MarketOptions files;

    @Option(
            names = "--grid",
            paramLabel = "NAME=V,V,...",
            arity = "1..*",
            description = "Values of a parameter; several. The seed's 3 x 3 x 3 of swing_L, z_hi, z_mid when left out.")
    private List<String> grid = new ArrayList<>();

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ParameterOptions parameters;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SettingsOptions settings;

    @Option(names = "--threads", paramLabel = "N", description = "As many as there are cores when left out.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description =
                    "Where trials.log, tune.json and best.yaml are kept (${DEFAULT-VALUE}); a run that was killed goes on"
                            + " from there.",
            defaultValue = "tune")
    private Path folder = Path.of("tune");

    @Option(names = "--json", description = "One JSON document instead of tables.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private TuneCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        CommandLine command = spec.commandLine();
        if (threads < 1) {
            throw new ParameterException(command, "--threads must be at least 1: " + threads);
        }
        Settings how = settings.settings(command);
        List<Parameters> sets = sets(command);
        List<Market> markets = files.read(command);
        Study study = Study.on(Evidence.bars(markets), how);
        Files.createDirectories(folder);
        TuneFindings findings = TuneFindings.of(markets, study, passes(command, study, markets, sets));
        String document = TuneJson.document(findings, how);
        Files.writeString(folder.resolve("tune.json"), document + "\n");
        Optional<String> best = TuneJson.best(findings);
        if (best.isPresent()) {
            Files.writeString(folder.resolve("best.yaml"), best.get());
        }
        PrintWriter out = command.getOut();
        if (json) {
            out.println(document);
        } else {
            TuneTables.on(out).print(findings, how);
        }
        out.flush();
        return 0;
    }

    private List<Parameters> sets(CommandLine command) throws IOException {
        Parameters others = parameters.chosen(command).parameters();
        try {
            return (grid.isEmpty() ? GridText.SEED : GridText.parse(grid)).sets(others);
        } catch (IllegalArgumentException unusable) {
            throw new ParameterException(command, String.valueOf(unusable.getMessage()), unusable);
        }
    }

    private List<Pass> passes(CommandLine command, Study study, List<Market> markets, List<Parameters> sets)
            throws IOException, InterruptedException {
        try (TrialLog log = TrialLog.open(folder.resolve("trials.log"), identity(study.settings(), markets))) {
            int known = (int) sets.stream()
                    .filter(set -> log.result(Search.name(set)) != null)
                    .count();
            if (known > 0) {
                command.getErr().println("going on: " + known + " of " + sets.size() + " parameter sets are there");
                command.getErr().flush();
            }
            try (Progress progress =
                    Progress.of("tune", sets.size(), known, Boolean.getBoolean("tranche.terminal"), command.getErr())) {
                return Search.run(study, sets, log, threads, progress);
            }
        }
    }

    /// What decides the result of a parameter set: the bars and how outcomes are made of them.
    private static String identity(Settings settings, List<Market> markets) {
        String bars = markets.stream()
                .map(market -> market.symbol() + "@" + market.intervalMillis() + ":"
                        + market.files().stream().map(FileFacts::sha256).collect(Collectors.joining("+")) + ":"
                        + market.bars().size())
                .collect(Collectors.joining(","));
        return CalibrationYaml.DETECTOR + " horizons="
                + settings.horizons().toString().replace(" ", "") + " zone=" + settings.zone() + " " + bars;
    }
}
