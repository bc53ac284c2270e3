package dev.tranche.inference.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/// The genuine XGBoost 3.0.4, trained on a small table with missing values; the oracle of [XgboostParityTest].
final class NativeXgboost {
    static final int ROWS = 400;
    static final int FEATURES = 8;
    private static final int LABEL_CLASSES = 3;

    private NativeXgboost() {}

    /// A booster of this objective; the last feature holds category codes when `categories`.
    static Booster train(Map<String, Object> parameters, int rounds, boolean categories) throws XGBoostError {
        Map<String, Object> all = new LinkedHashMap<>(Map.of("nthread", 1, "seed", 7, "max_depth", 5, "verbosity", 0));
        all.putAll(parameters);
        DMatrix data = matrix(table(), ROWS, categories);
        data.setLabel(labels(String.valueOf(all.get("objective"))));
        Booster booster = XGBoost.train(data, all, rounds, Map.of(), null, null);
        data.dispose();
        return booster;
    }

    /// A matrix to be disposed of by the caller: xgboost4j frees one that is only reachable from native code.
    static DMatrix matrix(float[] table, int rows, boolean categories) throws XGBoostError {
        DMatrix matrix = new DMatrix(table, rows, FEATURES, Float.NaN);
        if (categories) {
            String[] types = new String[FEATURES];
            Arrays.fill(types, "q");
            types[FEATURES - 1] = "c";
            matrix.setFeatureTypes(types);
        }
        return matrix;
    }

    /// The same table each time: normal numbers, whole numbers, codes, some missing.
    static float[] table() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
        float[] table = new float[ROWS * FEATURES];
        for (int i = 0; i < table.length; i++) {
            int feature = i % FEATURES;
            table[i] = feature == FEATURES - 1
                    ? random.nextInt(12)
                    : feature < 4 ? (float) random.nextGaussian() : random.nextInt(20);
            if (random.nextInt(10) < feature % 4) {
                table[i] = Float.NaN;
            }
        }
        return table;
    }

    /// The rows of the table.
    static List<double[]> rows() {
        float[] table = table();
        List<double[]> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            double[] values = new double[FEATURES];
            for (int i = 0; i < values.length; i++) {
                values[i] = table[row * FEATURES + i];
            }
            rows.add(values);
        }
        return rows;
    }

    /// A matrix of these rows, to be disposed of by the caller.
    static DMatrix matrix(List<double[]> rows, boolean categories) throws XGBoostError {
        float[] table = new float[rows.size() * FEATURES];
        for (int i = 0; i < table.length; i++) {
            table[i] = (float) rows.get(i / FEATURES)[i % FEATURES];
        }
        return matrix(table, rows.size(), categories);
    }

    private static float[] labels(String objective) {
        float[] table = table();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(43);
        float[] labels = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            float a = table[row * FEATURES];
            float b = table[row * FEATURES + 4];
            double signal = (Float.isNaN(a) ? 0.7 : a) + (Float.isNaN(b) ? 0 : b / 10) + random.nextGaussian() / 2;
            signal += table[row * FEATURES + FEATURES - 1] % 3 == 1 ? 1 : 0;
            labels[row] = label(objective, signal);
        }
        return labels;
    }

    private static float label(String objective, double signal) {
        if (objective.startsWith("multi:")) {
            return Math.clamp((int) Math.floor(signal + 1), 0, LABEL_CLASSES - 1);
        }
        if (objective.startsWith("binary:") || objective.equals("reg:logistic")) {
            return signal > 0.8 ? 1 : 0;
        }
        return (float)
                (objective.startsWith("reg:") && !objective.matches("reg:(gamma|tweedie|squaredlogerror)")
                        ? signal * 10
                        : Math.exp(signal / 2));
    }
}
