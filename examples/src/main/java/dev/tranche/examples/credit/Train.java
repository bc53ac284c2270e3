package dev.tranche.examples.credit;

import dev.tranche.credit.Cutoff;
import dev.tranche.inference.format.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tranche examples train-credit`: rebuilds the example models, their golden rows and the policy from the
/// data, the same bytes each time, and prints how they do on rows they have not seen.
@Command(
        name = "train-credit",
        description = "Train the example credit models on the German credit data.",
        mixinStandardHelpOptions = true)
public final class Train implements Callable<Integer> {

    private static final String CARD = "consumer_apply_scorecard_v1.0";

    /// Share of applicants that the policy approves; the lender's choice.
    private static final double APPROVED = 0.70;

    /// Share of applicants that the policy does not decline.
    private static final double NOT_DECLINED = 0.85;

    private final Path root = Path.of(System.getProperty("tranche.root", ".")).toAbsolutePath();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FOLDER",
            description = "Where the artifacts go (examples/credit).")
    private Path folder = root.resolve("examples/credit");

    @Option(names = "--data", paramLabel = "CSV", description = "The data (examples/credit/german-credit.csv).")
    private Path data = root.resolve("examples/credit/german-credit.csv");

    Train() {}

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(folder);
        GermanCredit.Split split = GermanCredit.split(GermanCredit.read(data));
        GermanCredit.write(folder.resolve("training.csv"), split.training());
        GermanCredit.write(folder.resolve("validation.csv"), split.validation());
        GermanCredit.write(folder.resolve("traffic.csv"), split.traffic());

        Scorecard card = Scorecard.fit(split.training());
        List<Column> columns = Column.fit(split.training());
        List<Applicant> golden = Edges.with(split.validation(), card);
        double[] live = scores(card, split.validation());
        Cutoff approve = Cutoff.forApprovalRate(live, APPROVED);
        Cutoff decline = Cutoff.forApprovalRate(live, NOT_DECLINED);
        PolicyText.write(folder.resolve("policy.yaml"), approve.below(), decline.below());

        Report report = new Report(split, approve.below(), decline.below());
        report.live(CARD, live, scores(card, split.traffic()));
        card(card, golden, report);
        double ratio = goods(split.training()) / (split.training().size() - goods(split.training()));
        try (Xgboost good = Xgboost.train(columns, split.training(), 1);
                Xgboost mistaken = Xgboost.train(columns, split.training(), ratio);
                Lightgbm light = Lightgbm.train(columns, split.training())) {
            Platt ofGood = Boosted.calibrate(good, rows -> Xgboost.train(columns, rows, 1), columns, split);
            Platt ofLight = Boosted.calibrate(light, rows -> Lightgbm.train(columns, rows), columns, split);
            trees(
                    new Trees("consumer_apply_xgb_v1.0", "xgboost", "model.ubj", 1, Optional.of(ofGood)),
                    good,
                    columns,
                    golden,
                    report);
            trees(
                    new Trees("consumer_apply_xgb_v2.0", "xgboost", "model.ubj", ratio, Optional.empty()),
                    mistaken,
                    columns,
                    golden,
                    report);
            trees(
                    new Trees("consumer_apply_lgbm_v1.0", "lightgbm", "model.txt", 1, Optional.of(ofLight)),
                    light,
                    columns,
                    golden,
                    report);
        }
        System.out.print(report);
        return 0;
    }

    /// @param positiveWeight weight of the bad rows in training
    /// @param calibration what makes the scores probabilities, empty for nothing
    private record Trees(String name, String format, String file, double positiveWeight, Optional<Platt> calibration) {}

    private void trees(Trees trees, Boosted boosted, List<Column> columns, List<Applicant> golden, Report report)
            throws IOException {
        List<Applicant> validation = report.split().validation();
        double[] validationMargins = boosted.margins(Column.vectors(columns, validation));
        double[] trafficMargins =
                boosted.margins(Column.vectors(columns, report.split().traffic()));
        Platt platt = trees.calibration().orElse(new Platt(1, 0));
        report.candidate(trees.name(), platt.probabilities(validationMargins), platt.probabilities(trafficMargins));

        Map<String, Json> calibration = new LinkedHashMap<>();
        if (trees.calibration().isPresent()) {
            calibration.put("op", Json.of("platt"));
            calibration.put("a", Json.of(platt.slope()));
            calibration.put("b", Json.of(platt.intercept()));
        }
        Map<String, Json> provenance = provenance(boosted.library());
        provenance.put("parameters", Json.of(boosted.parameters()));
        provenance.put(
                "calibrated_on",
                Json.of(trees.calibration().isPresent() ? "out-of-fold training rows and validation rows" : "nothing"));
        Folder out = Folder.at(folder.resolve(trees.name()));
        out.describe(new Folder.Description(trees.name(), trees.format(), trees.file(), calibration, provenance));
        out.write(trees.file(), boosted.file());
        out.transform(Column.steps(columns), columns.stream().map(Column::name).toList());
        double[][] vectors = Column.vectors(columns, golden);
        double[] margins = boosted.margins(vectors);
        double[] outputs =
                trees.calibration().isPresent() ? platt.probabilities(margins) : boosted.probabilities(vectors);
        out.samples(golden, vectors, margins, outputs);
        out.write("card.md", CardText.of(trees.name(), trees.positiveWeight(), report));
    }

    private void card(Scorecard card, List<Applicant> golden, Report report) throws IOException {
        Folder out = Folder.at(folder.resolve(CARD));
        Map<String, Json> provenance = provenance("Tranche's own trainer");
        provenance.put(
                "parameters",
                Json.of("weights of evidence, logistic regression, 600 points at 50 to 1, 20 points double the odds"));
        out.describe(new Folder.Description(CARD, "scorecard", "scorecard.json", Map.of(), provenance));
        out.write("scorecard.json", CardFile.of(card, report.split().training()));
        double[][] vectors = new double[golden.size()][];
        double[] points = new double[golden.size()];
        for (int row = 0; row < points.length; row++) {
            vectors[row] = card.vector(golden.get(row));
            points[row] = card.points(golden.get(row));
        }
        out.samples(golden, vectors, points, scores(card, golden));
        out.write("card.md", CardText.of(CARD, 1, report));
    }

    private Map<String, Json> provenance(String tool) throws IOException {
        Map<String, Json> provenance = new LinkedHashMap<>();
        provenance.put("data", Json.of("Statlog German Credit (Hofmann 1994, CC BY 4.0)"));
        provenance.put("data_sha256", Json.of(sha256(data)));
        provenance.put("split_seed", Json.of(GermanCredit.SEED));
        provenance.put("trained_by", Json.of("tranche examples train-credit"));
        provenance.put("library", Json.of(tool));
        return provenance;
    }

    private static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }

    private static double[] scores(Scorecard card, List<Applicant> rows) {
        return rows.stream().mapToDouble(card::probability).toArray();
    }

    private static double goods(List<Applicant> rows) {
        return rows.stream().filter(row -> !row.bad()).count();
    }
}
