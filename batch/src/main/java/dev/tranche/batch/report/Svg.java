package dev.tranche.batch.report;

import java.util.Locale;

/// Writes the elements of a drawing. Colours come from the page's style by class, so that light and dark both
/// work. For one thread.
public final class Svg {
    private final StringBuilder out = new StringBuilder();

    private Svg() {}

    /// An empty drawing.
    public static Svg empty() {
        return new Svg();
    }

    /// Where a text is held.
    public enum Anchor {
        START,
        MIDDLE,
        END
    }

    public void line(String kind, double x1, double y1, double x2, double y2) {
        out.append("<line class=\"")
                .append(kind)
                .append("\" x1=\"")
                .append(at(x1))
                .append("\" y1=\"")
                .append(at(y1));
        out.append("\" x2=\"").append(at(x2)).append("\" y2=\"").append(at(y2)).append("\"/>\n");
    }

    public void circle(String kind, double x, double y, double radius, String title) {
        out.append("<circle class=\"")
                .append(kind)
                .append("\" cx=\"")
                .append(at(x))
                .append("\" cy=\"")
                .append(at(y));
        out.append("\" r=\"")
                .append(at(radius))
                .append("\">")
                .append(title(title))
                .append("</circle>\n");
    }

    public void rectangle(String kind, double x, double y, double width, double height) {
        out.append("<rect class=\"")
                .append(kind)
                .append("\" x=\"")
                .append(at(x))
                .append("\" y=\"")
                .append(at(y));
        out.append("\" width=\"").append(at(Math.max(0, width))).append("\" height=\"");
        out.append(at(Math.max(0, height))).append("\"/>\n");
    }

    /// A line through points; NaN breaks it.
    public void path(String kind, double[] x, double[] y) {
        out.append("<path class=\"").append(kind).append("\" d=\"");
        boolean broken = true;
        for (int i = 0; i < x.length; i++) {
            if (Double.isNaN(x[i]) || Double.isNaN(y[i])) {
                broken = true;
                continue;
            }
            out.append(broken ? 'M' : 'L').append(at(x[i])).append(' ').append(at(y[i]));
            broken = false;
        }
        out.append("\"/>\n");
    }

    /// A closed area between an upper and a lower edge.
    public void area(String kind, double[] x, double[] upper, double[] lower) {
        out.append("<path class=\"").append(kind).append("\" d=\"");
        for (int i = 0; i < x.length; i++) {
            out.append(i == 0 ? 'M' : 'L').append(at(x[i])).append(' ').append(at(upper[i]));
        }
        for (int i = x.length - 1; i >= 0; i--) {
            out.append('L').append(at(x[i])).append(' ').append(at(lower[i]));
        }
        out.append("Z\"/>\n");
    }

    /// A triangle that points up or down at a place.
    public void triangle(String kind, double x, double y, boolean up, String title) {
        double size = 5;
        double base = up ? y + 1.6 * size : y - 1.6 * size;
        out.append("<path class=\"")
                .append(kind)
                .append("\" d=\"M")
                .append(at(x))
                .append(' ')
                .append(at(y));
        out.append('L').append(at(x - size)).append(' ').append(at(base));
        out.append('L').append(at(x + size)).append(' ').append(at(base)).append("Z\">");
        out.append(title(title)).append("</path>\n");
    }

    public void text(String kind, double x, double y, Anchor anchor, String text) {
        out.append("<text class=\"")
                .append(kind)
                .append("\" x=\"")
                .append(at(x))
                .append("\" y=\"")
                .append(at(y));
        out.append("\" text-anchor=\"")
                .append(anchor.name().toLowerCase(Locale.ROOT))
                .append("\">");
        out.append(Html.escaped(text)).append("</text>\n");
    }

    private static String title(String title) {
        return title.isEmpty() ? "" : "<title>" + Html.escaped(title) + "</title>";
    }

    /// A coordinate: two decimals, no trailing zeros.
    public static String at(double value) {
        double rounded = Math.rint(value * 100) / 100;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
