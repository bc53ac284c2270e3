package dev.tranche.bench.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/// The model every contender serves: XGBoost, 500 trees of depth 6, 20 numeric features of which about a
/// tenth is missing, trained by the genuine library on rows of a fixed seed; with the requests and their
/// right answers.
public final class SubjectModel {
    public static final int FEATURES = 20;
    public static final int TREES = 500;
    private static final int ROWS = 20_000;
    /// Requests, and rows of the one request that carries them all.
    static final int REQUESTS = 1_000;
    private static final int GOLDEN_ROWS = 50;
    private static final long SEED = 7;
    private static final double MISSING_SHARE = 0.1;

    /// The artifact folder to register.
    public final Path folder;
    /// One `/score` body a line.
    public final Path requests;
    /// The same rows in one body of the Open Inference Protocol.
    final Path together;
    /// Probability of default for each request, by the genuine library.
    public final float[] answers;

    private SubjectModel(Path folder, Path requests, Path together, float[] answers) {
        this.folder = folder;
        this.requests = requests;
        this.together = together;
        this.answers = answers;
    }

    /// Trains and writes everything below `work`; about ten seconds.
    static SubjectModel make(Path work) throws IOException, XGBoostError {
        return make(work, TREES);
    }

    /// Trains a model of so many trees and writes everything below `work`.
    public static SubjectModel make(Path work, int trees) throws IOException, XGBoostError {
        Path folder = Files.createDirectories(work.resolve("bench_xgb_v1.0"));
        float[] rows = rows();
        DMatrix matrix = new DMatrix(rows, ROWS, FEATURES, Float.NaN);
        matrix.setLabel(labels(rows));
        Booster booster = XGBoost.train(
                matrix,
                Map.of("objective", "binary:logistic", "max_depth", 6, "eta", 0.05, "tree_method", "hist", "seed", 7),
                trees,
                Map.of(),
                null,
                null);
        booster.saveModel(folder.resolve("model.json").toString());
        DMatrix asked = new DMatrix(java.util.Arrays.copyOf(rows, REQUESTS * FEATURES), REQUESTS, FEATURES, Float.NaN);
        float[][] margins = booster.predict(asked, true);
        float[][] outputs = booster.predict(asked);
        writeArtifact(folder, rows, margins, outputs);
        Path requests = Files.write(
                work.resolve("requests.jsonl"),
                IntStream.range(0, REQUESTS).mapToObj(i -> request(i, rows)).toList());
        Path together = Files.writeString(work.resolve("together.jsonl"), together(rows) + "\n");
        float[] answers = new float[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) answers[i] = outputs[i][0];
        return new SubjectModel(folder, requests, together, answers);
    }

    private static float[] rows() {
        SplittableRandom random = new SplittableRandom(SEED);
        float[] rows = new float[ROWS * FEATURES];
        for (int i = 0; i < rows.length; i++) {
            // Four decimals, as a feature store would send them: the text of a request is then of a realistic length.
            rows[i] = random.nextDouble() < MISSING_SHARE
                    ? Float.NaN
                    : Math.round(random.nextDouble(-3, 3) * 10_000) / 10_000f;
        }
        return rows;
    }

    private static float[] labels(float[] rows) {
        SplittableRandom random = new SplittableRandom(SEED + 1);
        float[] labels = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            double risk = -2;
            for (int f = 0; f < FEATURES; f++) {
                float value = rows[i * FEATURES + f];
                risk += Float.isNaN(value) ? 0.1 : (f % 3 == 0 ? 0.4 * value : 0.15 * value * Math.abs(value));
            }
            labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-risk)) ? 1 : 0;
        }
        return labels;
    }

    private static void writeArtifact(Path folder, float[] rows, float[][] margins, float[][] outputs)
            throws IOException {
        Files.writeString(folder.resolve("model.yaml"), """
                name: bench_xgb_v1.0
                format: xgboost
                file: model.json
                output: probability
                label: {name: bad, definition: synthetic, positive: bad}
                rounds: all
                provenance: {data: synthetic rows of a fixed seed, library: xgboost4j 3.0.4}
                """);
        Files.writeString(
                folder.resolve("features.json"),
                "{\"features\":[" + names().map(name -> '"' + name + '"').collect(Collectors.joining(",")) + "]}");
        List<String> golden = new ArrayList<>();
        for (int i = 0; i < GOLDEN_ROWS; i++) {
            golden.add("{\"input\":" + features(i, rows) + ",\"margin\":[" + margins[i][0] + "],\"output\":["
                    + outputs[i][0] + "]}");
        }
        Files.write(folder.resolve("samples.jsonl"), golden);
    }

    /// A reason map that gives every feature a code, as a policy must.
    static String reasons() {
        return IntStream.range(0, FEATURES)
                .mapToObj(f -> "feature_%d: {code: R%02d, text: feature %d}".formatted(f, f, f))
                .collect(Collectors.joining(", "));
    }

    private static java.util.stream.Stream<String> names() {
        return IntStream.range(0, FEATURES).mapToObj(f -> "feature_" + f);
    }

    private static String features(int row, float[] rows) {
        return IntStream.range(0, FEATURES)
                .mapToObj(f -> {
                    float value = rows[row * FEATURES + f];
                    return "\"feature_" + f + "\":" + (Float.isNaN(value) ? "null" : Float.toString(value));
                })
                .collect(Collectors.joining(",", "{", "}"));
    }

    /// One tensor of all rows.
    private static String together(float[] rows) {
        return IntStream.range(0, REQUESTS * FEATURES)
                .mapToObj(i -> Float.isNaN(rows[i]) ? "null" : Float.toString(rows[i]))
                .collect(Collectors.joining(
                        ",",
                        "{\"inputs\":[{\"name\":\"rows\",\"datatype\":\"FP32\",\"shape\":[" + REQUESTS + "," + FEATURES
                                + "],\"data\":[",
                        "]}],\"outputs\":[{\"name\":\"score\"},{\"name\":\"action\"},{\"name\":\"decision_id\"}]}"));
    }

    private static String request(int row, float[] rows) {
        return "{\"loan_id\":\"LN" + (100_000 + row) + "\",\"features\":" + features(row, rows) + "}";
    }
}
