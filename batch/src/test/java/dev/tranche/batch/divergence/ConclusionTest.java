package dev.tranche.batch.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.divergence.Source;
import dev.tranche.market.statistics.Correlation;
import dev.tranche.market.statistics.Interval;
import dev.tranche.market.study.Cell;
import dev.tranche.market.study.CellFinding;
import dev.tranche.market.study.Findings;
import dev.tranche.market.study.PlaceboFindings;
import dev.tranche.market.study.PlaceboFindings.Control;
import dev.tranche.market.study.PlaceboFindings.PlaceboCell;
import dev.tranche.market.study.Settings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConclusionTest {
    private static CellFinding measured(double p, double net, double low) {
        return new CellFinding.Measured(
                Cell.total(Source.CVD),
                10,
                400,
                240,
                new Interval(.55, .65),
                .5,
                p,
                net + .0012,
                net,
                new Interval(low, net + .001),
                new Correlation(.1, .1, 400),
                .1,
                .1,
                .9);
    }

    private static Findings findings(CellFinding... cells) {
        return new Findings(
                Parameters.SEED, List.of("BTCUSDT"), Settings.STANDARD, 400, 0, 0, List.of(cells), List.of());
    }

    private static PlaceboFindings placebo(int hits) {
        List<PlaceboCell> cells = new ArrayList<>();
        for (Control control : Control.values()) {
            cells.add(new PlaceboCell.Judged(
                    control, Cell.total(Source.CVD), 10, 1000, hits, .5, new Interval(.45, .55)));
        }
        return new PlaceboFindings(Parameters.SEED, .999, 1, cells, List.of());
    }

    private static Conclusion of(PlaceboFindings placebo, long trials, CellFinding... cells) {
        return Conclusion.of(findings(cells), placebo, trials);
    }

    @Test
    void anEdgeStandsOnlyAfterEveryLookWasPaidFor() {
        CellFinding striking = measured(.001, .002, .0005);
        assertThat(of(placebo(500), 1, striking).verdict()).isEqualTo(Conclusion.Verdict.AN_EDGE);
        assertThat(of(placebo(500), 1, striking).sentences()).anyMatch(each -> each.contains("stands: 60.0 % of 400"));
        assertThat(of(placebo(500), 50, striking).verdict()).isEqualTo(Conclusion.Verdict.NO_EDGE);
    }

    @Test
    void aboveChanceButNotAboveCostsIsNoEdge() {
        Conclusion conclusion = of(placebo(500), 1, measured(.001, -.0002, -.001));
        assertThat(conclusion.verdict()).isEqualTo(Conclusion.Verdict.NO_EDGE);
        assertThat(conclusion.sentences()).anyMatch(each -> each.contains("1 of 1 cells lose in the mean"));
        assertThat(of(placebo(500), 1, measured(.001, .002, -.001)).verdict()).isEqualTo(Conclusion.Verdict.NO_EDGE);
    }

    @Test
    void aPlaceboOutsideItsBandMakesTheBestFindingWorthless() {
        assertThat(of(placebo(700), 1, measured(.001, .002, .0005)).verdict())
                .isEqualTo(Conclusion.Verdict.NOT_TO_BE_TRUSTED);
    }

    @Test
    void withoutAMeasuredCellNothingIsSaid() {
        Conclusion conclusion = of(placebo(500), 1, new CellFinding.TooSmall(Cell.total(Source.CVD), 10, 12, 30));
        assertThat(conclusion.verdict()).isEqualTo(Conclusion.Verdict.TOO_LITTLE);
        assertThat(conclusion.sentences()).singleElement().asString().contains("30 events", "the largest has 12");
    }
}
