package dev.tranche.bench.inference;

import dev.tranche.inference.format.ModelFile;
import dev.tranche.inference.format.Rounds;
import dev.tranche.inference.tree.TreeModel;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/// A model that all contenders answer with, trained by its own library in this run, and what it is called.
///
/// @param name such as `xgboost-500x6`; the first word is the library and the format
/// @param file the model as its library wrote it
record Subject(String name, Path file) {
    private static final int MOST_ROWS = 40_000;
    private static final int ROWS_A_TREE = 400;
    private static final long SEED = 7;
    private static final int DEPTH = 6;
    private static final int LEAVES = 63;

    /// XGBoost, trees of depth 6.
    static Subject xgboost(Path work, int trees) throws XGBoostError {
        int count = rows(trees);
        float[] rows = CreditTable.rows(count, SEED);
        DMatrix matrix = new DMatrix(rows, count, CreditTable.FEATURES, Float.NaN);
        try {
            matrix.setLabel(CreditTable.labels(rows, SEED + 1));
            Map<String, Object> parameters = Map.of(
                    "objective", "binary:logistic", "max_depth", DEPTH, "eta", 0.05, "tree_method", "hist", "seed", 7);
            Booster booster = XGBoost.train(matrix, parameters, trees, Map.of(), null, null);
            String name = "xgboost-" + trees + "x" + DEPTH;
            Path file = work.resolve(name + ".ubj");
            booster.saveModel(file.toString());
            booster.dispose();
            return new Subject(name, file);
        } finally {
            matrix.dispose();
        }
    }

    /// LightGBM, leaf-wise trees of 63 leaves, three of the features categorical.
    static Subject lightgbm(Path work, int trees) throws LGBMException, IOException {
        int count = rows(trees);
        float[] rows = CreditTable.rows(count, SEED);
        String parameters = "objective=binary num_leaves=" + LEAVES + " learning_rate=0.05 categorical_feature="
                + CreditTable.CATEGORICAL + " verbose=-1 seed=3 deterministic=true num_threads=1";
        LGBMDataset table = LGBMDataset.createFromMat(rows, count, CreditTable.FEATURES, true, parameters, null);
        LGBMBooster booster = null;
        try {
            table.setField("label", CreditTable.labels(rows, SEED + 1));
            booster = LGBMBooster.create(table, parameters);
            for (int i = 0; i < trees; i++) {
                booster.updateOneIter();
            }
            String name = "lightgbm-" + trees + "x" + LEAVES;
            String text = booster.saveModelToString(0, 0, LGBMBooster.FeatureImportanceType.SPLIT);
            return new Subject(name, Files.writeString(work.resolve(name + ".txt"), text));
        } finally {
            if (booster != null) {
                booster.close();
            }
            table.close();
        }
    }

    private static int rows(int trees) {
        return Math.min(MOST_ROWS, ROWS_A_TREE * trees);
    }

    /// Whether the library is XGBoost.
    boolean isXgboost() {
        return format().equals("xgboost");
    }

    String format() {
        return name.substring(0, name.indexOf('-'));
    }

    /// The model in our own engine.
    TreeModel ours() throws IOException {
        return (TreeModel) ModelFile.read(format(), Files.readAllBytes(file), Rounds.all());
    }
}
