package dev.tranche.batch.market.series;

import dev.tranche.batch.file.RefusedException;
import dev.tranche.batch.file.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The options that say which series are read, and how.
final class SeriesOptions {
    private static final List<String> CLOSES = List.of("close", "adjclose", "price", "value");
    private static final List<String> TIMES =
            List.of("timestamp", "open_time", "time", "date", "datetime", "close_time", "obs", "ts");
    private static final double PER_CENT = 100;

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "The column read; where it is left out, close, or the only one besides the time.")
    private Optional<String> column = Optional.empty();

    @Option(
            names = "--values",
            paramLabel = "KIND",
            defaultValue = "auto",
            description = "prices, returns, or auto: prices when the column is called so or every value"
                    + " is above 0 (${DEFAULT-VALUE}).")
    private String values = "auto";

    @Option(
            names = "--last",
            paramLabel = "N",
            description = "Only the last N returns of each series, after they are matched by time.")
    private Optional<Integer> last = Optional.empty();

    private SeriesOptions() {}

    /// One series a file; several files are matched by their time, and what not all have is left out.
    List<Series> read(CommandLine command, List<Path> files) throws IOException {
        if (!List.of("auto", "prices", "returns").contains(values)) {
            throw new ParameterException(command, "--values must be prices, returns or auto: " + values);
        }
        if (last.isPresent() && last.get() < 1) {
            throw new ParameterException(command, "--last must be at least 1: " + last.get());
        }
        List<Column> columns = new ArrayList<>();
        for (Path file : files) {
            columns.add(column(file));
        }
        List<Column> matched = columns.size() == 1 ? columns : Column.matched(columns);
        return matched.stream().map(this::returns).toList();
    }

    private Column column(Path file) throws IOException {
        Table table = Table.csv(file);
        if (table.rows().isEmpty()) {
            throw RefusedException.because(file + " holds no rows below its first line");
        }
        List<String> plain = table.header().stream()
                .map(each -> each.strip().toLowerCase(Locale.ROOT))
                .toList();
        int time = TIMES.stream()
                .mapToInt(plain::indexOf)
                .filter(at -> at >= 0)
                .findFirst()
                .orElse(-1);
        int at = chosen(file, plain, time);
        List<String> times = new ArrayList<>();
        List<Double> read = new ArrayList<>();
        for (int i = 0; i < table.rows().size(); i++) {
            List<String> row = table.rows().get(i);
            if (row.size() != plain.size()) {
                throw RefusedException.because(file + ", row " + (i + 1) + " has " + row.size()
                        + " cells where the first line has " + plain.size());
            }
            read.add(number(file, i + 1, table.header().get(at), row.get(at)));
            if (time >= 0) {
                times.add(row.get(time));
            }
        }
        return new Column(name(file), table.header().get(at), times, read);
    }

    private int chosen(Path file, List<String> plain, int time) {
        if (column.isPresent()) {
            int at = plain.indexOf(column.get().strip().toLowerCase(Locale.ROOT));
            if (at < 0) {
                throw RefusedException.because(file + " has no column " + column.get() + "; it has " + plain);
            }
            return at;
        }
        for (String each : CLOSES) {
            if (plain.contains(each)) {
                return plain.indexOf(each);
            }
        }
        int others = plain.size() - (time >= 0 ? 1 : 0);
        if (others != 1) {
            throw RefusedException.because(file + " has the columns " + plain + ": say which one with --column NAME");
        }
        return time == 0 ? 1 : 0;
    }

    private static double number(Path file, int row, String column, String cell) {
        try {
            double number = Double.parseDouble(cell.strip());
            if (Math.abs(number) < 1e100) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            throw RefusedException.because(file + ", row " + row + ": " + column + " must be a finite number: " + cell);
        }
        throw RefusedException.because(file + ", row " + row + ": " + column + " must be a finite number: " + cell);
    }

    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.indexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private Series returns(Column column) {
        List<Double> given = column.values();
        boolean positive = given.stream().allMatch(each -> each > 0);
        boolean named = CLOSES.contains(column.column().strip().toLowerCase(Locale.ROOT));
        boolean prices = values.equals("prices") || (values.equals("auto") && (positive || named));
        if (prices && !positive) {
            throw RefusedException.because(
                    column.name() + ": prices must be above 0; say --values returns if they" + " are returns");
        }
        List<Double> returns = new ArrayList<>();
        for (int i = prices ? 1 : 0; i < given.size(); i++) {
            returns.add(prices ? PER_CENT * Math.log(given.get(i) / given.get(i - 1)) : given.get(i));
        }
        List<String> times =
                column.times().isEmpty() ? List.of() : column.times().subList(prices ? 1 : 0, given.size());
        int from = Math.max(0, returns.size() - last.orElse(Integer.MAX_VALUE));
        return new Series(
                column.name(),
                column.column(),
                prices,
                times.isEmpty() ? times : List.copyOf(times.subList(from, times.size())),
                List.copyOf(returns.subList(from, returns.size())));
    }
}
