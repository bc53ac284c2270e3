package dev.tranche.inference.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.Model;
import dev.tranche.inference.tree.TreeModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every booster with every objective in both notations, and every kind of LightGBM tree with every kind of
/// missing value and of target: margins bit for bit, on rows on and beside the thresholds and on the odd
/// numbers.
class GoldenMatrixTest {
    private static final int ROUNDS = 4;
    private static final int BASES = 40;
    private static final float[] ODD = {
        Float.NaN,
        0f,
        -0f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        1e-40f,
        0x1p24f,
        0x1.000002p24f,
        -0x1.fffffep24f,
        Float.MAX_VALUE,
        -Float.MAX_VALUE
    };
    private static final float[] ODD_CODES = {-1, -0.5f, 0.5f, 3.7f, 11, 12, 31, 32, 5000, 0x1p24f, Float.NaN};

    private static final List<String> OBJECTIVES = List.of(
            "binary:logistic",
            "binary:logitraw",
            "binary:hinge",
            "reg:squarederror",
            "reg:gamma",
            "reg:tweedie",
            "count:poisson",
            "multi:softprob",
            "multi:softmax",
            "reg:quantileerror");

    @ParameterizedTest
    @ValueSource(strings = {"gbtree", "dart", "gblinear"})
    void xgboost(String booster) throws XGBoostError {
        for (String objective : OBJECTIVES) {
            Map<String, Object> parameters = new LinkedHashMap<>(Map.of("objective", objective, "booster", booster));
            if (booster.equals("dart")) {
                parameters.putAll(Map.of("rate_drop", 0.5, "one_drop", 1));
            }
            if (booster.equals("gblinear")) {
                parameters.put("updater", "coord_descent");
            }
            if (objective.startsWith("multi:")) {
                parameters.put("num_class", 3);
            }
            if (objective.equals("reg:quantileerror")) {
                if (booster.equals("gblinear")) {
                    continue; // trained in trees only
                }
                parameters.put("quantile_alpha", "[0.1,0.5,0.9]");
            }
            Booster trained = NativeXgboost.train(parameters, ROUNDS, false);
            for (String notation : List.of("json", "ubj")) {
                check(trained, notation, false, booster + " " + objective + " " + notation);
            }
        }
    }

    @Test
    void xgboostCategoriesInTheSetOutsideItNegativeAndBetween() throws XGBoostError {
        for (int oneHot : new int[] {1, 100}) {
            Booster trained = NativeXgboost.train(
                    Map.of("objective", "binary:logistic", "tree_method", "hist", "max_cat_to_onehot", oneHot),
                    6,
                    true);
            check(trained, "json", true, "categories");
            check(trained, "ubj", true, "categories");
        }
    }

    private static void check(Booster trained, String notation, boolean categories, String what) throws XGBoostError {
        Model model = ModelFile.read("xgboost", trained.toByteArray(notation), Rounds.all());
        List<double[]> bases = NativeXgboost.rows().subList(0, BASES);
        List<double[]> rows = Beside.thresholds(model, bases);
        for (int feature = 0; feature < NativeXgboost.FEATURES; feature++) {
            boolean codes = categories && feature == NativeXgboost.FEATURES - 1;
            for (float value : codes ? ODD_CODES : ODD) {
                double[] row = bases.get(rows.size() % BASES).clone();
                row[feature] = value;
                rows.add(row);
            }
        }
        DMatrix matrix = NativeXgboost.matrix(rows, categories);
        float[][] known = trained.predict(matrix, true);
        matrix.dispose();
        for (int i = 0; i < rows.size(); i++) {
            double[] margins = model.predict(rows.get(i), Deadline.NONE).margins();
            for (int j = 0; j < margins.length; j++) {
                assertThat((float) margins[j]).as("%s, row %d", what, i).isEqualTo(known[i][j]);
            }
        }
    }

    @Test
    void infiniteIsBeyondEveryThreshold() throws XGBoostError {
        Booster trained = NativeXgboost.train(Map.of("objective", "reg:squarederror"), ROUNDS, false);
        Model model = ModelFile.read("xgboost", trained.toByteArray("ubj"), Rounds.all());
        // The library takes no infinite number into a matrix; its trees would compare it like the largest.
        for (double[] row : NativeXgboost.rows().subList(0, BASES)) {
            for (double sign : new double[] {1, -1}) {
                double[] infinite = row.clone();
                double[] largest = row.clone();
                infinite[0] = sign * Double.POSITIVE_INFINITY;
                largest[0] = sign * Float.MAX_VALUE;
                assertThat(model.predict(infinite, Deadline.NONE).margins())
                        .containsExactly(model.predict(largest, Deadline.NONE).margins());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "boosting=gbdt",
                "boosting=rf bagging_freq=1 bagging_fraction=0.6",
                "boosting=dart drop_rate=0.3",
                "boosting=gbdt linear_tree=true"
            })
    void lightgbm(String boosting) throws Exception {
        for (String missing : List.of("", " zero_as_missing=true", " use_missing=false")) {
            if (boosting.contains("linear") && missing.contains("zero")) {
                continue; // refused by the library
            }
            for (String categories : List.of("", " categorical_feature=7")) {
                for (String target : List.of(
                        " objective=binary sigmoid=2", " objective=regression", " objective=multiclass num_class=3")) {
                    String parameters = boosting + missing + categories + target;
                    try (NativeLightgbm trained = NativeLightgbm.train(parameters, ROUNDS)) {
                        check(trained.text(), parameters);
                    }
                }
            }
        }
    }

    private static void check(String text, String what) {
        Model model = ModelFile.read("lightgbm", text.getBytes(UTF_8), Rounds.all());
        List<double[]> bases = NativeLightgbm.rows().subList(0, BASES);
        List<double[]> rows = new ArrayList<>(Beside.thresholds(model, bases));
        for (int feature = 0; feature < NativeLightgbm.FEATURES; feature++) {
            for (float value : feature == NativeLightgbm.FEATURES - 1 ? ODD_CODES : ODD) {
                double[] row = bases.get(rows.size() % BASES).clone();
                row[feature] = value;
                rows.add(row);
            }
        }
        int width = model.margins();
        double[] known = NativeLightgbm.predict(text, rows, width, lightgbmlibConstants.C_API_PREDICT_RAW_SCORE);
        // The library's raw score of a random forest is the sum; ours is the mean, to which its link is applied.
        int divisor = ((TreeModel) model).ensemble().divisor();
        for (int i = 0; i < rows.size(); i++) {
            double[] margins = model.predict(rows.get(i), Deadline.NONE).margins();
            for (int j = 0; j < width; j++) {
                assertThat(margins[j]).as("%s, row %d", what, i).isEqualTo(known[i * width + j] / divisor);
            }
        }
    }
}
