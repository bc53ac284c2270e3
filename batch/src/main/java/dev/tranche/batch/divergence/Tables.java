package dev.tranche.batch.divergence;

import dev.tranche.batch.divergence.read.Market;
import dev.tranche.batch.divergence.read.Span;
import dev.tranche.batch.divergence.report.ParameterText;
import dev.tranche.batch.report.Texts;
import dev.tranche.market.study.Acceptance;
import dev.tranche.market.study.Calibration;
import dev.tranche.market.study.CellFinding;
import dev.tranche.market.study.CellFinding.Measured;
import dev.tranche.market.study.CellFinding.TooSmall;
import dev.tranche.market.study.Findings;
import dev.tranche.market.study.FoldFinding;
import dev.tranche.market.study.PlaceboFindings;
import dev.tranche.market.study.PlaceboFindings.Illusion;
import dev.tranche.market.study.PlaceboFindings.PlaceboCell;
import java.io.PrintWriter;
import java.util.Locale;

/// The tables of a study as text. For one thread.
final class Tables {
    private static final String ROW = "%-26s %7s %8s %17s %8s %8s %10s %10s %8s %8s%n";

    private final PrintWriter out;

    private Tables(PrintWriter out) {
        this.out = out;
    }

    static Tables on(PrintWriter out) {
        return new Tables(out);
    }

    /// All of a study.
    void study(Evidence evidence) {
        for (Market market : evidence.markets()) {
            out.printf(
                    Locale.ROOT,
                    "%s: %,d bars of %s, %s to %s%n",
                    market.symbol(),
                    market.bars().size(),
                    Span.text(market.intervalMillis()),
                    Texts.minute(market.bars().getFirst().openMillis()),
                    Texts.minute(market.bars().getLast().closeMillis()));
        }
        findings(evidence.findings());
        folds(evidence.findings());
        placebo(evidence.placebo());
        acceptance(evidence.calibration());
        Conclusion conclusion = Conclusion.of(evidence.findings(), evidence.placebo(), evidence.trials());
        out.printf("%n%s%n", conclusion.verdict().text());
        conclusion.sentences().forEach(out::println);
    }

    void acceptance(Calibration calibration) {
        Acceptance acceptance = calibration.acceptance();
        out.printf("%nacceptance of %s, %s%n", calibration.cell(), acceptance.met() ? "met" : "not met");
        for (Acceptance.Point point : acceptance.points()) {
            out.printf(
                    "  %-14s %-22s %-8s %s%n",
                    point.name(), point.required(), point.met() ? "met" : "not met", point.found());
        }
    }

    void findings(Findings findings) {
        out.printf(
                Locale.ROOT,
                "%,d events at %s; %,d without a direction, %,d whose outcome is not known to the end%n",
                findings.events(),
                ParameterText.of(findings.parameters()),
                findings.conflicts(),
                findings.unfinished());
        for (int horizon : findings.settings().horizons()) {
            out.printf(
                    Locale.ROOT,
                    "%nacc@%d: the price %d bars after the bar that confirmed, %s bp for the round trip%n",
                    horizon,
                    horizon,
                    Texts.plain(Math.rint(findings.settings().costs().roundTrip() * 1e6) / 100));
            out.printf(ROW, "cell", "n", "acc", "95 %", "chance", "p", "gross", "net", "rho", "p(rho)");
            findings.cells().stream().filter(cell -> cell.horizon() == horizon).forEach(this::cell);
        }
    }

    private void cell(CellFinding found) {
        switch (found) {
            case Measured cell ->
                out.printf(
                        ROW,
                        cell.cell(),
                        cell.n(),
                        Texts.percent(cell.hitRate()),
                        Texts.percent(cell.accuracy().low()) + " .. "
                                + Texts.percent(cell.accuracy().high()),
                        Texts.percent(cell.chance()),
                        Texts.chance(cell.p()),
                        Texts.basisPoints(cell.gross()),
                        Texts.basisPoints(cell.net()),
                        Texts.signed(cell.spearman().rho()),
                        Texts.chance(cell.spearmanP()));
            case TooSmall cell -> out.printf("%-26s %7d %s%n", cell.cell(), cell.n(), cell);
        }
    }

    void folds(Findings findings) {
        if (findings.folds().isEmpty()) {
            out.printf(
                    "%nno walk-forward: the bars are too few to be cut into %d stretches%n",
                    findings.settings().folds());
            return;
        }
        out.printf("%nstretch by stretch%n");
        for (FoldFinding fold : findings.folds()) {
            for (CellFinding found : fold.cells()) {
                String what = switch (found) {
                    case Measured cell ->
                        Texts.percent(cell.hitRate()) + " of " + cell.n() + ", net " + Texts.basisPoints(cell.net());
                    case TooSmall cell -> cell.toString();
                };
                out.printf(
                        "  %s to %s  %-14s acc@%-3d %s%n",
                        Texts.minute(fold.fold().testFromMillis()),
                        Texts.minute(fold.fold().testToMillis()),
                        found.cell(),
                        found.horizon(),
                        what);
            }
        }
    }

    void placebo(PlaceboFindings placebo) {
        out.printf("%nplacebo: what the same detector says where there is nothing to find, seed %d%n", placebo.seed());
        out.printf(
                "%-20s %-26s %7s %8s %8s %19s  %s%n",
                "control", "cell", "horizon", "n", "acc", Texts.percent(placebo.level()) + " band", "");
        for (PlaceboCell found : placebo.cells()) {
            switch (found) {
                case PlaceboCell.Judged cell ->
                    out.printf(
                            "%-20s %-26s %7d %8d %8s %19s  %s%n",
                            word(cell.control()),
                            cell.cell(),
                            cell.horizon(),
                            cell.n(),
                            Texts.percent(cell.hitRate()),
                            Texts.percent(cell.band().low()) + " .. "
                                    + Texts.percent(cell.band().high()),
                            cell.within() ? "within" : "OUTSIDE");
                case PlaceboCell.TooSmall cell ->
                    out.printf(
                            "%-20s %-26s %7d %8d %s%n",
                            word(cell.control()), cell.cell(), cell.horizon(), cell.n(), cell);
            }
        }
        for (Illusion illusion : placebo.illusions()) {
            out.printf(
                    "%-20s %-26s %7d %8d %8s %19s  %s%n",
                    word(illusion.control()),
                    "timed from the pivot",
                    illusion.horizon(),
                    illusion.n(),
                    Texts.percent(illusion.hitRate()),
                    "",
                    "illusion: nobody could know it then");
        }
        out.printf("placebo %s%n", word(placebo.verdict()));
    }

    private static String word(PlaceboFindings.Control control) {
        return switch (control) {
            case RANDOM_WALK -> "random walk";
            case SHUFFLED_INDICATORS -> "shuffled in time";
        };
    }

    private static String word(PlaceboFindings.Verdict verdict) {
        return switch (verdict) {
            case WITHIN -> "WITHIN its band: the detector finds nothing where there is nothing";
            case OUTSIDE ->
                "OUTSIDE its band: the detector finds something where there is nothing, so what it finds elsewhere says nothing";
            case UNMEASURED ->
                "UNMEASURED: a control had no cell with enough events, and nothing measured is never a pass";
        };
    }
}
