package dev.tranche.batch.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A small file of rows and columns, plain or gzipped.
///
/// @param header the names of the columns; empty when the file has none
/// @param rows the cells
public record Table(List<String> header, List<List<String>> rows) {
    /// The texts that stand for a missing value.
    private static final List<String> MISSING = List.of("", "NA", "N/A", "nan", "NaN");

    /// A comma-separated file whose first line names the columns; cells may be quoted (RFC 4180).
    public static Table csv(Path file) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (String line : lines(file)) {
            rows.add(cells(line));
        }
        return rows.isEmpty() ? new Table(List.of(), rows) : new Table(rows.getFirst(), rows.subList(1, rows.size()));
    }

    /// Numbers separated by white space, without names.
    public static Table words(Path file) throws IOException {
        return new Table(
                List.of(),
                lines(file).stream()
                        .map(line -> List.of(line.strip().split("\\s+")))
                        .toList());
    }

    /// A file of known answers: comma-separated with names, or bare numbers.
    public static Table answers(Path file) throws IOException {
        return file.toString().contains(".csv") ? csv(file) : words(file);
    }

    /// The lines of a file, without the blank ones, as [Lines] reads them.
    public static List<String> lines(Path file) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Lines lines = Lines.open(file)) {
            while (lines.next()) {
                String text = lines.text();
                if (!text.isBlank()) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    /// The number a cell says; NaN for the usual words for missing, 1 and 0 for TRUE and FALSE.
    public static double number(String cell) {
        if (MISSING.contains(cell)) {
            return Double.NaN;
        }
        if (cell.equalsIgnoreCase("true") || cell.equalsIgnoreCase("false")) {
            return cell.equalsIgnoreCase("true") ? 1 : 0;
        }
        return Double.parseDouble(cell);
    }

    /// Whether a cell is one of the usual words for missing.
    public static boolean missing(String cell) {
        return MISSING.contains(cell);
    }

    /// The position of a column.
    public int column(String name) {
        int column = header.indexOf(name);
        if (column < 0) {
            throw new IllegalArgumentException("there is no column " + name + " among " + header);
        }
        return column;
    }

    /// The cell of a row in a column.
    public String value(List<String> row, String name) {
        return row.get(column(name));
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                boolean twice = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
                if (twice) {
                    cell.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
