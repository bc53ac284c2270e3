package dev.tranche.batch.market.series;

import dev.tranche.batch.file.RefusedException;
import dev.tranche.batch.report.Page;
import dev.tranche.market.regime.BarFeatures;
import dev.tranche.market.regime.GaussianHmm;
import dev.tranche.market.regime.HmmErrors;
import dev.tranche.market.regime.HmmEstimator;
import dev.tranche.market.regime.HmmTerms;
import dev.tranche.market.regime.RegimeFilter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGeneratorFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The regimes of a series: a model, and what its forward filter said at each time.
final class Regimes {
    private static final int MOST_STEPS = 300;
    private static final double TOLERANCE = 1e-4;
    /// Returns of prices come in per cent; a detector looks at logarithms themselves.
    private static final double PER_CENT = 100;

    private final Series series;
    private final Terms terms;
    private final int trained;
    private final HmmEstimator.Fit fit;
    private final HmmErrors errors;
    private final double[][] filtered;

    /// How regimes are estimated.
    ///
    /// @param states of the model
    /// @param window returns whose deviation is the second feature
    /// @param train share of the series that the model is estimated from
    /// @param starts of the search
    /// @param seed of its chance
    record Terms(int states, int window, double train, int starts, long seed) {}

    private Regimes(
            Series series, Terms terms, int trained, HmmEstimator.Fit fit, HmmErrors errors, double[][] filtered) {
        this.series = series;
        this.terms = terms;
        this.trained = trained;
        this.fit = fit;
        this.errors = errors;
        this.filtered = filtered;
    }

    static Regimes of(Series series, Terms terms) {
        double[][] observed = observed(series, terms.window());
        int trained = (int) (terms.train() * observed.length);
        HmmTerms how = new HmmTerms(terms.states(), false, false, terms.starts(), MOST_STEPS, TOLERANCE);
        double[][] known = Arrays.copyOf(observed, trained);
        HmmEstimator.Fit fit;
        try {
            fit = HmmEstimator.fit(
                    known, how, RandomGeneratorFactory.of("L64X128MixRandom").create(terms.seed()));
        } catch (IllegalArgumentException e) {
            throw RefusedException.because(series.name() + ": " + e.getMessage());
        }
        RegimeFilter filter = RegimeFilter.of(fit.model());
        double[][] filtered = new double[observed.length][];
        for (int t = 0; t < observed.length; t++) {
            filter.on(observed[t]);
            filtered[t] = filter.probabilities();
        }
        return new Regimes(series, terms, trained, fit, HmmErrors.of(fit.model(), known, how), filtered);
    }

    private static double[][] observed(Series series, int window) {
        BarFeatures features = BarFeatures.of(window);
        List<double[]> observed = new ArrayList<>();
        for (double each : series.returns()) {
            if (features.add(series.prices() ? each / PER_CENT : each)) {
                observed.add(features.values().clone());
            }
        }
        return observed.toArray(double[][]::new);
    }

    private double[] shares() {
        double[] shares = new double[terms.states()];
        for (double[] each : filtered) {
            shares[likeliest(each)] += 1.0 / filtered.length;
        }
        return shares;
    }

    private static int likeliest(double[] probabilities) {
        int most = 0;
        for (int i = 1; i < probabilities.length; i++) {
            most = probabilities[i] > probabilities[most] ? i : most;
        }
        return most;
    }

    void print(PrintWriter out) {
        GaussianHmm model = fit.model();
        out.println(series.text());
        out.println("  " + summary());
        out.printf(
                "  %-6s %14s %14s %14s %14s %10s%n",
                "state", "mean return", "deviation", "window's", "bars it lasts", "share");
        double[] shares = shares();
        for (int i = 0; i < terms.states(); i++) {
            out.printf(
                    Locale.ROOT,
                    "  %-6d %14s %14s %14s %14s %9.1f%%%n",
                    i,
                    Estimates.digits(model.means().get(i).get(0)),
                    Estimates.digits(Math.sqrt(model.covariances().get(i).get(0).get(0))),
                    Estimates.digits(model.means().get(i).get(1)),
                    Estimates.digits(1 / (1 - model.move().get(i).get(i))),
                    100 * shares[i]);
        }
        out.println("  moves from (row) to");
        for (int i = 0; i < terms.states(); i++) {
            out.print("  " + String.format("%-6d", i));
            model.move().get(i).forEach(each -> out.print(String.format(Locale.ROOT, " %14.6f", each)));
            out.println();
        }
        RegimeErrors.print(out, fit.model(), errors);
        StringBuilder now = new StringBuilder("  now");
        for (int i = 0; i < terms.states(); i++) {
            now.append(String.format(Locale.ROOT, " %14.6f", filtered[filtered.length - 1][i]));
        }
        out.println(now);
        out.println("  Probabilities are those of the forward filter: no time knows what came after it"
                + (trained < filtered.length
                        ? ", and the model was estimated before the last " + (filtered.length - trained) + " of them."
                        : "; the model itself was estimated from all of them (--train)."));
    }

