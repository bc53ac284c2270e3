package dev.tranche.batch.parity;

import dev.tranche.batch.file.Table;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.format.Json;
import dev.tranche.inference.pmml.PmmlModel;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Compares what only PMML files answer: a score with ranked reason codes, a class with its probabilities.
final class PmmlAnswers {
    private static final Pattern KNOWN = Pattern.compile("overallScore (\\S+); reason codes (.*?)(?:, \\w+ null)?");

    private PmmlAnswers() {}

    /// A case whose row and answer stand in the table itself: `age=25, job=clerk` and
    /// `overallScore 29; reason codes R2, R1, third null`.
    static void reasons(PmmlModel model, ParityCase of, Comparison comparison) {
        Matcher known = KNOWN.matcher(of.expected());
        if (!known.matches()) {
            throw new IllegalArgumentException("it is not known what is expected: " + of.expected());
        }
        double[] row = inline(model, of.input());
        comparison.compare(
                "score", 0, 0, model.predict(row, Deadline.NONE).score(), Double.parseDouble(known.group(1)));
        comparison.same(
                "reason codes",
                0,
                model.reasonCodes(row),
                List.of(known.group(2).split(", ")));
    }

    /// The rows of a file of known classes: the column of the class, and `probability(class)` for each.
    static void classes(PmmlModel model, List<double[]> outputs, Table table, Comparison comparison) {
        List<Integer> columns = new ArrayList<>();
        for (String name : model.classes()) {
            columns.add(table.column("probability(" + name + ")"));
        }
        comparison.compare("probability", outputs, table.rows(), columns);
        for (int row = 0; row < outputs.size(); row++) {
            int best = 0;
            for (int i = 1; i < columns.size(); i++) {
                best = outputs.get(row)[i] > outputs.get(row)[best] ? i : best;
            }
            comparison.same(
                    "class",
                    row,
                    model.classes().get(best),
                    table.rows().get(row).getFirst());
        }
    }

    private static double[] inline(PmmlModel model, String words) {
        double[] row = new double[model.inputNames().size()];
        java.util.Arrays.fill(row, Double.NaN);
        for (String pair : words.split(", *")) {
            int split = pair.indexOf('=');
            int input = model.inputNames().indexOf(pair.substring(0, split));
            String value = pair.substring(split + 1);
            row[input] = model.texts().contains(pair.substring(0, split))
                    ? model.categories().get(input).indexOf(value)
                    : new Json.Num(value).doubleValue();
        }
        return row;
    }
}
