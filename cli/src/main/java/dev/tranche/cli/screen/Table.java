package dev.tranche.cli.screen;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/// Rows under headings. Numbers stand right, words left; on a terminal a line never exceeds the width: the
/// widest column gives way first.
public final class Table {
    private static final String GAP = "  ";
    /// A column is not cut below this.
    private static final int NARROWEST = 6;

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    public static Table of(String... headings) {
        return new Table(List.of(headings));
    }

    private Table(List<String> headings) {
        this.headings = headings;
    }

    /// Adds a row.
    ///
    /// @throws IllegalArgumentException when the row has not as many cells as there are headings
    public Table row(String... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException("a row must have " + headings.size() + " cells: " + cells.length);
        }
        rows.add(List.of(cells));
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /// The lines, headings first.
    public List<String> lines(Ink ink, int columns) {
        List<Integer> widths = widths(columns);
        List<String> lines = new ArrayList<>();
        lines.add(ink.dim(line(headings, widths)));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private List<Integer> widths(int columns) {
        List<Integer> widths = new ArrayList<>();
        for (int c = 0; c < headings.size(); c++) {
            int column = c;
            int widest = rows.stream()
                    .mapToInt(row -> Text.width(row.get(column)))
                    .max()
                    .orElse(0);
            widths.add(Math.max(Text.width(headings.get(c)), widest));
        }
        long room = (long) columns - (long) GAP.length() * (headings.size() - 1);
        while (widths.stream().mapToLong(Integer::longValue).sum() > room) {
            int widest = widths.indexOf(Collections.max(widths));
            if (widths.get(widest) <= NARROWEST) {
                break;
            }
            widths.set(widest, widths.get(widest) - 1);
        }
        return widths;
    }

    private String line(List<String> cells, List<Integer> widths) {
        List<String> fitted = new ArrayList<>();
        for (int c = 0; c < cells.size(); c++) {
            String cell = Text.cut(cells.get(c), widths.get(c));
            fitted.add(numeric(c) ? Text.right(cell, widths.get(c)) : Text.padded(cell, widths.get(c)));
        }
        return fitted.stream().collect(Collectors.joining(GAP)).stripTrailing();
    }

    private boolean numeric(int column) {
        return !rows.isEmpty()
                && rows.stream()
                        .map(row -> row.get(column))
                        .allMatch(cell -> cell.isEmpty()
                                || cell.equals("-")
                                || cell.matches("[-+]?[\\d,]+(\\.\\d+)?( ?(%|ms|s))?"));
    }
}
