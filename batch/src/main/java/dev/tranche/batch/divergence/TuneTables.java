package dev.tranche.batch.divergence;

import dev.tranche.batch.divergence.report.ParameterText;
import dev.tranche.batch.report.Texts;
import dev.tranche.market.study.CellFinding;
import dev.tranche.market.study.CellFinding.Measured;
import dev.tranche.market.study.CellFinding.TooSmall;
import dev.tranche.market.study.GridFindings;
import dev.tranche.market.study.GridFindings.Best;
import dev.tranche.market.study.GridFindings.Step;
import dev.tranche.market.study.Settings;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/// The tables of a search as text. For one thread.
final class TuneTables {
    private static final double DEFLATED = 0.95;
    private static final double SIGNIFICANCE = 0.05;

    private final PrintWriter out;

    private TuneTables(PrintWriter out) {
        this.out = out;
    }

    static TuneTables on(PrintWriter out) {
        return new TuneTables(out);
    }

    void print(TuneFindings findings, Settings settings) {
        out.printf(
                Locale.ROOT,
                "%,d parameter sets x %,d cells = %,d trials%n",
                findings.sets(),
                findings.trials() / findings.sets(),
                findings.trials());
        for (GridFindings found : findings.together()) {
            together(found, settings);
            cells(findings, found.horizon());
        }
    }

    private void together(GridFindings found, Settings settings) {
        out.printf(
                Locale.ROOT,
                "%nacc@%d: %,d of %,d trials have the %d events that a number needs%n",
                found.horizon(),
                found.measured(),
                found.trials(),
                settings.minimum());
        if (found.best().isEmpty()) {
            out.printf("n too small everywhere: nothing is said%n");
            return;
        }
        Best best = found.best().get();
        out.printf(
                "best by Sharpe ratio: %s in %s, %s%n",
                ParameterText.of(best.parameters()), best.finding().cell(), sentence(best.finding()));
        out.printf(
                Locale.ROOT,
                "  Sharpe %.3f a period, where the best of %,d worthless trials is expected to show %.3f: deflated Sharpe %.3f (%.2f is asked for)%n",
                best.sharpe(),
                found.trials(),
                best.expectedMaximum(),
                best.deflatedSharpe(),
                DEFLATED);
        out.printf(
                "  White's reality check p %s; Hansen's test for superior ability p %s (%s to %s); best accuracy of all p %s%n",
                Texts.chance(found.realityCheckP()),
                Texts.chance(found.superior().consistent()),
                Texts.chance(found.superior().lower()),
                Texts.chance(found.superior().upper()),
                Texts.chance(found.accuracyP()));
        out.printf("  %s%n", verdict(found, best));
        steps(found);
    }

    /// In words, what the best of so many is worth.
    static String verdict(GridFindings found, Best best) {
        boolean stands = best.deflatedSharpe() >= DEFLATED
                && found.superior().consistent() < SIGNIFICANCE
                && found.accuracyP() < SIGNIFICANCE;
        return stands
                ? "the best of the grid is better than the best of so many accidents"
                : "no edge: the best of the grid is what the best of so many accidents looks like";
    }

    private void steps(GridFindings found) {
        if (found.walkForward().isEmpty()) {
            out.printf("  no walk-forward: the bars are too few to be cut into stretches%n");
        }
        for (Step step : found.walkForward()) {
            String what = step.chosen()
                    .map(chosen -> ParameterText.of(chosen) + " in "
                            + step.found()
                                    .map(cell -> cell.cell() + ": " + sentence(cell))
                                    .orElse("no cell"))
                    .orElse("no trial had enough events on the past");
            out.printf(
                    "  chosen before %s, tested to %s: %s%n",
                    Texts.minute(step.fold().testFromMillis()),
                    Texts.minute(step.fold().testToMillis()),
                    what);
        }
    }

    private static String sentence(CellFinding found) {
        return switch (found) {
            case Measured cell ->
                Texts.percent(cell.hitRate()) + " of " + cell.n() + ", net " + Texts.basisPoints(cell.net());
            case TooSmall few -> few.toString();
        };
    }

    private void cells(TuneFindings findings, int horizon) {
        out.printf(
                "%nbest of each cell%n%-22s %6s %8s %8s %10s %10s %9s  %s%n",
                "cell", "n", "acc", "p", "p paid", "net", "deflated", "parameters");
        for (TuneFindings.BestOfCell cell : findings.cells()) {
            if (cell.found().horizon() == horizon) {
                row(cell, findings.trials());
            }
        }
    }

    private void row(TuneFindings.BestOfCell cell, long trials) {
        Optional<Best> best = cell.found().best();
        if (best.isPresent() && best.get().finding() instanceof Measured found) {
            out.printf(
                    "%-22s %6d %8s %8s %10s %10s %9s  %s%n",
                    cell.cell(),
                    found.n(),
                    Texts.percent(found.hitRate()),
                    Texts.chance(found.p()),
                    Texts.chance(Math.min(1, found.p() * trials)),
                    Texts.basisPoints(found.net()),
                    Texts.chance(best.get().deflatedSharpe()),
                    ParameterText.of(best.get().parameters()));
        } else {
            out.printf("%-22s n too small with every parameter set%n", cell.cell());
        }
    }
}
