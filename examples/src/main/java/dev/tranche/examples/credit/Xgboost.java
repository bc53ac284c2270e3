package dev.tranche.examples.credit;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/// Trees by XGBoost (xgboost4j), one thread and fixed seeds, so that the file comes out the same each time.
final class Xgboost implements Boosted {

    private static final int ROUNDS = 150;

    private final Map<String, Object> parameters;
    private final Booster booster;
    private final List<Column> columns;

    private Xgboost(Map<String, Object> parameters, Booster booster, List<Column> columns) {
        this.parameters = parameters;
        this.booster = booster;
        this.columns = columns;
    }

    /// @param positiveWeight weight of a bad row against a good one (`scale_pos_weight`); 1 leaves scores
    ///     probabilities
    /// @throws IOException when the library fails
    static Xgboost train(List<Column> columns, List<Applicant> rows, double positiveWeight) throws IOException {
        List<Applicant> blanked = Boosted.blanked(rows);
        float[] labels = new float[rows.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = rows.get(i).bad() ? 1 : 0;
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("objective", "binary:logistic");
        parameters.put("tree_method", "hist");
        parameters.put("eta", 0.05);
        parameters.put("max_depth", 2);
        parameters.put("min_child_weight", 4);
        parameters.put("lambda", 3);
        parameters.put("subsample", 0.7);
        parameters.put("colsample_bytree", 0.6);
        parameters.put("scale_pos_weight", positiveWeight);
        parameters.put("seed", 7);
        parameters.put("nthread", 1);
        try {
            DMatrix matrix = matrix(columns, Column.vectors(columns, blanked));
            matrix.setLabel(labels);
            Booster booster = XGBoost.train(matrix, parameters, ROUNDS, Map.of(), null, null);
            matrix.dispose();
            return new Xgboost(parameters, booster, columns);
        } catch (XGBoostError failed) {
            throw Boosted.broken("xgboost4j", failed);
        }
    }

    @Override
    public byte[] file() {
        try {
            return booster.toByteArray("ubj");
        } catch (XGBoostError failed) {
            throw new java.io.UncheckedIOException(Boosted.broken("xgboost4j", failed));
        }
    }

    @Override
    public double[] margins(double[][] vectors) {
        return predict(vectors, true);
    }

    @Override
    public double[] probabilities(double[][] vectors) {
        return predict(vectors, false);
    }

    @Override
    public String library() {
        return "xgboost4j 3.0.4";
    }

    @Override
    public String parameters() {
        return "rounds=" + ROUNDS + " "
                + parameters.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(java.util.stream.Collectors.joining(" "));
    }

    private double[] predict(double[][] vectors, boolean margin) {
        try {
            DMatrix matrix = matrix(columns, vectors);
            float[][] answers = booster.predict(matrix, margin);
            matrix.dispose();
            double[] margins = new double[answers.length];
            for (int i = 0; i < margins.length; i++) {
                margins[i] = answers[i][0];
            }
            return margins;
        } catch (XGBoostError failed) {
            throw new java.io.UncheckedIOException(Boosted.broken("xgboost4j", failed));
        }
    }

    @Override
    public void close() {
        booster.dispose();
    }

    private static DMatrix matrix(List<Column> columns, double[][] vectors) throws XGBoostError {
        int width = columns.size();
        float[] flat = new float[vectors.length * width];
        for (int row = 0; row < vectors.length; row++) {
            for (int column = 0; column < width; column++) {
                flat[row * width + column] = (float) vectors[row][column];
            }
        }
        DMatrix matrix = new DMatrix(flat, vectors.length, width, Float.NaN);
        matrix.setFeatureNames(columns.stream().map(Column::name).toArray(String[]::new));
        return matrix;
    }
}
