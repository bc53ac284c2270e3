package dev.tranche.batch.market.series;

import dev.tranche.batch.file.RefusedException;
import dev.tranche.batch.report.Curves;
import dev.tranche.batch.report.Page;
import dev.tranche.market.volatility.CorrelationErrors;
import dev.tranche.market.volatility.CovarianceTerms;
import dev.tranche.market.volatility.DynamicCorrelation;
import dev.tranche.market.volatility.VolatilityForm;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `tranche market dcc FILE FILE...`: correlations that move, and the hedges that follow from them.
@Command(
        name = "dcc",
        description = "Estimates how the correlation of series moves, and how to hedge one with another.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class DccCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            arity = "2..*",
            description = "Prices or returns as CSV, plain or gzipped, with times; matched by them.")
    private List<Path> files = List.of();

    @Option(
            names = "--form",
            paramLabel = "FORM",
            defaultValue = "garch",
            converter = FormWord.class,
            description = "Of each volatility: garch, gjr or egarch (${DEFAULT-VALUE}).")
    private VolatilityForm form = VolatilityForm.GARCH;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SeriesOptions options;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ResultOptions results;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private DccCommand() {}

    @Override
    public Integer call() throws IOException {
        List<Series> series = options.read(spec.commandLine(), files);
        DynamicCorrelation fit = fit(series);
        CorrelationErrors errors = CorrelationErrors.of(fit, values(series));
        results.tell(
                spec.commandLine().getOut(),
                () -> json(series, fit, errors),
                out -> print(out, series, fit, errors),
                () -> page(series, fit, errors));
        return 0;
    }

    private DynamicCorrelation fit(List<Series> series) {
        try {
            return DynamicCorrelation.fit(form, values(series));
        } catch (IllegalArgumentException e) {
            throw RefusedException.because(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private static double[][] values(List<Series> series) {
        return series.stream().map(Series::values).toArray(double[][]::new);
    }

    private static void print(PrintWriter out, List<Series> series, DynamicCorrelation fit, CorrelationErrors errors) {
        for (int i = 0; i < series.size(); i++) {
            out.println(series.get(i).text());
            Estimates.print(out, fit.volatilities().get(i));
        }
        out.println("correlations");
        out.println("  " + dynamics(fit));
        out.println("  " + words(errors));
        for (Pair pair : Pair.of(series, fit)) {
            out.println("  " + pair.text());
        }
    }

    private static String dynamics(DynamicCorrelation fit) {
        DynamicCorrelation.CorrelationTerms terms = fit.terms();
        return String.format(
                Locale.ROOT,
                "a %s, b %s, a + b %s; log-likelihood %.4f, of which correlations add %.4f",
                Estimates.digits(terms.a()),
                Estimates.digits(terms.b()),
                Estimates.digits(terms.a() + terms.b()),
                terms.logLikelihood(),
                terms.added());
    }

    private static String words(CorrelationErrors errors) {
        return switch (errors) {
            case CorrelationErrors.Found(CorrelationErrors.Pair both, CorrelationErrors.Pair alone, int lags) ->
                String.format(
                        Locale.ROOT,
                        "errors: a %s, b %s, of both steps, robust, over %d lags (a %s, b %s by the second alone)",
                        Estimates.digits(both.a()),
                        Estimates.digits(both.b()),
                        lags,
                        Estimates.digits(alone.a()),
                        Estimates.digits(alone.b()));
            case CorrelationErrors.Refused(String reason) -> "no errors of a and b: " + reason;
        };
    }

    private static ObjectNode json(CorrelationErrors errors) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        switch (errors) {
            case CorrelationErrors.Found(CorrelationErrors.Pair both, CorrelationErrors.Pair alone, int lags) -> {
                Estimates.put(node, "a", both.a());
                Estimates.put(node, "b", both.b());
                ObjectNode second = node.putObject("second_step_alone");
                Estimates.put(second, "a", alone.a());
                Estimates.put(second, "b", alone.b());
                node.put("lags", lags);
            }
            case CorrelationErrors.Refused(String reason) -> node.put("refused", reason);
        }
        return node;
    }

    private static ObjectNode json(List<Series> series, DynamicCorrelation fit, CorrelationErrors errors) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode volatilities = node.putArray("volatilities");
        for (int i = 0; i < series.size(); i++) {
            volatilities.add(Estimates.json(series.get(i), fit.volatilities().get(i)));
        }
        Estimates.put(node, "a", fit.terms().a());
        Estimates.put(node, "b", fit.terms().b());
        node.set("errors", json(errors));
        Estimates.put(node, "log_likelihood", fit.terms().logLikelihood());
        Estimates.put(node, "correlations_add", fit.terms().added());
        ArrayNode pairs = node.putArray("pairs");
        Pair.of(series, fit).forEach(pair -> pairs.add(pair.json()));
        CovarianceTerms start = fit.start();
        ObjectNode live = node.putObject("live");
        live.put("form", start.form().name().toLowerCase(Locale.ROOT));
        live.set("parameters", Estimates.rows(start.parameters()));
        live.set("presample", Estimates.row(start.presample()));
        live.put("a", start.a());
        live.put("b", start.b());
        live.set("mean", Estimates.rows(start.mean()));
        return node;
    }

    private static Page page(List<Series> series, DynamicCorrelation fit, CorrelationErrors errors) {
        String names = String.join(", ", series.stream().map(Series::name).toList());
        Page page = Page.of("Correlations of " + names, series.getFirst().text());
        page.open("correlations", "Correlations");
        page.words(dynamics(fit) + "; " + words(errors) + ".");
        List<Curves.Series> lines = new ArrayList<>();
        List<String> kinds = List.of("net", "gross", "price");
        for (Pair pair : Pair.of(series, fit)) {
            page.soft(pair.text());
            lines.add(Plots.line(
                    pair.name(),
                    kinds.get(lines.size() % kinds.size()),
                    series.getFirst(),
                    fit.correlations(pair.one(), pair.other())));
        }
        page.plot(Plots.curves("Correlations given what came before", series.getFirst(), lines, false, ""));
        page.close();
        for (int i = 0; i < series.size(); i++) {
            Plots.section(page, series.get(i), fit.volatilities().get(i));
        }
        return page;
    }
}
