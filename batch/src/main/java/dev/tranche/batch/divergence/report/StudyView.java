package dev.tranche.batch.divergence.report;

import dev.tranche.batch.report.Curves;
import dev.tranche.batch.report.Page;
import dev.tranche.batch.report.Page.Tone;
import dev.tranche.batch.report.Texts;
import dev.tranche.market.Bar;
import dev.tranche.market.divergence.DivergenceEvent;
import dev.tranche.market.study.Calibration;
import dev.tranche.market.study.Findings;
import dev.tranche.market.study.Outcome;
import dev.tranche.market.study.PlaceboFindings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a report shows.
///
/// @param title of the page
/// @param subtitle what was studied, in a line
/// @param tone of the conclusion
/// @param headline the conclusion in a word or two
/// @param sentences what it rests on
/// @param facts name and value, for the reader who wants to repeat it
/// @param prices one for each symbol
/// @param outcomes the events of the calibrated cell, in order of entry
public record StudyView(
        String title,
        String subtitle,
        Tone tone,
        String headline,
        List<String> sentences,
        List<List<String>> facts,
        List<Price> prices,
        List<Outcome> outcomes,
        Findings findings,
        PlaceboFindings placebo,
        Calibration calibration) {
    /// A symbol's bars and everything that was confirmed on them.
    public record Price(String symbol, List<Bar> bars, List<DivergenceEvent> events) {}

    /// The whole page.
    public String html() {
        Page page = Page.of(title, subtitle);
        StudyPage sections = new StudyPage(page);
        page.verdict(tone, headline, sentences);
        sections.accuracy(this);
        sections.placebo(this);
        prices(page);
        sections.reliability(calibration);
        equity(page);
        sections.folds(this);
        page.open("facts", "How to repeat it");
        page.facts(facts);
        page.close();
        return page.html();
    }

    private void prices(Page page) {
        page.open("price", "Price, pivots, events");
        page.soft(
                "A dashed line joins the two pivots of a pair. The second was known only some bars later, where the marker"
                        + " stands: the thin line is what nobody knew yet, and every number here is counted from its end.");
        for (Price price : prices) {
            page.heading(price.symbol() + ", all of it: " + price.events().size() + " events");
            page.plot(
                    new PricePlot(price.bars(), price.events(), 0, price.bars().size(), false));
            Window window = Window.of(price.bars(), price.events());
            if (window.events() > 0) {
                page.heading(price.symbol() + ", " + (window.to() - window.from()) + " bars from nearby");
                page.plot(new PricePlot(price.bars(), price.events(), window.from(), window.to(), true));
            }
        }
        page.close();
    }

    private void equity(Page page) {
        page.open("equity", "Equity with costs");
        page.soft("The sum of the returns of " + calibration.cell()
                + ", one unit at every event, entered at the open of the"
                + " bar after the confirmation; the round trip costs "
                + Texts.basisPoints(findings.settings().costs().roundTrip()).substring(1) + ".");
        for (int h = 0; h < findings.settings().horizons().size(); h++) {
            page.heading("Held " + findings.settings().horizons().get(h) + " bars");
            Curves.Series gross = sum("before costs", "gross", h, 0);
            if (gross.points().size() < 3) {
                page.words("Too few events.");
            } else {
                Curves.Series net =
                        sum("after costs", "net", h, findings.settings().costs().roundTrip());
                page.plot(new Curves(
                        "Sum of returns before and after costs", List.of(gross, net), true, 100, " %", true));
            }
        }
        page.close();
    }

    private Curves.Series sum(String name, String kind, int horizonIndex, double cost) {
        List<Curves.Point> points = new ArrayList<>();
        double sum = 0;
        for (Outcome outcome : outcomes.stream()
                .sorted(Comparator.comparingLong(Outcome::entryMillis))
                .toList()) {
            double gross = outcome.gross().get(horizonIndex);
            if (!Double.isNaN(gross)) {
                if (points.isEmpty()) {
                    points.add(new Curves.Point((double) outcome.entryMillis() - 1, 0));
                }
                sum += gross - cost;
                points.add(new Curves.Point((double) outcome.entryMillis(), sum));
            }
        }
        return new Curves.Series(name, kind, points);
    }
}
