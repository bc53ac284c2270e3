package dev.tranche.cli.watch;

import dev.tranche.cli.screen.Screen;
import dev.tranche.cli.screen.Text;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// The terminal's second screen, drawn over and over; the first one is as it was afterwards, also after
/// Ctrl-C. One writer; only `close` may come from another thread.
final class Canvas implements AutoCloseable {
    // Sequences of xterm, which every terminal of today follows: second screen, cursor, home, clear.
    private static final String OPEN = "\033[?1049h\033[?25l";
    private static final String CLOSE = "\033[?25h\033[?1049l";
    private static final String HOME = "\033[H";
    private static final String REST_OF_LINE = "\033[K";
    private static final String REST_OF_SCREEN = "\033[J";

    private final PrintWriter out;
    private final Screen screen;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final Thread closing = new Thread(this::leave, "canvas-close");

    static Canvas on(PrintWriter out, Screen screen) {
        Canvas canvas = new Canvas(out, screen);
        Runtime.getRuntime().addShutdownHook(canvas.closing);
        out.print(OPEN);
        out.flush();
        return canvas;
    }

    private Canvas(PrintWriter out, Screen screen) {
        this.out = out;
        this.screen = screen;
    }

    /// Draws a picture; lines below the screen's last row are left out, the last row says how many.
    void draw(List<String> lines, String footer) {
        Screen.Size size = screen.size().now();
        int rows = Math.max(2, size.rows()) - 1;
        StringBuilder picture = new StringBuilder(HOME);
        int shown = lines.size() <= rows ? lines.size() : rows - 1;
        for (int k = 0; k < shown; k++) {
            picture.append(Text.cut(lines.get(k), size.columns()))
                    .append(REST_OF_LINE)
                    .append('\n');
        }
        if (shown < lines.size()) {
            picture.append("… ")
                    .append(lines.size() - shown)
                    .append(" more lines")
                    .append(REST_OF_LINE)
                    .append('\n');
        }
        picture.append(Text.cut(footer, size.columns())).append(REST_OF_LINE).append(REST_OF_SCREEN);
        out.print(picture);
        out.flush();
    }

    @Override
    public void close() {
        leave();
        try {
            Runtime.getRuntime().removeShutdownHook(closing);
        } catch (IllegalStateException ending) {
            // The hook is running already: it has done, or does, the same.
            open.set(false);
        }
    }

    private void leave() {
        if (open.getAndSet(false)) {
            out.print(CLOSE);
            out.flush();
        }
    }
}
