package dev.tranche.inference.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.inference.Deadline;
import dev.tranche.inference.Explainer;
import dev.tranche.inference.Model;
import dev.tranche.inference.Prediction;
import dev.tranche.inference.tree.TreeModel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The same bits as XGBoost 3.0.4 (xgboost4j), on rows with missing values and on rows beside its thresholds.
class XgboostParityTest {
    private static final int ROUNDS = 30;

    @ParameterizedTest
    @CsvSource({
        "binary:logistic, 1",
        "binary:logitraw, 1",
        "binary:hinge, 1",
        "reg:logistic, 1",
        "reg:squarederror, 1",
        "reg:absoluteerror, 1",
        "reg:pseudohubererror, 1",
        "reg:squaredlogerror, 1",
        "reg:gamma, 1",
        "reg:tweedie, 1",
        "count:poisson, 1",
        "survival:cox, 1",
        "multi:softprob, 3",
        "multi:softmax, 3"
    })
    void everyObjectiveInEveryNotation(String objective, int classes) throws XGBoostError {
        Map<String, Object> parameters = new LinkedHashMap<>(Map.of("objective", objective));
        if (classes > 1) {
            parameters.put("num_class", classes);
        }
        Booster booster = NativeXgboost.train(parameters, ROUNDS, false);
        for (String notation : List.of("json", "ubj", "deprecated")) {
            check(booster, notation, false);
        }
    }

    @Test
    void quantilesOfSeveralLevels() throws XGBoostError {
        check(
                NativeXgboost.train(
                        Map.of("objective", "reg:quantileerror", "quantile_alpha", "[0.1,0.5,0.9]"), ROUNDS, false),
                "ubj",
                false);
    }

    @Test
    void categoriesAsSets() throws XGBoostError {
        Booster booster = NativeXgboost.train(
                Map.of("objective", "binary:logistic", "tree_method", "hist", "max_cat_to_onehot", 1), ROUNDS, true);
        Model model = check(booster, "json", true);
        assertThat(((TreeModel) model).ensemble().categoricalInputs()).contains(NativeXgboost.FEATURES - 1);
        check(booster, "ubj", true);
    }

    @Test
    void treesWithDropout() throws XGBoostError {
        Map<String, Object> parameters = Map.of(
                "objective", "binary:logistic", "booster", "dart", "rate_drop", 0.3, "one_drop", 1, "skip_drop", 0.1);
        Booster booster = NativeXgboost.train(parameters, ROUNDS, false);
        for (String notation : List.of("json", "ubj", "deprecated")) {
            check(booster, notation, false);
        }
    }

    @Test
    void theLinearBooster() throws XGBoostError {
        Map<String, Object> parameters = Map.of(
                "objective", "multi:softprob", "num_class", 3, "booster", "gblinear", "updater", "coord_descent");
        Booster booster = NativeXgboost.train(parameters, ROUNDS, false);
        for (String notation : List.of("json", "ubj", "deprecated")) {
            check(booster, notation, false);
        }
    }

    @Test
    void deepTreesAndForestsOfTrees() throws XGBoostError {
        check(NativeXgboost.train(Map.of("objective", "reg:squarederror", "max_depth", 25), 40, false), "ubj", false);
        check(
                NativeXgboost.train(
                        Map.of("objective", "multi:softprob", "num_class", 3, "num_parallel_tree", 4, "subsample", 0.5),
                        5,
                        false),
                "json",
                false);
    }

    @Test
    void prunedTreesKeepTheirDeletedNodes() throws XGBoostError {
        check(
                NativeXgboost.train(
                        Map.of("objective", "reg:squarederror", "tree_method", "exact", "gamma", 30), ROUNDS, false),
                "json",
                false);
    }

    @Test
    void theFirstRoundsOnly() throws XGBoostError {
        Map<String, Object> parameters =
                Map.of("objective", "multi:softprob", "num_class", 3, "num_parallel_tree", 2, "subsample", 0.7);
        Booster booster = NativeXgboost.train(parameters, 9, false);
        List<double[]> rows = NativeXgboost.rows();
        // The library counts trees of one class here: 4 rounds of 2 parallel trees.
        DMatrix matrix = NativeXgboost.matrix(rows, false);
        float[][] margins = booster.predict(matrix, true, 8);
        matrix.dispose();
        for (String notation : List.of("json", "ubj", "deprecated")) {
            Model model = ModelFile.read("xgboost", booster.toByteArray(notation), new Rounds.First(4));
            assertThat(model.trees()).isEqualTo(4 * 3 * 2);
            same(model, rows, margins, false);
        }
    }

