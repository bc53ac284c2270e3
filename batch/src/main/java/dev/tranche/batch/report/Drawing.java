package dev.tranche.batch.report;

import java.util.Locale;

/// A plot that can be drawn for a wide and for a narrow screen; both go into the page and the style shows one.
public interface Drawing {
    /// The inside of an SVG of this size.
    ///
    /// @param size the screen it is for
    String draw(Size size);

    /// Height that suits a width.
    int height(Size size);

    /// What a screen reader says in place of the plot.
    String description();

    /// The two screens.
    enum Size {
        WIDE(860),
        NARROW(344);

        private final int width;

        Size(int width) {
            this.width = width;
        }

        public int width() {
            return width;
        }

        public boolean narrow() {
            return this == NARROW;
        }
    }

    /// Both drawings as elements of a page.
    static String html(Drawing drawing) {
        StringBuilder html = new StringBuilder();
        for (Size size : Size.values()) {
            html.append("<svg class=\"plot ")
                    .append(size.name().toLowerCase(Locale.ROOT))
                    .append("\" viewBox=\"0 0 ")
                    .append(size.width())
                    .append(' ')
                    .append(drawing.height(size))
                    .append("\" role=\"img\" aria-label=\"")
                    .append(Html.escaped(drawing.description()))
                    .append("\">\n")
                    .append(drawing.draw(size))
                    .append("</svg>\n");
        }
        return html.toString();
    }
}
