package dev.tranche.batch.divergence.report;

import dev.tranche.batch.divergence.report.Intervals.Row;
import dev.tranche.batch.report.Page;
import dev.tranche.batch.report.Page.Cell;
import dev.tranche.batch.report.Page.Tone;
import dev.tranche.batch.report.Texts;
import dev.tranche.market.study.Acceptance;
import dev.tranche.market.study.Calibration;
import dev.tranche.market.study.CellFinding;
import dev.tranche.market.study.CellFinding.Measured;
import dev.tranche.market.study.CellFinding.TooSmall;
import dev.tranche.market.study.FoldFinding;
import dev.tranche.market.study.HorizonCalibration;
import dev.tranche.market.study.PlaceboFindings;
import dev.tranche.market.study.PlaceboFindings.Control;
import dev.tranche.market.study.PlaceboFindings.Illusion;
import dev.tranche.market.study.PlaceboFindings.PlaceboCell;
import java.util.ArrayList;
import java.util.List;

/// The sections of a study's report, in the order a reader asks: is there anything, where, may I believe it,
/// what would it have earned, does it last. For one thread.
final class StudyPage {
    private final Page page;

    StudyPage(Page page) {
        this.page = page;
    }

    void accuracy(StudyView view) {
        page.open("accuracy", "Accuracy by bucket, and the placebo beside it");
        page.soft(
                "Share of events after which the price went the way announced, counted from the bar that confirmed, with"
                        + " its 95 % interval. The dashed line is chance. Beside it the same detector on random walks, where nothing is"
                        + " to be found: each dot must lie in its grey band.");
        for (int horizon : view.findings().settings().horizons()) {
            Intervals found = found(view, horizon);
            Intervals walk = beside(view, horizon);
            page.openPair();
            page.column("What was found, " + horizon + " bars after", found.besides(walk));
            page.column("Placebo, random walk, " + horizon + " bars after", walk.besides(found));
            page.closePair();
        }
        table(view);
        page.close();
    }

    private static Intervals found(StudyView view, int horizon) {
        List<Row> rows = new ArrayList<>();
        for (CellFinding cell : view.findings().cells()) {
            if (cell.horizon() == horizon) {
                rows.add(row(cell.cell().toString(), cell.cell().isTotal() ? "whole" : "part", cell));
            }
        }
        return Intervals.of("Accuracy by bucket at " + horizon + " bars", rows);
    }

    private static Row row(String label, String kind, CellFinding found) {
        return switch (found) {
            case TooSmall few ->
                new Row(label, kind, Double.NaN, 0, 0, Double.NaN, Double.NaN, "n " + few.n() + " too small");
            case Measured cell ->
                new Row(
                        label,
                        kind,
                        cell.hitRate(),
                        cell.accuracy().low(),
                        cell.accuracy().high(),
                        Double.NaN,
                        Double.NaN,
                        "n " + cell.n());
        };
    }

    /// The placebo of the cells that were found, in their order, on the random walk.
    private static Intervals beside(StudyView view, int horizon) {
        List<Row> rows = new ArrayList<>();
        for (CellFinding cell : view.findings().cells()) {
            if (cell.horizon() == horizon) {
                view.placebo().cells().stream()
                        .filter(walk -> walk.control() == Control.RANDOM_WALK
                                && walk.horizon() == horizon
                                && walk.cell().equals(cell.cell()))
                        .forEach(walk -> rows.add(row(walk)));
            }
        }
        return Intervals.of("Placebo on random walks at " + horizon + " bars", rows);
    }

    /// What a control shows in the cells with enough events, and as an illusion.
    private void control(PlaceboFindings placebo, Control control, int horizon) {
        List<Row> rows = new ArrayList<>();
        List<String> few = new ArrayList<>();
        for (PlaceboCell found : placebo.cells()) {
            if (found.control() == control && found.horizon() == horizon) {
                switch (found) {
                    case PlaceboCell.Judged judged -> rows.add(row(judged));
                    case PlaceboCell.TooSmall small -> few.add(small.cell() + " (" + small.n() + ")");
                }
            }
        }
        for (Illusion illusion : placebo.illusions()) {
            if (illusion.control() == control && illusion.horizon() == horizon && illusion.n() > 0) {
                double rate = illusion.hitRate();
                rows.add(new Row(
                        "timed from the pivot", "illusion", rate, rate, rate, Double.NaN, Double.NaN, "illusion"));
            }
        }
        page.heading(word(control) + ", " + horizon + " bars after");
        if (!rows.isEmpty()) {
            page.plot(Intervals.of("Placebo, " + word(control) + ", at " + horizon + " bars", rows));
        }
        if (!few.isEmpty()) {
            page.soft("n too small: " + String.join(", ", few) + ".");
        }
    }

    private static Row row(PlaceboCell found) {
        String label = found.cell().toString();
        return switch (found) {
            case PlaceboCell.TooSmall few ->
                new Row(label, "placebo", Double.NaN, 0, 0, Double.NaN, Double.NaN, "n " + few.n() + " too small");
            case PlaceboCell.Judged cell ->
                new Row(
                        label,
                        "placebo",
                        cell.hitRate(),
                        cell.hitRate(),
                        cell.hitRate(),
                        cell.band().low(),
                        cell.band().high(),
                        "n " + cell.n());
        };
    }