    @Test
    void theBestRoundIsTheFilesAttribute() throws XGBoostError {
        Booster booster = NativeXgboost.train(Map.of("objective", "binary:logistic"), 9, false);
        booster.setAttr("best_iteration", "3");
        for (String notation : List.of("json", "ubj", "deprecated")) {
            Model best = ModelFile.read("xgboost", booster.toByteArray(notation), new Rounds.Best());
            assertThat(best.trees()).isEqualTo(4);
            assertThat(best.about())
                    .isEqualTo("XGBoost 3.0, 9 rounds in the file, best iteration 3, rounds: best uses 4");
        }
    }

    @Test
    void contributionsAddUpToTheMarginAndEqualTheLibrarys() throws XGBoostError {
        contributions(Map.of("objective", "binary:logistic"), ROUNDS, false);
        contributions(Map.of("objective", "reg:squarederror", "max_depth", 14), 8, false);
        contributions(Map.of("objective", "multi:softprob", "num_class", 3, "num_parallel_tree", 2), 10, false);
        contributions(
                Map.of("objective", "binary:logistic", "tree_method", "hist", "max_cat_to_onehot", 1), ROUNDS, true);
        contributions(
                Map.of("objective", "binary:logistic", "booster", "dart", "rate_drop", 0.3, "one_drop", 1),
                ROUNDS,
                false);
        contributions(
                Map.of(
                        "objective",
                        "multi:softprob",
                        "num_class",
                        3,
                        "booster",
                        "gblinear",
                        "updater",
                        "coord_descent"),
                ROUNDS,
                false);
    }

    private static void contributions(Map<String, Object> parameters, int rounds, boolean categories)
            throws XGBoostError {
        Booster booster = NativeXgboost.train(parameters, rounds, categories);
        Model model = ModelFile.read("xgboost", booster.toByteArray("ubj"), Rounds.all());
        Explainer explainer = model.explainer().orElseThrow();
        assertThat(explainer.margins()).isEqualTo(model.margins());
        List<double[]> rows = NativeXgboost.rows();
        DMatrix matrix = NativeXgboost.matrix(rows, categories);
        float[][] known = booster.predictContrib(matrix, 0);
        matrix.dispose();
        for (int i = 0; i < rows.size(); i++) {
            double[] margins = model.predict(rows.get(i), Deadline.NONE).margins();
            for (int margin = 0; margin < margins.length; margin++) {
                double[] parts = explainer.parts(rows.get(i), margin, Deadline.NONE);
                double base = explainer.base(margin);
                assertThat(base + Arrays.stream(parts).sum()).isCloseTo(margins[margin], within(1e-5));
                int at = margin * (parts.length + 1);
                for (int j = 0; j < parts.length; j++) {
                    assertThat(parts[j]).as("%s", parameters).isCloseTo(known[i][at + j], within(2e-5));
                }
                assertThat(base).as("%s", parameters).isCloseTo(known[i][at + parts.length], within(2e-5));
            }
        }
    }

    private static Model check(Booster booster, String notation, boolean categories) throws XGBoostError {
        Model model = ModelFile.read("xgboost", booster.toByteArray(notation), Rounds.all());
        List<double[]> rows = Beside.thresholds(model, NativeXgboost.rows());
        DMatrix matrix = NativeXgboost.matrix(rows, categories);
        same(model, rows, booster.predict(matrix, true), false);
        same(model, rows, booster.predict(matrix), true);
        matrix.dispose();
        return model;
    }

    private static void same(Model model, List<double[]> rows, float[][] known, boolean outputs) {
        for (int i = 0; i < rows.size(); i++) {
            Prediction prediction = model.predict(rows.get(i), Deadline.NONE);
            double[] values = outputs ? prediction.outputs() : prediction.margins();
            float[] floats = new float[values.length];
            for (int j = 0; j < values.length; j++) {
                floats[j] = (float) values[j];
                assertThat((double) floats[j]).isEqualTo(values[j]);
            }
            assertThat(floats).as("row %d, %s", i, Arrays.toString(rows.get(i))).containsExactly(known[i]);
        }
    }
}
