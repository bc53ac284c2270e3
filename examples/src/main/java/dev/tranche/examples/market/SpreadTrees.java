package dev.tranche.examples.market;

import dev.tranche.market.spread.SpreadFeature;
import dev.tranche.market.spread.SpreadTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/// Trees by the genuine XGBoost (xgboost4j), one thread and a fixed seed, so that the file comes out the same
/// each time.
final class SpreadTrees implements AutoCloseable {
    /// Name and version of the library.
    static final String LIBRARY = "xgboost4j 3.0.4";

    private final Booster booster;

    private SpreadTrees(Booster booster) {
        this.booster = booster;
    }

    /// How much a model may learn.
    ///
    /// @param rounds trees
    /// @param depth of a tree
    /// @param eta learning rate
    /// @param leaf least weight of a leaf (`min_child_weight`), rows for a squared error
    record Shape(int rounds, int depth, double eta, int leaf) {
        /// Seed 002: 100 trees of depth 6 at a rate of .1.
        static final Shape SEED = new Shape(100, 6, 0.1, 1);

        /// What is tried, the smallest first.
        static final List<Shape> TRIED =
                List.of(new Shape(30, 2, 0.1, 50), new Shape(60, 3, 0.1, 50), new Shape(100, 3, 0.05, 100), SEED);

        @Override
        public String toString() {
            return rounds + " trees of depth " + depth + " at " + eta + ", leaves of " + leaf;
        }
    }

    /// What XGBoost is told.
    ///
    /// @param quantile that is learnt of a [SpreadTarget#MOVE]; the other targets are learnt as means
    static Map<String, Object> parameters(Shape shape, SpreadTarget target, double quantile) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (target == SpreadTarget.MOVE) {
            parameters.put("objective", "reg:quantileerror");
            parameters.put("quantile_alpha", quantile);
        } else {
            parameters.put("objective", "reg:squarederror");
        }
        parameters.put("tree_method", "hist");
        parameters.put("max_depth", shape.depth());
        parameters.put("eta", shape.eta());
        parameters.put("min_child_weight", shape.leaf());
        parameters.put("seed", 7);
        parameters.put("nthread", 1);
        return parameters;
    }

    /// @throws IOException when the library fails
    static SpreadTrees train(SpreadRows rows, Shape shape, Map<String, Object> parameters) throws IOException {
        try {
            DMatrix matrix = matrix(rows);
            float[] labels = new float[rows.size()];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = (float) rows.all().get(i).target();
            }
            matrix.setLabel(labels);
            Booster booster = XGBoost.train(matrix, parameters, shape.rounds(), Map.of(), null, null);
            matrix.dispose();
            return new SpreadTrees(booster);
        } catch (XGBoostError failed) {
            throw broken(failed);
        }
    }

    /// What they were told, in a line.
    static String text(Shape shape, Map<String, Object> parameters) {
        return "rounds=" + shape.rounds() + " "
                + parameters.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(" "));
    }

    /// The model file.
    byte[] file() {
        try {
            return booster.toByteArray("ubj");
        } catch (XGBoostError failed) {
            throw new UncheckedIOException(broken(failed));
        }
    }

    /// What the library answers.
    double[] predict(SpreadRows rows, boolean margin) {
        try {
            DMatrix matrix = matrix(rows);
            float[][] answers = booster.predict(matrix, margin);
            matrix.dispose();
            double[] predicted = new double[answers.length];
            for (int i = 0; i < predicted.length; i++) {
                predicted[i] = answers[i][0];
            }
            return predicted;
        } catch (XGBoostError failed) {
            throw new UncheckedIOException(broken(failed));
        }
    }

    @Override
    public void close() {
        booster.dispose();
    }

    private static DMatrix matrix(SpreadRows rows) throws XGBoostError {
        int width = SpreadFeature.names().size();
        float[] flat = new float[rows.size() * width];
        for (int row = 0; row < rows.size(); row++) {
            for (int place = 0; place < width; place++) {
                flat[row * width + place] = (float) rows.all().get(row).features()[place];
            }
        }
        DMatrix matrix = new DMatrix(flat, rows.size(), width, Float.NaN);
        matrix.setFeatureNames(SpreadFeature.names().toArray(String[]::new));
        return matrix;
    }

    private static IOException broken(Exception cause) {
        return new IOException("xgboost4j failed: " + cause.getMessage(), cause);
    }
}
