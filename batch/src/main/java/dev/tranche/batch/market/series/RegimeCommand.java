package dev.tranche.batch.market.series;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tranche market regime FILE`: calm and wild times of a series, as a live filter would have seen them.
@Command(
        name = "regime",
        description = "Estimates the regimes of a series; says of each time only what was known then.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class RegimeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "1", description = "Prices or returns as CSV, plain or gzipped.")
    private Path file = Path.of("");

    @Option(
            names = "--states",
            paramLabel = "N",
            defaultValue = "3",
            description = "Regimes, 2..10 (${DEFAULT-VALUE}).")
    private int states = 3;

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "15",
            description = "Returns whose deviation is the second feature, 2..10000 (${DEFAULT-VALUE}).")
    private int window = 15;

    @Option(
            names = "--train",
            paramLabel = "SHARE",
            defaultValue = "1",
            description = "The model is estimated from this first share of the series, above 0 to 1"
                    + " (${DEFAULT-VALUE}); what comes after is filtered with it.")
    private double train = 1;

    @Option(
            names = "--starts",
            paramLabel = "N",
            defaultValue = "3",
            description = "Places the search begins from, 1..100 (${DEFAULT-VALUE}).")
    private int starts = 3;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the starts drawn by chance (${DEFAULT-VALUE}).")
    private long seed = 1;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SeriesOptions options;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ResultOptions results;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private RegimeCommand() {}

    @Override
    public Integer call() throws IOException {
        CommandLine command = spec.commandLine();
        within(command, "--states", states, 2, 10);
        within(command, "--window", window, 2, 10_000);
        within(command, "--starts", starts, 1, 100);
        if (!(train > 0 && train <= 1)) {
            throw new ParameterException(command, "--train must be above 0 and at most 1: " + train);
        }
        Series series = options.read(command, List.of(file)).getFirst();
        Regimes regimes = Regimes.of(series, new Regimes.Terms(states, window, train, starts, seed));
        results.tell(command.getOut(), regimes::json, regimes::print, regimes::page);
        return 0;
    }

    private static void within(CommandLine command, String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(command, name + " must be within " + least + ".." + most + ": " + value);
        }
    }
}
