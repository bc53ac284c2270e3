package dev.tranche.batch.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A page in the making: sections of words, plots and tables, and a style that is part of it. Everything
/// handed in is text and is escaped here. For one thread.
public final class Page {
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private final StringBuilder body = new StringBuilder();
    private final String title;
    private final String subtitle;

    /// How a word or a cell is coloured.
    public enum Tone {
        PLAIN(""),
        GOOD("good"),
        BAD("bad"),
        WAIT("wait");

        private final String word;

        Tone(String word) {
            this.word = word;
        }
    }

    private Page(String title, String subtitle) {
        this.title = title;
        this.subtitle = subtitle;
    }

    public static Page of(String title, String subtitle) {
        return new Page(title, subtitle);
    }

    /// What it all comes to.
    public void verdict(Tone tone, String headline, List<String> sentences) {
        body.append("<section class=\"verdict ").append(tone.word).append("\"><h2>");
        body.append(Html.escaped(headline)).append("</h2>\n");
        sentences.forEach(this::words);
        body.append("</section>\n");
    }

    public void open(String id, String heading) {
        body.append("<section id=\"")
                .append(id)
                .append("\"><h2>")
                .append(Html.escaped(heading))
                .append("</h2>\n");
    }

    public void close() {
        body.append("</section>\n");
    }

    public void words(String text) {
        body.append("<p>").append(Html.escaped(text)).append("</p>\n");
    }

    public void soft(String text) {
        body.append("<p class=\"soft\">").append(Html.escaped(text)).append("</p>\n");
    }

    public void heading(String text) {
        body.append("<h3>").append(Html.escaped(text)).append("</h3>\n");
    }

    public void plot(Drawing drawing) {
        body.append(Drawing.html(drawing));
    }

    /// Opens a row of two columns; each column is opened and closed with [#column] and [#closeColumn].
    public void openPair() {
        body.append("<div class=\"pair\">\n");
    }

    public void column(String heading, Drawing drawing) {
        body.append("<div><h3>").append(Html.escaped(heading)).append("</h3>\n");
        body.append(Drawing.html(drawing)).append("</div>\n");
    }

    public void closePair() {
        body.append("</div>\n");
    }

    /// Names and what they stand for.
    public void facts(List<List<String>> facts) {
        body.append("<dl>\n");
        for (List<String> fact : facts) {
            body.append("<dt>").append(Html.escaped(fact.getFirst())).append("</dt><dd>");
            body.append(Html.escaped(fact.getLast())).append("</dd>\n");
        }
        body.append("</dl>\n");
    }

    /// A cell of a table.
    ///
    /// @param text what it says
    /// @param kind `num`, `text`, `few`, or empty
    /// @param tone a coloured pill unless plain
    public record Cell(String text, String kind, Tone tone) {
        public static Cell of(String text) {
            return new Cell(text, "", Tone.PLAIN);
        }

        public static Cell number(String text) {
            return new Cell(text, "num", Tone.PLAIN);
        }

        public static Cell pill(String text, Tone tone) {
            return new Cell(text, "", tone);
        }
    }

    public void table(List<Cell> head, List<List<Cell>> rows) {
        body.append("<div class=\"scroll\"><table><thead><tr>");
        head.forEach(cell -> body.append("<th class=\"")
                .append(cell.kind())
                .append("\">")
                .append(Html.escaped(cell.text()))
                .append("</th>"));
        body.append("</tr></thead><tbody>\n");
        for (List<Cell> row : rows) {
            body.append("<tr>");
            row.forEach(this::cell);
            for (int missing = row.size(); missing < head.size(); missing++) {
                body.append("<td></td>");
            }
            body.append("</tr>\n");
        }
        body.append("</tbody></table></div>\n");
    }

    private void cell(Cell cell) {
        body.append("<td class=\"").append(cell.kind()).append("\">");
        boolean pill = cell.tone() != Tone.PLAIN;
        body.append(pill ? "<span class=\"pill " + cell.tone().word + "\">" : "");
        body.append(Html.escaped(cell.text())).append(pill ? "</span>" : "").append("</td>");
    }

    /// The whole page. It asks nothing of any network, and says so to the browser.
    public String html() {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta http-equiv="Content-Security-Policy" content="%s">
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                <header><h1>%s</h1><p class="soft">%s</p></header>
                <main>
                %s</main>
                </body>
                </html>
                """.formatted(POLICY, Html.escaped(title), style(), Html.escaped(title), Html.escaped(subtitle), body);
    }

    private static String style() {
        try (InputStream in = Page.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("report.css is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
