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
import java.util.Optional;
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

    @Option(names = "--json", description = "One JSON document instead of a table.")
    private boolean json;

    @Option(names = "--report", paramLabel = "FILE.html", description = "Also writes a page with plots.")
    private Optional<Path> report = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private GarchCommand() {}

    @Override
    public Integer call() throws IOException {
        Series series = options.read(spec.commandLine(), List.of(file)).getFirst();
        VolatilityFit fit = fit(form, series);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Estimates.json(series, fit));
        } else {
            out.println(series.text());
            Estimates.print(out, fit);
        }
        out.flush();
        if (report.isPresent()) {
            Page page = Page.of("Volatility of " + series.name(), series.text());
            Plots.section(page, series, fit);
            Plots.write(report.get(), page);
        }
        return 0;
    }

    static VolatilityFit fit(VolatilityForm form, Series series) {
        try {
            return VolatilityEstimator.fit(form, series.values());
        } catch (IllegalArgumentException e) {
            throw RefusedException.because(series.name() + ": " + e.getMessage());
        }
    }
}