    private void table(StudyView view) {
        List<Cell> head = List.of(
                Cell.of("cell"),
                Cell.number("bars"),
                Cell.number("n"),
                Cell.number("acc"),
                Cell.number("95 %"),
                Cell.number("chance"),
                Cell.number("p"),
                Cell.number("gross"),
                Cell.number("net"),
                Cell.number("rho"),
                Cell.number("p(rho)"));
        page.heading("The same as figures");
        page.table(
                head, view.findings().cells().stream().map(StudyPage::figures).toList());
    }

    private static List<Cell> figures(CellFinding found) {
        List<Cell> row = new ArrayList<>(List.of(
                Cell.of(found.cell().toString()),
                Cell.number(Integer.toString(found.horizon())),
                Cell.number(Integer.toString(found.n()))));
        switch (found) {
            case TooSmall few -> row.add(new Cell("n too small", "few num", Tone.PLAIN));
            case Measured cell -> {
                row.add(Cell.number(Texts.percent(cell.hitRate())));
                row.add(Cell.number(
                        Texts.range(cell.accuracy().low(), cell.accuracy().high())));
                row.add(Cell.number(Texts.percent(cell.chance())));
                row.add(Cell.number(Texts.chance(cell.p())));
                row.add(Cell.number(Texts.basisPoints(cell.gross())));
                row.add(Cell.number(Texts.basisPoints(cell.net())));
                row.add(Cell.number(Texts.signed(cell.spearman().rho())));
                row.add(Cell.number(Texts.chance(cell.spearmanP())));
            }
        }
        return row;
    }

    void placebo(StudyView view) {
        PlaceboFindings placebo = view.placebo();
        page.open("placebo", "Placebo");
        page.soft(
                "The same detector where there is nothing: random walks with indicators that do not know them, and the real"
                        + " prices with the real indicators of another time. All cells of a control must lie inside one simultaneous "
                        + Texts.percent(placebo.level())
                        + " band. Timed from the pivot, which nobody could know then, even noise"
                        + " looks right nearly always: that is the size of the mistake, not a finding.");
        List<List<Cell>> rows = new ArrayList<>();
        for (Control control : Control.values()) {
            rows.add(List.of(
                    Cell.of(word(control)),
                    pill(placebo.verdict(control)),
                    Cell.number(Long.toString(placebo.judged().stream()
                            .filter(cell -> cell.control() == control)
                            .count()))));
        }
        page.table(List.of(Cell.of("control"), Cell.of("verdict"), Cell.number("cells judged")), rows);
        for (int horizon : view.findings().settings().horizons()) {
            for (Control control : Control.values()) {
                control(placebo, control, horizon);
            }
        }
        page.close();
    }

    private static String word(Control control) {
        return switch (control) {
            case RANDOM_WALK -> "Random walk";
            case SHUFFLED_INDICATORS -> "Shuffled in time";
        };
    }

    static Cell pill(PlaceboFindings.Verdict verdict) {
        return switch (verdict) {
            case WITHIN -> Cell.pill("within its band", Tone.GOOD);
            case OUTSIDE -> Cell.pill("outside its band", Tone.BAD);
            case UNMEASURED -> Cell.pill("not measured", Tone.WAIT);
        };
    }

    void reliability(Calibration calibration) {
        page.open("reliability", "What a score was worth");
        page.soft("Win rate by score for " + calibration.cell()
                + ", made to ascend (isotonic), with its interval. A score that"
                + " means something rises from left to right and leaves the dashed line.");
        for (HorizonCalibration horizon : calibration.horizons()) {
            page.heading(horizon.horizon() + " bars after");
            switch (horizon) {
                case HorizonCalibration.TooSmall few -> page.words(few.toString());
                case HorizonCalibration.Fitted fitted -> {
                    page.plot(new Reliability(fitted));
                    page.soft("Spearman's rho " + Texts.signed(fitted.spearman().rho()) + ", p "
                            + Texts.chance(fitted.spearmanP()) + "; five equal groups "
                            + (fitted.monotonic() ? "never fall" : "do not ascend") + ".");
                }
            }
        }
        acceptance(calibration.acceptance());
        page.close();
    }

    private void acceptance(Acceptance acceptance) {
        page.heading("Acceptance: " + (acceptance.met() ? "met" : "not met"));
        page.table(
                List.of(Cell.of("point"), Cell.of("required"), Cell.of(""), Cell.of("found")),
                acceptance.points().stream()
                        .map(point -> List.of(
                                Cell.of(point.name()),
                                Cell.of(point.required()),
                                Cell.pill(point.met() ? "met" : "not met", point.met() ? Tone.GOOD : Tone.BAD),
                                new Cell(point.found(), "text", Tone.PLAIN)))
                        .toList());
    }

    void folds(StudyView view) {
        page.open("folds", "Stability across time");
        List<Row> rows = new ArrayList<>();
        for (FoldFinding fold : view.findings().folds()) {
            for (CellFinding cell : fold.cells()) {
                if (cell.cell().equals(view.calibration().cell())) {
                    String label = Texts.day(fold.fold().testFromMillis()) + " to "
                            + Texts.day(fold.fold().testToMillis()) + ", " + cell.horizon() + " bars";
                    rows.add(row(label, "part", cell));
                }
            }
        }
        page.soft("The accuracy of " + view.calibration().cell()
                + " stretch by stretch; an edge that lasts is on one side of" + " the dashed line in all of them.");
        if (rows.isEmpty()) {
            page.words("The bars are too few to be cut into stretches.");
        } else {
            page.plot(Intervals.of("Accuracy by stretch of time", rows));
        }
        page.close();
    }
}