    private String summary() {
        return String.format(
                Locale.ROOT,
                "%d states of return and deviation of %d returns; log-likelihood %.4f of %d observations, %d steps%s",
                terms.states(),
                terms.window(),
                fit.logLikelihood(),
                trained,
                fit.steps(),
                fit.settled() ? "" : ", still gaining when they were spent");
    }

    ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("series", series.name());
        node.put("column", series.column());
        node.put("observations", filtered.length);
        node.put("trained", trained);
        node.put("log_likelihood", fit.logLikelihood());
        node.put("settled", fit.settled());
        ObjectNode detector = node.putObject("detector");
        detector.put("window", terms.window());
        detector.set("start", Estimates.row(fit.model().start()));
        detector.set("move", Estimates.rows(fit.model().move()));
        detector.set("means", Estimates.rows(fit.model().means()));
        ArrayNode covariances = detector.putArray("covariances");
        fit.model().covariances().forEach(each -> covariances.add(Estimates.rows(each)));
        node.set("errors", RegimeErrors.json(errors));
        ArrayNode shares = node.putArray("shares");
        for (double each : shares()) {
            shares.add(each);
        }
        ArrayNode now = node.putArray("now");
        for (double each : filtered[filtered.length - 1]) {
            now.add(each);
        }
        return node;
    }

    Page page() {
        Page page = Page.of("Regimes of " + series.name(), series.text());
        page.open("regimes", "Regimes");
        page.words(summary() + ".");
        List<List<Page.Cell>> rows = new ArrayList<>();
        double[] shares = shares();
        for (int i = 0; i < terms.states(); i++) {
            rows.add(List.of(
                    Page.Cell.of(Integer.toString(i)),
                    Page.Cell.number(Estimates.digits(fit.model().means().get(i).get(1))),
                    Page.Cell.number(
                            Estimates.digits(1 / (1 - fit.model().move().get(i).get(i)))),
                    Page.Cell.number(String.format(Locale.ROOT, "%.1f %%", 100 * shares[i]))));
        }
        page.table(
                List.of(
                        Page.Cell.of("state"),
                        Page.Cell.number("deviation"),
                        Page.Cell.number("bars it lasts"),
                        Page.Cell.number("share of the time")),
                rows);
        RegimeErrors.show(page, fit.model(), errors);
        page.soft(
                "Each probability uses what was seen up to its time, never what came after (forward filter). Drawn are"
                        + " means of stretches of time.");
        Series shown = last();
        page.plot(Plots.curves(
                "Returns",
                shown,
                List.of(Plots.line("return", "gross", shown, shown.values())),
                true,
                series.prices() ? " %" : ""));
        for (int i = 0; i < terms.states(); i++) {
            int state = i;
            double[] probability =
                    Arrays.stream(filtered).mapToDouble(each -> each[state]).toArray();
            page.plot(Plots.curves(
                    "Probability of state " + i,
                    shown,
                    List.of(Plots.mean("state " + i, "net", shown, probability)),
                    true,
                    ""));
        }
        page.close();
        return page;
    }

    /// The returns that have a whole window behind them.
    private Series last() {
        int skipped = series.returns().size() - filtered.length;
        return new Series(
                series.name(),
                series.column(),
                series.prices(),
                series.times().isEmpty()
                        ? List.of()
                        : series.times().subList(skipped, series.times().size()),
                series.returns().subList(skipped, series.returns().size()));
    }
}
