package dev.tranche.bench.inference;

import dev.tranche.bench.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Scoring in one thread: our kernels beside the native libraries that trained the models, ONNX Runtime and
/// another engine in Java, on the same models and rows in one run.
@Command(
        name = "inference",
        description = "Nanoseconds a row in one thread, beside xgboost4j, lightgbm4j, ONNX Runtime and H2O.",
        mixinStandardHelpOptions = true)
public final class InferenceBench implements Callable<Integer> {
    static final long TABLE_SEED = 99;

    private static final int SMALL_TREES = 100;
    private static final int REQUEST_ROWS = 1_000;
    private static final long TURN_NANOS = 12_000_000;
    private static final int TURNS = 5;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Option(
            names = "--quick",
            description = "In a minute, contenders interleaved by processor time; without it by JMH in ten.")
    private boolean quick;

    @Option(names = "--trees", defaultValue = "500", description = "Trees of the models (${DEFAULT-VALUE}).")
    private int trees;

    @Option(names = "--rows", defaultValue = "10000", description = "Rows of the table (${DEFAULT-VALUE}).")
    private int tableRows;

    @Option(names = "--turns", hidden = true)
    private int turns = TURNS;

    InferenceBench() {}

    @Override
    public Integer call() throws Exception {
        Report report = Report.open("inference", json, System.out);
        Path work = Files.createTempDirectory("tranche-bench");
        try {
            List<Subject> subjects = List.of(
                    Subject.xgboost(work, trees),
                    Subject.lightgbm(work, trees),
                    Subject.xgboost(work, Math.min(SMALL_TREES, trees - 1)));
            float[] table = CreditTable.rows(tableRows, TABLE_SEED);
            List<Contenders> contenders = new ArrayList<>();
            try {
                for (Subject subject : subjects) {
                    contenders.add(Contenders.of(subject, table));
                }
                boolean correct = compare(report, subjects, contenders);
                report.remark("LightGBM's sets of categories are known to neither ONNX Runtime (ai.onnx.ml 3) nor H2O");
                for (int i = 0; i < subjects.size(); i++) {
                    List<Integer> sizes =
                            i == 2 ? List.of(Math.min(REQUEST_ROWS, tableRows)) : List.of(1, 100, tableRows);
                    measure(report, subjects.get(i), contenders.get(i).all(), sizes);
                }
                return correct ? 0 : 1;
            } finally {
                for (Contenders group : contenders) {
                    group.close();
                }
            }
        } finally {
            delete(work);
        }
    }

    private boolean compare(Report report, List<Subject> subjects, List<Contenders> groups) throws Exception {
        boolean correct = true;
        StringBuilder detail = new StringBuilder();
        for (int i = 0; i < subjects.size(); i++) {
            List<Contender> contenders = groups.get(i).all();
            Contender reference =
                    contenders.stream().filter(Contender::foreign).findFirst().orElseThrow();
            double[] expected = new double[tableRows];
            reference.score(0, tableRows, expected);
            detail.append(subjects.get(i).name())
                    .append(" against ")
                    .append(reference.name())
                    .append(": ");
            for (Contender contender : contenders) {
                double worst = furthest(contender, expected);
                correct &= worst <= contender.tolerance();
                detail.append(contender.name())
                        .append(worst == 0 ? " same bits" : String.format(Locale.ROOT, " within %.1e", worst))
                        .append(", ");
            }
            detail.append("over ").append(tableRows).append(" rows; ");
        }
        report.correct(correct, detail.toString());
        return correct;
    }

    private double furthest(Contender contender, double[] expected) throws Exception {
        double[] margins = new double[tableRows];
        double[] one = new double[1];
        if (contender.batches()) {
            contender.score(0, tableRows, margins);
        } else {
            System.arraycopy(expected, 0, margins, 0, tableRows);
        }
        double worst = 0;
        for (int row = 0; row < tableRows; row++) {
            worst = Math.max(worst, Math.abs(margins[row] - expected[row]));
            if (row % 10 == 0) {
                contender.score(row, 1, one);
                worst = Math.max(worst, Math.abs(one[0] - expected[row]));
            }
        }
        return worst;
    }

    private void measure(Report report, Subject subject, List<Contender> contenders, List<Integer> sizes)
            throws Exception {
        List<Measured> all = new ArrayList<>();
        for (int rows : sizes) {
            List<Measured> measured = quick
                    ? new Duel(subject.name(), tableRows, TURN_NANOS, turns).measure(asked(contenders, rows), rows)
                    : byJmh(subject, contenders, rows);
            for (Measured one : measured) {
                String name = subject.name() + " rows=" + rows;
                report.number(name, one.contender(), one.nanos(), "ns a row");
                report.number(name, one.contender(), one.bytes(), "B a row allocated");
            }
            ratios(report, measured);
            all.addAll(measured);
        }
        String ours = contenders.getFirst().name();
        double single = nanos(all, ours, 1);
        double batch = nanos(all, ours, tableRows);
        if (!Double.isNaN(single) && !Double.isNaN(batch)) {
            report.number(subject.name(), "single row / batch of " + tableRows, single / batch, "ratio");
        }
    }

    private List<Measured> byJmh(Subject subject, List<Contender> contenders, int rows) throws RunnerException {
        List<Integer> places = IntStream.range(0, contenders.size())
                .filter(place -> asked(contenders, rows).contains(contenders.get(place)))
                .boxed()
                .toList();
        return new Jmh(1, 3, TimeValue.milliseconds(800)).measure(subject, contenders, places, rows, tableRows);
    }

    private static List<Contender> asked(List<Contender> contenders, int rows) {
        return contenders.stream()
                .filter(contender -> rows == 1 || contender.batches())
                .toList();
    }

    private static void ratios(Report report, List<Measured> measured) {
        Measured ours = measured.getFirst();
        String name = ours.subject() + " rows=" + ours.rows();
        for (Measured other : measured.subList(1, measured.size())) {
            report.number(name, other.contender() + " / ours", other.nanos() / ours.nanos(), "ratio");
        }
        Optional<Measured> fastest =
                measured.stream().filter(Measured::foreign).min(Comparator.comparingDouble(Measured::nanos));
        fastest.ifPresent(library -> report.number(
                name, "fastest native / ours", library.nanos() / ours.nanos(), "ratio, aim " + aim(ours.rows())));
        measured.stream()
                .filter(other -> other.contender().contains("plain"))
                .min(Comparator.comparingDouble(Measured::nanos))
                .ifPresent(plain -> report.number(
                        name, "quantised faster than plain", 100 * (plain.nanos() / ours.nanos() - 1), "%"));
    }

    private static String aim(int rows) {
        return rows == 1 ? "5" : "2 to 4";
    }

    private static double nanos(List<Measured> all, String contender, int rows) {
        return all.stream()
                .filter(one -> one.contender().equals(contender) && one.rows() == rows)
                .mapToDouble(Measured::nanos)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
