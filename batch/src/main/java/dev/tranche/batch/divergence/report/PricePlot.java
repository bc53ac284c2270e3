package dev.tranche.batch.divergence.report;

import dev.tranche.batch.report.Drawing;
import dev.tranche.batch.report.Frame;
import dev.tranche.batch.report.Scale;
import dev.tranche.batch.report.Svg;
import dev.tranche.batch.report.Svg.Anchor;
import dev.tranche.market.Bar;
import dev.tranche.market.divergence.DivergenceEvent;
import dev.tranche.market.divergence.Pivot;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// A price, and what was told of it. A dashed line joins the two pivots of a pair; from the second a thin
/// line leads to the bar that confirmed it, where the marker stands: the distance is what nobody knew yet.
///
/// @param bars in order of time
/// @param events of these bars, in order of confirmation
/// @param from the first bar that is shown
/// @param to the bar after the last that is shown
/// @param pivots whether the pairs are drawn; without, only what was confirmed
record PricePlot(List<Bar> bars, List<DivergenceEvent> events, int from, int to, boolean pivots) implements Drawing {
    @Override
    public int height(Size size) {
        return size.narrow() ? 280 : 360;
    }

    @Override
    public String description() {
        return "Price with pivots and confirmed divergences from "
                + at(bars.get(from).openMillis()) + " to " + at(bars.get(to - 1).closeMillis());
    }

    private static String at(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    @Override
    public String draw(Size size) {
        Svg svg = Svg.empty();
        Frame frame = Frame.of(size, height(size));
        List<Bar> shown = bars.subList(from, to);
        Scale across = frame.across(
                (double) shown.getFirst().openMillis(), (double) shown.getLast().closeMillis());
        Scale up = frame.up(
                shown.stream().mapToDouble(Bar::low).min().orElse(0),
                shown.stream().mapToDouble(Bar::high).max().orElse(1));
        frame.drawUp(svg, up, up::number);
        frame.drawAcross(svg, across, across.times(size.narrow() ? 3 : 7), across::time);
        columns(svg, shown, across, up, (int) (frame.right() - frame.left()));
        for (DivergenceEvent event : events) {
            boolean inside = event.first().millis() >= across.low() && event.confirmedMillis() <= across.high();
            if (inside
                    || (!pivots
                            && event.confirmedMillis() >= across.low()
                            && event.confirmedMillis() <= across.high())) {
                event(svg, event, across, up);
            }
        }
        legend(svg, frame, size);
        return svg.toString();
    }

    /// The range and the last price of every pixel: a year of minutes is no longer than a thousand columns.
    private static void columns(Svg svg, List<Bar> shown, Scale across, Scale up, int width) {
        int columns = Math.min(width, shown.size());
        double[] x = new double[columns];
        double[] high = new double[columns];
        double[] low = new double[columns];
        double[] close = new double[columns];
        for (int i = 0; i < columns; i++) {
            List<Bar> column = shown.subList(
                    (int) ((long) i * shown.size() / columns), (int) ((long) (i + 1) * shown.size() / columns));
            x[i] = across.when(column.getLast().closeMillis());
            high[i] = up.at(column.stream().mapToDouble(Bar::high).max().orElse(Double.NaN));
            low[i] = up.at(column.stream().mapToDouble(Bar::low).min().orElse(Double.NaN));
            close[i] = up.at(column.getLast().close());
        }
        svg.area("range", x, high, low);
        svg.path("curve price", x, close);
    }

    private void event(Svg svg, DivergenceEvent event, Scale across, Scale up) {
        boolean bull = event.kind().side().equals("bull");
        boolean conflict = event.kind().side().equals("conflict");
        String side = event.kind().side();
        Pivot first = event.first();
        Pivot second = event.second();
        double y = up.at(second.price());
        double confirmed = across.when(event.confirmedMillis());
        if (pivots) {
            double x = across.when(second.millis());
            svg.line("pair " + side, across.when(first.millis()), up.at(first.price()), x, y);
            svg.circle("pivot " + side, across.when(first.millis()), up.at(first.price()), 3, "");
            svg.circle("pivot " + side, x, y, 3, "");
            svg.line("known " + side, x, y, confirmed, y);
        }
        String title = String.format(
                Locale.ROOT,
                "%s by %s, confirmed %s, %s",
                event.kind(),
                event.source(),
                at(event.confirmedMillis()),
                event.score());
        if (conflict) {
            svg.circle("event conflict", confirmed, y, 4, title);
        } else {
            svg.triangle("event " + side, confirmed, y, bull, title);
        }
    }

    private void legend(Svg svg, Frame frame, Size size) {
        double x = frame.left() + 2;
        double y = frame.top() - 10;
        svg.triangle("event bull", x, y - 9, true, "");
        svg.text("label", x + 10, y, Anchor.START, "bull");
        svg.triangle("event bear", x + 50, y - 1, false, "");
        svg.text("label", x + 60, y, Anchor.START, "bear");
        svg.text(
                "label",
                x + 102,
                y,
                Anchor.START,
                pivots
                        ? (size.narrow() ? "at confirmation; o pivots" : "where it was confirmed; o its two pivots")
                        : "confirmed");
    }
}
