package dev.tranche.batch.divergence.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.batch.report.Curves;
import dev.tranche.batch.report.Drawing;
import dev.tranche.batch.report.Drawing.Size;
import dev.tranche.market.Bar;
import dev.tranche.market.divergence.DivergenceEvent;
import dev.tranche.market.divergence.Flows;
import dev.tranche.market.divergence.Kind;
import dev.tranche.market.divergence.Pivot;
import dev.tranche.market.divergence.Score;
import dev.tranche.market.divergence.Source;
import dev.tranche.market.statistics.Correlation;
import dev.tranche.market.statistics.Interval;
import dev.tranche.market.study.HorizonCalibration;
import dev.tranche.market.study.ScoreBin;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlotsTest {
    private static final long START = 1_734_652_800_000L;

    private static List<Bar> bars(int count) {
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double price = 100 + 5 * Math.sin(i / 20.0);
            long open = START + 60_000L * i;
            bars.add(new Bar(open, open + 60_000, price, price + 1, price - 1, price, 1, 0.5, Double.NaN));
        }
        return bars;
    }

    private static DivergenceEvent event(Kind kind, int first, int second, int confirmed) {
        return new DivergenceEvent(
                Source.CVD,
                kind,
                new Pivot(first, START + 60_000L * (first + 1), 99, 0, 1),
                new Pivot(second, START + 60_000L * (second + 1), 98, 0, 2),
                confirmed,
                START + 60_000L * (confirmed + 1),
                new Flows(Double.NaN, 1, Double.NaN),
                new Score(60, .5, .5, .5, Double.NaN));
    }

    /// Numbers of an attribute, to see that a drawing stays inside its frame.
    private static List<Double> numbers(String svg, String attribute) {
        return Pattern.compile("[ ]" + attribute + "=\"(-?[0-9.]+)\"")
                .matcher(svg)
                .results()
                .map((MatchResult found) -> Double.parseDouble(found.group(1)))
                .toList();
    }

    private static void staysInside(Drawing drawing) {
        for (Size size : Size.values()) {
            String svg = drawing.draw(size);
            assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity");
            assertThat(numbers(svg, "cx")).allSatisfy(x -> assertThat(x).isBetween(0.0, (double) size.width()));
            assertThat(numbers(svg, "x1")).allSatisfy(x -> assertThat(x).isBetween(0.0, (double) size.width()));
            assertThat(numbers(svg, "y1")).allSatisfy(y -> assertThat(y).isBetween(0.0, (double) drawing.height(size)));
        }
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    @Test
    void anEventStandsWhereItWasConfirmedAndItsPivotsWhereTheyWere() {
        List<Bar> bars = bars(200);
        PricePlot plot = new PricePlot(bars, List.of(event(Kind.BULL, 20, 60, 73)), 0, 200, true);
        staysInside(plot);
        String svg = plot.draw(Size.WIDE);
        assertThat(count(svg, "class=\"pivot bull\"")).isEqualTo(2);
        List<Double> pivots = numbers(svg, "cx");
        double perBar = (pivots.get(1) - pivots.get(0)) / 40;
        double confirmed = pivots.get(1) + 13 * perBar;
        assertThat(svg).contains("<title>BULL by CVD, confirmed 2024-12-20T01:14:00Z");
        assertThat(numbers(svg, "x2"))
                .anySatisfy(x -> assertThat(x).isCloseTo(confirmed, org.assertj.core.data.Offset.offset(.1)));
    }

    @Test
    void fromNearbyOnlyWhatLiesWhollyInsideIsDrawn() {
        List<DivergenceEvent> events = List.of(event(Kind.BEAR, 20, 60, 73), event(Kind.CONFLICT, 110, 130, 143));
        String near = new PricePlot(bars(200), events, 100, 200, true).draw(Size.NARROW);
        assertThat(near).contains("event conflict\"", "pair conflict").doesNotContain("pivot bear");
        String far = new PricePlot(bars(200), events, 50, 200, false).draw(Size.WIDE);
        assertThat(count(far, "class=\"event bear\"")).isEqualTo(2);
        assertThat(far).doesNotContain("pivot bear");
    }

    @Test
    void manyBarsAreNoMorePointsThanPixels() {
        String svg = new PricePlot(bars(100_000), List.of(), 0, 100_000, false).draw(Size.WIDE);
        assertThat(svg.length()).isLessThan(60_000);
    }

    @Test
    void theWindowIsWhereTheEventsAre() {
        List<Bar> bars = bars(1000);
        Window window = Window.of(bars, List.of(event(Kind.BULL, 400, 440, 453), event(Kind.BULL, 420, 460, 473)));
        assertThat(window.events()).isEqualTo(2);
        assertThat(window.from()).isBetween(233, 400);
        assertThat(Window.of(bars, List.of()).events()).isZero();
        assertThat(Window.of(bars(30), List.of()).to()).isEqualTo(30);
    }

    @Test
    void sharesLieOnTheirIntervalsAndTooFewAreSaid() {
        Intervals plot = Intervals.of(
                "shares",
                List.of(
                        new Intervals.Row("a<b", "part", .45, .4, .5, Double.NaN, Double.NaN, "n 80"),
                        new Intervals.Row("few", "part", Double.NaN, 0, 0, Double.NaN, Double.NaN, "n 3 too small"),
                        new Intervals.Row("walk", "placebo", .97, .97, .97, .4, .99, "n 900")));
        staysInside(plot);
        String svg = plot.draw(Size.WIDE);
        assertThat(svg).contains("a&lt;b", "n 3 too small", "class=\"band\"");
        assertThat(count(svg, "<circle")).isEqualTo(2);
        assertThat(plot.height(Size.NARROW)).isGreaterThan(plot.height(Size.WIDE));
        Intervals other = Intervals.of("other", List.of());
        assertThat(other.besides(plot).high()).isEqualTo(plot.high());
    }

    @Test
    void aCurveBreaksWhereNothingIsKnown() {
        Curves plot = new Curves(
                "sums",
                List.of(new Curves.Series(
                        "net",
                        "net",
                        List.of(
                                new Curves.Point((double) START, 0),
                                new Curves.Point(START + 1e6, -.01),
                                new Curves.Point(START + 2e6, Double.NaN),
                                new Curves.Point(START + 3e6, .02)))),
                true,
                100,
                " %",
                true);
        staysInside(plot);
        String path = plot.draw(Size.WIDE);
        assertThat(path).contains("-1.0 %", "2.0 %");
        assertThat(path.substring(path.indexOf("class=\"curve net\""))
                        .split("\"/>", 2)[0]
                        .chars()
                        .filter(c -> c == 'M'))
                .hasSize(2);
    }

    @Test
    void aReliabilityCurveHasALevelForEachBin() {
        HorizonCalibration.Fitted fitted = new HorizonCalibration.Fitted(
                10,
                100,
                List.of(
                        new ScoreBin(36, 60, 40, .4, new Interval(.26, .55), -.001, new Interval(-.002, 0)),
                        new ScoreBin(61, 100, 60, .55, new Interval(.42, .67), 0, new Interval(-.001, .001))),
                List.of(.4, .55),
                true,
                new Correlation(.1, .3, 100),
                .2);
        Reliability plot = new Reliability(fitted);
        staysInside(plot);
        assertThat(count(plot.draw(Size.WIDE), "class=\"level\"")).isEqualTo(2);
        assertThat(Drawing.html(plot)).contains("aria-label=\"Win rate by score", "svg class=\"plot narrow\"");
    }
}
