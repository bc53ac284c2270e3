package dev.tranche.examples.market;

import dev.tranche.examples.market.SpreadTrees.Shape;
import dev.tranche.market.spread.SpreadTarget;
import dev.tranche.market.statistics.PurgedFolds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tranche examples train-spread FEATURES.csv`: trains a spread model on what `tranche market features`
/// wrote, and writes a folder that registers. The rows are cut by time over all files: the first part trains,
/// the last tests, and what a target or a window of features reaches over is left out between them. The shape
/// of the trees is chosen inside the first part, walking forward. Nothing is shuffled.
@Command(
        name = "train-spread",
        description = "Train a spread model with XGBoost on what `tranche market features` wrote.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class TrainSpread implements Callable<Integer> {
    private static final long NANOS_A_SECOND = 1_000_000_000L;
    private static final int FOLDS = 3;

    private final Path root = Path.of(System.getProperty("tranche.root", ".")).toAbsolutePath();

    @Parameters(index = "0", paramLabel = "FEATURES.csv", description = "What `tranche market features` wrote.")
    private Path csv = Path.of("features.csv");

    @Option(names = "--out", paramLabel = "FOLDER", description = "Where the artifact goes (examples/market/NAME).")
    private Path out = Path.of("");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "btc_spread_xgb_v1.0",
            description = "The version's name (${DEFAULT-VALUE}).")
    private String name = "btc_spread_xgb_v1.0";

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            defaultValue = "MOVE",
            description = "What is learnt: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private SpreadTarget target = SpreadTarget.MOVE;

    @Option(
            names = "--quantile",
            paramLabel = "Q",
            defaultValue = "0.8",
            description = "The quantile learnt of the target move, 0.05..0.95 (${DEFAULT-VALUE}).")
    private double quantile = 0.8;

    @Option(
            names = "--test-share",
            paramLabel = "SHARE",
            defaultValue = "0.4",
            description = "The last part of the time, which is only tested on, 0.1..0.8 (${DEFAULT-VALUE}).")
    private double testShare = 0.4;

    @Option(
            names = "--purge",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description = "Seconds left out before what is tested: at least horizon and window (${DEFAULT-VALUE}).")
    private int purge = 3;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    TrainSpread() {}

    @Override
    public Integer call() throws IOException {
        within("--quantile", quantile, 0.05, 0.95);
        within("--test-share", testShare, 0.1, 0.8);
        within("--purge", purge, 0, 3600);
        SpreadRows rows = SpreadRows.read(csv, target);
        long cut = rows.from() + (long) ((1 - testShare) * (rows.to() - rows.from()));
        SpreadRows training = rows.at(nanos -> nanos < cut - purge * NANOS_A_SECOND);
        SpreadRows test = rows.at(nanos -> nanos >= cut);
        if (training.size() == 0 || test.size() == 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "too little time to cut: " + training.size() + " rows train, " + test.size() + " test");
        }
        double learnt = target == SpreadTarget.MOVE ? quantile : Double.NaN;
        Map<Shape, Double> tried = tried(training, learnt);
        Shape best = tried.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        Map<String, Object> parameters = SpreadTrees.parameters(best, target, quantile);
        Findings findings = Findings.of(training, learnt);
        try (SpreadTrees trees = SpreadTrees.train(training, best, parameters);
                SpreadTrees seeds =
                        SpreadTrees.train(training, Shape.SEED, SpreadTrees.parameters(Shape.SEED, target, quantile))) {
            Map<String, Findings.Score> scores = new LinkedHashMap<>();
            scores.put("all, training", findings.score(training, trees.predict(training, false)));
            scores.put("all, test", findings.score(test, trees.predict(test, false)));
            for (String file : test.files()) {
                SpreadRows part = test.of(file);
                scores.put(file + ", test", findings.score(part, trees.predict(part, false)));
            }
            scores.put("all, test, the seed's trees", findings.score(test, seeds.predict(test, false)));
            SpreadCard card =
                    new SpreadCard(name, target, learnt, best, tried, findings, scores, training, test, purge);
            Path folder =
                    out.toString().isEmpty() ? root.resolve("examples/market").resolve(name) : out;
            new SpreadFolder(folder, name, target, quantile)
                    .write(trees, SpreadTrees.text(best, parameters), csv, training, findings, test, card.text());
            spec.commandLine().getOut().println(card.table());
            spec.commandLine().getOut().println("written: " + folder);
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    /// For each shape its mean loss against the constant's, walking forward inside the training rows.
    private Map<Shape, Double> tried(SpreadRows training, double learnt) throws IOException {
        List<PurgedFolds> folds =
                PurgedFolds.walkForward(training.from(), training.to() + 1, FOLDS, 0, purge * NANOS_A_SECOND);
        Map<Shape, Double> tried = new LinkedHashMap<>();
        for (Shape shape : Shape.TRIED) {
            double sum = 0;
            for (PurgedFolds fold : folds) {
                SpreadRows past = training.at(fold::trains);
                SpreadRows next = training.at(fold::tests);
                try (SpreadTrees trees =
                        SpreadTrees.train(past, shape, SpreadTrees.parameters(shape, target, quantile))) {
                    sum += Findings.of(past, learnt)
                            .score(next, trees.predict(next, false))
                            .ratio();
                }
            }
            tried.put(shape, sum / folds.size());
        }
        return tried;
    }

    private void within(String option, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new ParameterException(
                    spec.commandLine(),
                    String.format(Locale.ROOT, "%s must be within %s..%s: %s", option, low, high, value));
        }
    }
}
