package dev.tranche.batch.market.spread;

import dev.tranche.batch.report.Drawing;
import dev.tranche.batch.report.Frame;
import dev.tranche.batch.report.Scale;
import dev.tranche.batch.report.Svg;
import dev.tranche.batch.report.Svg.Anchor;
import dev.tranche.batch.report.Texts;
import dev.tranche.market.statistics.Interval;
import java.util.List;
import java.util.Locale;

/// Calibration: for each tenth of the rows, by what the model answered, the share of targets that its answer
/// covers, against the quantile that it was taught.
///
/// @param tenths in order of the answers
/// @param quantile taught
record DecilePlot(List<Tenth> tenths, double quantile) implements Drawing {
    /// A tenth of the rows, or fewer where many answers are alike.
    ///
    /// @param low the least answer, basis points
    /// @param high the greatest
    record Tenth(double low, double high, int rows, double covered, Interval band) {}

    @Override
    public int height(Size size) {
        return 260;
    }

    @Override
    public String description() {
        StringBuilder text = new StringBuilder("Share of targets covered by tenth of the answers:");
        tenths.forEach(each -> text.append(String.format(
                Locale.ROOT,
                " %.2f to %.2f bp %s of %d;",
                each.low(),
                each.high(),
                Texts.percent(each.covered()),
                each.rows())));
        return text.toString();
    }

    @Override
    public String draw(Size size) {
        Svg svg = Svg.empty();
        Frame frame = Frame.of(size, height(size));
        Scale across = frame.across(0, tenths.size());
        Scale up = frame.up(
                Math.min(
                        quantile,
                        tenths.stream()
                                .mapToDouble(each -> each.band().low())
                                .min()
                                .orElse(0)),
                1);
        frame.drawUp(svg, up, Texts::tick);
        svg.line("chance", frame.left(), up.at(quantile), frame.right(), up.at(quantile));
        for (int i = 0; i < tenths.size(); i++) {
            Tenth each = tenths.get(i);
            double from = across.at(i + 0.12);
            double to = across.at(i + 0.88);
            double top = up.at(each.band().high());
            svg.rectangle("levelband", from, top, to - from, up.at(each.band().low()) - top);
            svg.line("level", from, up.at(each.covered()), to, up.at(each.covered()));
            svg.text(
                    "tick",
                    (from + to) / 2,
                    frame.bottom() + 18,
                    Anchor.MIDDLE,
                    String.format(Locale.ROOT, size.narrow() ? "%.1f" : "to %.2f", each.high()));
        }
        return svg.toString();
    }
}
