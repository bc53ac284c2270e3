package dev.tranche.batch.report;

import dev.tranche.batch.report.Svg.Anchor;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/// Lines over time, or over a count.
///
/// @param description for who cannot see it
/// @param series at least one with at least two points
/// @param zero whether a line marks 0
/// @param factor what values are multiplied with before they are written
/// @param unit written after the figures
/// @param times whether the axis below is of times, or of a count such as the number of a row
public record Curves(String description, List<Series> series, boolean zero, double factor, String unit, boolean times)
        implements Drawing {
    /// A line.
    ///
    /// @param name for the legend
    /// @param kind the class of its colour
    /// @param points in order
    public record Series(String name, String kind, List<Point> points) {}

    /// A place on a line.
    ///
    /// @param x epoch milliseconds, or a count
    /// @param y the value; NaN breaks the line
    public record Point(double x, double y) {}

    @Override
    public int height(Size size) {
        return size.narrow() ? 250 : 300;
    }

    @Override
    public String draw(Size size) {
        Svg svg = Svg.empty();
        Frame frame = Frame.of(size, height(size));
        Scale across =
                frame.across(all(Point::x, Math::min, Double.MAX_VALUE), all(Point::x, Math::max, -Double.MAX_VALUE));
        Scale up = frame.up(
                all(Point::y, Math::min, zero ? 0 : Double.MAX_VALUE),
                all(Point::y, Math::max, zero ? 0 : -Double.MAX_VALUE));
        Scale written = new Scale(up.low() * factor, up.high() * factor, up.from(), up.to());
        frame.drawUp(svg, written, tick -> written.number(tick) + unit);
        int about = size.narrow() ? 3 : 7;
        if (times) {
            frame.drawAcross(svg, across, across.times(about), across::time);
        } else {
            frame.drawAcross(svg, across, across.ticks(about), tick -> String.format(Locale.ROOT, "%,.0f", tick));
        }
        if (zero) {
            svg.line("chance", frame.left(), up.at(0), frame.right(), up.at(0));
        }
        double legend = frame.left() + 2;
        for (Series each : series) {
            svg.path(
                    "curve " + each.kind(),
                    mapped(each, point -> across.at(point.x())),
                    mapped(each, point -> up.at(point.y())));
            svg.line("curve " + each.kind(), legend, frame.top() - 14, legend + 16, frame.top() - 14);
            svg.text("label", legend + 21, frame.top() - 10, Anchor.START, each.name());
            legend += 36 + 6.6 * each.name().length();
        }
        return svg.toString();
    }

    private double all(ToDoubleFunction<Point> side, DoubleBinaryOperator which, double start) {
        return series.stream()
                .flatMap(each -> each.points().stream())
                .mapToDouble(side)
                .filter(Double::isFinite)
                .reduce(start, which);
    }

    private static double[] mapped(Series series, ToDoubleFunction<Point> by) {
        return series.points().stream().mapToDouble(by).toArray();
    }
}
