package dev.tranche.bench.explain;

import dev.tranche.bench.Report;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.explain.Background;
import dev.tranche.inference.explain.TreeInterventional;
import dev.tranche.inference.explain.TreeShap;
import dev.tranche.inference.format.ModelFile;
import dev.tranche.inference.format.Rounds;
import dev.tranche.inference.tree.TreeModel;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Contributions of ours and of the library that trained the model: the same model, rows and thread, in
/// turns, by the processor time of that thread; correctness first. Each number is the least of several
/// rounds.
@Command(
        name = "explain",
        description = "TreeSHAP beside xgboost4j and lightgbm4j: contributions of one row and of a batch.",
        mixinStandardHelpOptions = true)
public final class ExplainBench implements Callable<Integer> {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /// XGBoost sums in float.
    private static final double CLOSE = 1e-4;

    private static final int TABLE = 8000;

    @Option(names = "--trees", paramLabel = "N", description = "Trees of each model; 500 when left out.")
    private int trees = 500;

    @Option(names = "--rows", paramLabel = "N", description = "Rows of a batch, at most 8000; 200 when left out.")
    private int rows = 200;

    @Option(names = "--rounds", paramLabel = "N", description = "Times everything is measured; 5 when left out.")
    private int rounds = 5;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    ExplainBench() {}

    @Override
    public Integer call() {
        if (rows < 2 || rows > TABLE || trees < 1 || rounds < 1) {
            throw new IllegalArgumentException("rows must be within 2.." + TABLE + ", trees and rounds at least 1: "
                    + rows + ", " + trees + ", " + rounds);
        }
        Report report = Report.open("explain", json, System.out);
        Applicants applicants = Applicants.of(TABLE);
        boolean correct = measure(report, "depth 6", applicants, table -> XgboostPeer.train(table, trees));
        correct &= measure(report, "63 leaves", applicants, table -> LightgbmPeer.train(table, trees));
        return correct ? 0 : 1;
    }

    private boolean measure(Report report, String shape, Applicants applicants, Function<Applicants, Peer> trainer) {
        try (Peer peer = trainer.apply(applicants)) {
            TreeModel model = (TreeModel) ModelFile.read(peer.format(), peer.file(), Rounds.all());
            TreeShap shap = TreeShap.of(model.ensemble());
            TreeShap.Walk walk = shap.walk();
            double[] parts = new double[Applicants.FEATURES + 1];
            peer.take(rows);
            peer.contributions();
            double apart = 0;
            double margin = 0;
            for (int i = 0; i < rows; i++) {
                double[] known = peer.contributions(i);
                walk.contributions(applicants.row(i), 0, parts);
                for (int j = 0; j < known.length; j++) {
                    apart = Math.max(apart, Math.abs(parts[j] - known[j]));
                }
                double own = model.predict(applicants.row(i), Deadline.NONE).margins()[0];
                margin = Math.max(margin, Math.abs(Arrays.stream(parts).sum() - own));
            }
            boolean correct = apart < CLOSE && margin < 1e-5;
            report.correct(
                    correct,
                    String.format(
                            Locale.ROOT,
                            "%d trees, %s, %d rows: at most %.1e from %s, sums %.1e from our margin",
                            trees,
                            shape,
                            rows,
                            apart,
                            peer.name(),
                            margin));
            numbers(report, trees + " × " + shape, applicants, peer, walk);
            against(report, trees + " × " + shape, applicants, model);
            return correct;
        }
    }

    private void numbers(Report report, String model, Applicants applicants, Peer peer, TreeShap.Walk walk) {
        double[] parts = new double[Applicants.FEATURES + 1];
        Runnable ours = () -> {
            for (int i = 0; i < rows; i++) {
                walk.contributions(applicants.row(i), 0, parts);
            }
        };
        double oursBatch = Double.POSITIVE_INFINITY;
        double theirBatch = Double.POSITIVE_INFINITY;
        for (int round = 0; round < rounds; round++) {
            oursBatch = Math.min(oursBatch, micros(ours) / rows);
            theirBatch = Math.min(theirBatch, micros(peer::contributions) / rows);
        }
        peer.take(1);
        double oursOne = Double.POSITIVE_INFINITY;
        double theirOne = Double.POSITIVE_INFINITY;
        int calls = Math.max(2, rows / 10);
        for (int round = 0; round < rounds; round++) {
            oursOne = Math.min(
                    oursOne,
                    micros(() -> {
                                for (int i = 0; i < calls; i++) {
                                    walk.contributions(applicants.row(0), 0, parts);
                                }
                            })
                            / calls);
            theirOne = Math.min(
                    theirOne,
                    micros(() -> {
                                for (int i = 0; i < calls; i++) {
                                    peer.contributions();
                                }
                            })
                            / calls);
        }
        report.number(model + ", one row", "tranche", oursOne, "µs a row");
        report.number(model + ", one row", peer.name(), theirOne, "µs a row");
        report.number(model + ", one row", "ratio", theirOne / oursOne, "times faster");
        report.number(model + ", " + rows + " rows", "tranche", oursBatch, "µs a row");
        report.number(model + ", " + rows + " rows", peer.name(), theirBatch, "µs a row");
        report.number(model + ", " + rows + " rows", "ratio", theirBatch / oursBatch, "times faster");
    }

    /// Interventional TreeSHAP, for which no library here has a peer.
    private void against(Report report, String model, Applicants applicants, TreeModel trees) {
        for (int size : new int[] {64, 512}) {
            List<double[]> crowd = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                crowd.add(applicants.row(TABLE - 1 - i));
            }
            TreeInterventional explainer =
                    TreeInterventional.of(trees.ensemble(), Background.of(size + " rows", crowd));
            double least = Double.POSITIVE_INFINITY;
            int calls = Math.min(10, rows);
            for (int round = 0; round < rounds; round++) {
                least = Math.min(
                        least,
                        micros(() -> {
                                    for (int i = 0; i < calls; i++) {
                                        explainer.parts(applicants.row(i));
                                    }
                                })
                                / calls);
            }
            report.number(model + ", one row", "tranche against " + size + " rows", least, "µs a row");
        }
    }

    private static double micros(Runnable work) {
        long before = THREADS.getCurrentThreadCpuTime();
        work.run();
        return (THREADS.getCurrentThreadCpuTime() - before) / 1e3;
    }
}
