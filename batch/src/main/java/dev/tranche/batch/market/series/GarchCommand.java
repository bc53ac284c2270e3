package dev.tranche.batch.market.series;

import dev.tranche.batch.file.RefusedException;
import dev.tranche.batch.report.Page;
import dev.tranche.market.volatility.VolatilityEstimator;
import dev.tranche.market.volatility.VolatilityFit;
import dev.tranche.market.volatility.VolatilityForm;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tranche market garch FILE`: a volatility by maximum likelihood, with errors of three kinds.
@Command(
        name = "garch",
        description = "Estimates how the volatility of a series moves.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class GarchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "1", description = "Prices or returns as CSV, plain or gzipped.")
    private Path file = Path.of("");

    @Option(
            names = "--form",
            paramLabel = "FORM",
            defaultValue = "garch",
            converter = FormWord.class,
            description = "garch, gjr or egarch (${DEFAULT-VALUE}).")
    private VolatilityForm form = VolatilityForm.GARCH;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SeriesOptions options;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ResultOptions results;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private GarchCommand() {}

    @Override
    public Integer call() throws IOException {
        Series series = options.read(spec.commandLine(), List.of(file)).getFirst();
        VolatilityFit fit = fit(form, series);
        results.tell(
                spec.commandLine().getOut(), () -> Estimates.json(series, fit), out -> print(out, series, fit), () -> {
                    Page page = Page.of("Volatility of " + series.name(), series.text());
                    Plots.section(page, series, fit);
                    return page;
                });
        return 0;
    }

    private static void print(PrintWriter out, Series series, VolatilityFit fit) {
        out.println(series.text());
        Estimates.print(out, fit);
    }

    static VolatilityFit fit(VolatilityForm form, Series series) {
        try {
            return VolatilityEstimator.fit(form, series.values());
        } catch (IllegalArgumentException e) {
            throw RefusedException.because(series.name() + ": " + e.getMessage());
        }
    }
}
