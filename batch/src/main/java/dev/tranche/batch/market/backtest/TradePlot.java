package dev.tranche.batch.market.backtest;

import dev.tranche.batch.report.Curves.Point;
import dev.tranche.batch.report.Drawing;
import dev.tranche.batch.report.Frame;
import dev.tranche.batch.report.Scale;
import dev.tranche.batch.report.Svg;
import dev.tranche.batch.report.Svg.Anchor;
import java.util.List;

/// The market's middle, our best bid and ask, and our fills: buys point up, sells down; where they are many, dots.
///
/// @param name of the contract
/// @param mid of the market, by epoch milliseconds
/// @param bid ours; NaN where there was none
/// @param ask ours; NaN where there was none
record TradePlot(String name, List<Point> mid, List<Point> bid, List<Point> ask, List<Mark> marks) implements Drawing {
    /// More fills than this would cover what is below them.
    static final int READABLE = 160;

    private static final double DOT = 1.6;

    /// A fill.
    ///
    /// @param millis epoch milliseconds
    record Mark(double millis, double price, boolean buy, String title) {}

    @Override
    public int height(Size size) {
        return size.narrow() ? 280 : 360;
    }

    @Override
    public String description() {
        return name + ": price, our quotes and " + marks.size() + " fills";
    }

    @Override
    public String draw(Size size) {
        Svg svg = Svg.empty();
        Frame frame = Frame.of(size, height(size));
        Scale across = frame.across(
                mid.getFirst().x(), Math.max(mid.getLast().x(), mid.getFirst().x() + 1));
        double low = Double.MAX_VALUE;
        double high = -Double.MAX_VALUE;
        for (List<Point> line : List.of(mid, bid, ask)) {
            for (Point point : line) {
                if (point.y() > 0) {
                    low = Math.min(low, point.y());
                    high = Math.max(high, point.y());
                }
            }
        }
        Scale up = frame.up(low, high);
        frame.drawUp(svg, up, up::number);
        frame.drawAcross(svg, across, across.times(size.narrow() ? 3 : 7), across::time);
        line(svg, "curve second", across, up, bid);
        line(svg, "curve second", across, up, ask);
        line(svg, "curve price", across, up, mid);
        boolean many = marks.size() > READABLE;
        for (Mark mark : marks) {
            double x = across.at(mark.millis());
            double y = up.at(mark.price());
            String kind = mark.buy() ? "event bull" : "event bear";
            if (many) {
                svg.circle(kind + " small", x, y, DOT, "");
            } else {
                svg.triangle(kind, x, y, mark.buy(), mark.title());
            }
        }
        legend(svg, frame);
        return svg.toString();
    }

    private void legend(Svg svg, Frame frame) {
        double at = frame.left() + 2;
        at = named(svg, frame, at, "curve price", "middle");
        at = named(svg, frame, at, "curve second", "our quotes");
        svg.circle("event bull", at + 5, frame.top() - 14, 4, "");
        svg.text("label", at + 13, frame.top() - 10, Anchor.START, "bought");
        svg.circle("event bear", at + 70, frame.top() - 14, 4, "");
        svg.text("label", at + 78, frame.top() - 10, Anchor.START, "sold");
    }

    private static double named(Svg svg, Frame frame, double at, String kind, String name) {
        svg.line(kind, at, frame.top() - 14, at + 16, frame.top() - 14);
        svg.text("label", at + 21, frame.top() - 10, Anchor.START, name);
        return at + 36 + 6.6 * name.length();
    }

    private static void line(Svg svg, String kind, Scale across, Scale up, List<Point> points) {
        svg.path(
                kind,
                points.stream().mapToDouble(point -> across.at(point.x())).toArray(),
                points.stream()
                        .mapToDouble(point -> point.y() > 0 ? up.at(point.y()) : Double.NaN)
                        .toArray());
    }
}
