package dev.tranche.batch.divergence.report;

import dev.tranche.batch.report.Drawing;
import dev.tranche.batch.report.Scale;
import dev.tranche.batch.report.Svg;
import dev.tranche.batch.report.Svg.Anchor;
import dev.tranche.batch.report.Texts;
import java.util.List;
import java.util.Locale;

/// Shares with their intervals, one row each, against a line that says what chance gives.
///
/// @param description for who cannot see it
/// @param rows from top to bottom
/// @param low the share at the left, 0..1
/// @param high the share at the right, 0..1
record Intervals(String description, List<Row> rows, double low, double high) implements Drawing {
    private static final int ROW = 24;
    private static final double CHANCE = 0.5;

    /// A row.
    ///
    /// @param label what was measured
    /// @param kind the class of its colour
    /// @param share NaN where there is too little to say one
    /// @param low of the interval
    /// @param high of the interval
    /// @param bandLow of what is expected where nothing is going on; NaN for none
    /// @param bandHigh of the same
    /// @param note beside it, such as `n 312`
    record Row(
            String label,
            String kind,
            double share,
            double low,
            double high,
            double bandLow,
            double bandHigh,
            String note) {}

    /// A plot wide enough for all its rows.
    static Intervals of(String description, List<Row> rows) {
        double low = 0.35;
        double high = 0.65;
        for (Row row : rows) {
            if (!Double.isNaN(row.share())) {
                low = Math.min(low, lowest(row) - 0.02);
                high = Math.max(high, highest(row) + 0.02);
            }
        }
        return new Intervals(description, rows, Math.max(0, low), Math.min(1.02, high));
    }

    /// This plot and another, on one scale.
    Intervals besides(Intervals other) {
        return new Intervals(description, rows, Math.min(low, other.low), Math.max(high, other.high));
    }

    private static double lowest(Row row) {
        return Double.isNaN(row.bandLow()) ? row.low() : Math.min(row.low(), row.bandLow());
    }

    private static double highest(Row row) {
        return Double.isNaN(row.bandHigh()) ? row.high() : Math.max(row.high(), row.bandHigh());
    }

    @Override
    public int height(Size size) {
        return (size.narrow() ? 2 : 1) * ROW * rows.size() + 42;
    }

    @Override
    public String draw(Size size) {
        Svg svg = Svg.empty();
        double left = size.narrow() ? 8 : 250;
        double right = size.width() - (size.narrow() ? 8.0 : 90.0);
        double bottom = height(size) - 30.0;
        Scale scale = new Scale(low, high, left, right);
        for (double tick : scale.ticks(size.narrow() ? 4 : 7)) {
            if (tick <= 1) {
                svg.line("grid", scale.at(tick), 6, scale.at(tick), bottom);
                svg.text(
                        "tick",
                        Math.max(left + 10, Math.min(right - 12, scale.at(tick))),
                        bottom + 18,
                        Anchor.MIDDLE,
                        Texts.tick(tick));
            }
        }
        svg.line("chance", scale.at(CHANCE), 6, scale.at(CHANCE), bottom);
        for (int i = 0; i < rows.size(); i++) {
            row(svg, size, scale, rows.get(i), i);
        }
        return svg.toString();
    }

    private static void row(Svg svg, Size size, Scale scale, Row row, int i) {
        double top = 6 + (size.narrow() ? 2.0 : 1.0) * ROW * i;
        double y = top + (size.narrow() ? 1.5 : 0.5) * ROW;
        if (size.narrow()) {
            svg.text("label", 8, top + 15, Anchor.START, row.label());
            svg.text("note", size.width() - 8.0, top + 15, Anchor.END, row.note());
        } else {
            svg.text("label", 240, y + 4, Anchor.END, row.label());
            svg.text("note", size.width() - 4.0, y + 4, Anchor.END, row.note());
        }
        if (!Double.isNaN(row.bandLow())) {
            double from = scale.at(row.bandLow());
            svg.rectangle("band", from, y - 7, scale.at(row.bandHigh()) - from, 14);
        }
        if (!Double.isNaN(row.share())) {
            svg.line("whisker " + row.kind(), scale.at(row.low()), y, scale.at(row.high()), y);
            svg.circle("dot " + row.kind(), scale.at(row.share()), y, 4.5, title(row));
        }
    }

    private static String title(Row row) {
        return String.format(
                Locale.ROOT,
                "%s: %.1f %% (%.1f to %.1f %%), %s",
                row.label(),
                100 * row.share(),
                100 * row.low(),
                100 * row.high(),
                row.note());
    }
}
