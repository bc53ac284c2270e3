package dev.tranche.batch.report;

import dev.tranche.batch.report.Drawing.Size;
import dev.tranche.batch.report.Svg.Anchor;
import java.util.List;
import java.util.function.DoubleFunction;

/// The room of a plot with a value axis on the left and another below it.
///
/// @param left from here
/// @param top from here
/// @param right to here
/// @param bottom to here
public record Frame(double left, double top, double right, double bottom) {
    public static Frame of(Size size, int height) {
        return new Frame(size.narrow() ? 52 : 64, 28, size.width() - (size.narrow() ? 8 : 14), height - 30);
    }

    public Scale across(double low, double high) {
        return new Scale(low, high, left, right);
    }

    public Scale up(double low, double high) {
        return Scale.around(low, high, bottom, top);
    }

    /// Lines and figures of the axis on the left.
    public void drawUp(Svg svg, Scale scale, DoubleFunction<String> written) {
        for (double tick : scale.ticks(5)) {
            double y = scale.at(tick);
            svg.line("grid", left, y, right, y);
            svg.text("tick", left - 6, y + 4, Anchor.END, written.apply(tick));
        }
    }

    /// Lines and words of the axis below.
    public void drawAcross(Svg svg, Scale scale, List<Double> ticks, DoubleFunction<String> written) {
        for (double tick : ticks) {
            double x = scale.at(tick);
            svg.line("grid", x, top, x, bottom);
            svg.text("tick", Math.max(left, Math.min(right - 4, x)), bottom + 18, Anchor.MIDDLE, written.apply(tick));
        }
    }
}
