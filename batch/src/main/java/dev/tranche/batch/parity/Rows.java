package dev.tranche.batch.parity;

import dev.tranche.batch.file.Table;
import dev.tranche.inference.Model;
import dev.tranche.inference.tree.TreeModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/// Turns the lines of an input file into rows for a model, in each of the encodings `CASES.md` names.
final class Rows {
    private final Model model;
    private final Path file;

    private Rows(Model model, Path file) {
        this.model = model;
        this.file = file;
    }

    /// The rows of a file.
    ///
    /// @throws IllegalArgumentException when the encoding is not one of those
    static List<double[]> read(Model model, Path file, String encoding) throws IOException {
        Rows rows = new Rows(model, file);
        return switch (encoding) {
            case "numeric" ->
                rows.columns(Collections.nCopies(model.inputNames().size(), List.of()), true);
            case "columns-pandas" -> rows.columns(rows.named(), false);
            case "raw-categories" -> rows.columns(rows.observed(), false);
            case "columns-pandas-dummies" -> rows.dummies();
            case "onehot-sparse" -> rows.onehot(Double.NaN);
            case "onehot-dense" -> rows.onehot(0.0);
            case "coded" -> rows.bare(Table.csv(file), 1);
            case "tsv", "space" -> rows.bare(Table.words(file), 0);
            case "tsv-label-first" -> rows.bare(Table.words(file), 1);
            case "libsvm-missing" -> rows.libsvm(Double.NaN);
            case "libsvm-zero" -> rows.libsvm(0.0);
            default -> throw new IllegalArgumentException("the encoding is not known: " + encoding);
        };
    }

    /// The categories the model's file names.
    private List<List<String>> named() {
        return model.categories();
    }

    /// The categories the model's file names; where it names none, the sorted distinct values of the
    /// column.
    private List<List<String>> observed() throws IOException {
        List<List<String>> categories = new ArrayList<>(named());
        if (!(model instanceof TreeModel trees) || categories.stream().anyMatch(list -> !list.isEmpty())) {
            return categories;
        }
        Table table = Table.csv(file);
        for (int input : trees.ensemble().categoricalInputs()) {
            int column = table.column(model.inputNames().get(input));
            List<String> values = new ArrayList<>(table.rows().stream()
                    .map(row -> row.get(column))
                    .filter(cell -> !Table.missing(cell))
                    .distinct()
                    .toList());
            boolean numbers = values.stream().allMatch(value -> value.matches("-?[0-9]+"));
            values.sort(numbers ? Comparator.comparingInt(Integer::parseInt) : Comparator.naturalOrder());
            categories.set(input, values);
        }
        return categories;
    }

    private List<double[]> columns(List<List<String>> categories, boolean inOrder) throws IOException {
        Table table = Table.csv(file);
        List<String> names = model.inputNames();
        List<double[]> rows = new ArrayList<>();
        for (List<String> cells : table.rows()) {
            double[] row = new double[names.size()];
            for (int i = 0; i < row.length; i++) {
                String cell = cells.get(inOrder ? i : table.column(names.get(i)));
                row[i] = categories.get(i).isEmpty() ? Table.number(cell) : code(categories.get(i), cell);
            }
            rows.add(row);
        }
        return rows;
    }

    /// The place of a cell among the categories, as text or as the same number; NaN when it is not there.
    private static double code(List<String> categories, String cell) {
        int code = categories.indexOf(cell);
        if (code >= 0 || Table.missing(cell)) {
            return code >= 0 ? code : Double.NaN;
        }
        for (int i = 0; i < categories.size(); i++) {
            if (isNumber(cell)
                    && isNumber(categories.get(i))
                    && Table.number(cell) == Table.number(categories.get(i))) {
                return i;
            }
        }
        return Double.NaN;
    }

    private static boolean isNumber(String text) {
        return text.matches("(?i)true|false|-?[0-9]+(\\.[0-9]+)?");
    }

    /// Columns by name, or `column_value` as 1 where the column has the value, else 0.
    private List<double[]> dummies() throws IOException {
        Table table = Table.csv(file);
        List<double[]> rows = new ArrayList<>();
        for (List<String> cells : table.rows()) {
            double[] row = new double[model.inputNames().size()];
            for (int i = 0; i < row.length; i++) {
                String name = model.inputNames().get(i);
                int split = name.indexOf('_');
                boolean dummy = !table.header().contains(name) && split > 0;
                row[i] = dummy
                        ? (table.value(cells, name.substring(0, split)).equals(name.substring(split + 1)) ? 1 : 0)
                        : Table.number(table.value(cells, name));
            }
            rows.add(row);
        }
        return rows;
    }

    /// The order of the `.fmap` beside the file: `column=value` is 1 where equal and `otherwise` where not.
    private List<double[]> onehot(double otherwise) throws IOException {
        Table table = Table.csv(file);
        Path map = Path.of(file.toString().replaceFirst("\\.csv$", ".fmap"));
        List<List<String>> features =
                Table.lines(map).stream().map(line -> List.of(line.split("\t"))).toList();
        List<double[]> rows = new ArrayList<>();
        for (List<String> cells : table.rows()) {
            double[] row = new double[model.inputNames().size()];
            Arrays.fill(row, Double.NaN);
            for (List<String> feature : features) {
                String name = feature.get(1);
                int split = name.indexOf('=');
                String cell = table.value(cells, split < 0 ? name : name.substring(0, split));
                row[Integer.parseInt(feature.getFirst())] =
                        split < 0 ? Table.number(cell) : (cell.equals(name.substring(split + 1)) ? 1 : otherwise);
            }
            rows.add(row);
        }
        return rows;
    }

    private List<double[]> bare(Table table, int skipped) {
        return table.rows().stream()
                .map(cells ->
                        cells.stream().skip(skipped).mapToDouble(Table::number).toArray())
                .toList();
    }

    private List<double[]> libsvm(double absent) throws IOException {
        List<double[]> rows = new ArrayList<>();
        for (List<String> words : Table.words(file).rows()) {
            double[] row = new double[model.inputNames().size()];
            Arrays.fill(row, absent);
            for (String word : words) {
                int colon = word.indexOf(':');
                int index = colon < 0 ? row.length : Integer.parseInt(word.substring(0, colon));
                if (index < row.length) {
                    row[index] = Double.parseDouble(word.substring(colon + 1));
                }
            }
            rows.add(row);
        }
        return rows;
    }
}
