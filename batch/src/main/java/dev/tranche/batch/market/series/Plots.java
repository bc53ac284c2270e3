package dev.tranche.batch.market.series;

import dev.tranche.batch.report.Curves;
import dev.tranche.batch.report.Page;
import dev.tranche.market.volatility.VolatilityFit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What the reports of series draw and write.
final class Plots {
    /// Points of a line: about as many as a wide plot has columns.
    private static final int COLUMNS = 800;

    private Plots() {}

    /// A line over the time of a series, or over the number of its row; of each stretch that would share a
    /// column its least and its largest value are drawn.
    static Curves.Series line(String name, String kind, Series series, double[] values) {
        double[] x = across(series);
        List<Curves.Point> points = new ArrayList<>();
        int columns = Math.min(COLUMNS, values.length);
        for (int i = 0; i < columns; i++) {
            int from = (int) ((long) i * values.length / columns);
            int to = (int) ((long) (i + 1) * values.length / columns);
            int least = from;
            int most = from;
            for (int j = from; j < to; j++) {
                least = values[j] < values[least] ? j : least;
                most = values[j] > values[most] ? j : most;
            }
            points.add(new Curves.Point(x[Math.min(least, most)], values[Math.min(least, most)]));
            if (least != most) {
                points.add(new Curves.Point(x[Math.max(least, most)], values[Math.max(least, most)]));
            }
        }
        return new Curves.Series(name, kind, points);
    }

    /// As [#line], but of each stretch the mean: of a probability, the share of the time.
    static Curves.Series mean(String name, String kind, Series series, double[] values) {
        double[] x = across(series);
        List<Curves.Point> points = new ArrayList<>();
        int columns = Math.min(COLUMNS / 2, values.length);
        for (int i = 0; i < columns; i++) {
            int from = (int) ((long) i * values.length / columns);
            int to = (int) ((long) (i + 1) * values.length / columns);
            points.add(new Curves.Point(
                    x[to - 1], Arrays.stream(values, from, to).average().orElseThrow()));
        }
        return new Curves.Series(name, kind, points);
    }

    static Curves curves(String description, Series series, List<Curves.Series> lines, boolean zero, String unit) {
        return new Curves(description, lines, zero, 1, unit, timed(series));
    }

    static boolean timed(Series series) {
        return !series.times().isEmpty() && !Double.isNaN(millis(series.times().getFirst()));
    }

    private static double[] across(Series series) {
        double[] x = new double[series.returns().size()];
        boolean timed = timed(series);
        for (int i = 0; i < x.length; i++) {
            x[i] = timed ? millis(series.times().get(i)) : i + 1;
        }
        return x;
    }

    /// Epoch milliseconds of a day or a time with an offset; NaN of anything else.
    private static double millis(String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                            .toEpochMilli()
                    : OffsetDateTime.parse(text.replace(' ', 'T')).toInstant().toEpochMilli();
        } catch (DateTimeException other) {
            return text.matches("1\\d{12}") ? Double.parseDouble(text) : Double.NaN;
        }
    }

    /// A section for one series: its estimates, its returns and its volatility.
    static void section(Page page, Series series, VolatilityFit fit) {
        page.open("series-" + series.name(), series.name());
        page.soft(series.text());
        List<List<Page.Cell>> rows = new ArrayList<>();
        for (int i = 0; i < fit.parameters().size(); i++) {
            rows.add(List.of(
                    Page.Cell.of(fit.form().parameters().get(i)),
                    Page.Cell.number(Estimates.digits(fit.parameters().get(i))),
                    Page.Cell.number(Estimates.digits(fit.errors().hessian().get(i))),
                    Page.Cell.number(
                            Estimates.digits(fit.errors().outerProduct().get(i))),
                    Page.Cell.number(Estimates.digits(fit.errors().robust().get(i)))));
        }
        page.table(
                List.of(
                        Page.Cell.of(fit.form().name()),
                        Page.Cell.number("estimate"),
                        Page.Cell.number("error: hessian"),
                        Page.Cell.number("outer product"),
                        Page.Cell.number("robust")),
                rows);
        page.words("Log-likelihood " + Estimates.digits(fit.logLikelihood()) + ", persistence "
                + Estimates.digits(fit.persistence()) + ", volatility of the next step "
                + Estimates.digits(Math.sqrt(fit.next())) + ".");
        double[] volatility = fit.variances().stream().mapToDouble(Math::sqrt).toArray();
        String unit = series.prices() ? " %" : "";
        page.plot(curves(
                "Returns of " + series.name(),
                series,
                List.of(line("return", "gross", series, series.values())),
                true,
                unit));
        page.plot(curves(
                "Volatility of " + series.name(),
                series,
                List.of(line("volatility of a step, given those before", "net", series, volatility)),
                false,
                unit));
        page.close();
    }

    static void write(Path file, Page page) throws IOException {
        Files.writeString(file, page.html());
    }
}
