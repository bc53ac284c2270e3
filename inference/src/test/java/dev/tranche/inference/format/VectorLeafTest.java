package dev.tranche.inference.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;

/// Trees whose leaves answer all targets: trained by XGBoost 3.0.4, whose layout is refused, and written anew
/// in the layout of 3.2, which must answer its bits. Several expectiles, which 3.0.4 does not train, are
/// worked out by hand.
class VectorLeafTest {
    private static final Pattern TREE = Pattern.compile(
            "(?s)\"base_weights\":\\[([^]]*)](.*?)\"left_children\":\\[([^]]*)](.*?)\"right_children\":\\[([^]]*)]");

    private static Booster train() throws XGBoostError {
        return NativeXgboost.train(
                Map.of(
                        "objective",
                        "multi:softprob",
                        "num_class",
                        3,
                        "multi_strategy",
                        "multi_output_tree",
                        "tree_method",
                        "hist"),
                7,
                false);
    }

    /// The values of the leaves move from `base_weights` to `leaf_weights`, and their places to
    /// `right_children`.
    private static String since32(String old) {
        Matcher tree = TREE.matcher(old);
        StringBuilder anew = new StringBuilder();
        while (tree.find()) {
            String[] weights = tree.group(1).split(",");
            String[] left = tree.group(3).split(",");
            String[] right = tree.group(5).split(",");
            List<String> leaves = new ArrayList<>();
            for (int node = 0; node < left.length; node++) {
                if (left[node].equals("-1")) {
                    right[node] = String.valueOf(leaves.size() / 3);
                    leaves.addAll(List.of(weights[3 * node], weights[3 * node + 1], weights[3 * node + 2]));
                }
            }
            tree.appendReplacement(
                    anew,
                    Matcher.quoteReplacement("\"leaf_weights\":[" + String.join(",", leaves) + "],\"base_weights\":["
                            + tree.group(1) + "]" + tree.group(2) + "\"left_children\":[" + tree.group(3) + "]"
                            + tree.group(4) + "\"right_children\":[" + String.join(",", right) + "]"));
        }
        return tree.appendTail(anew).toString().replaceFirst("\"version\":\\[3,0,\\d+]", "\"version\":[3,2,0]");
    }

    @Test
    void theLayoutSince32AnswersTheLibrarysBits() throws XGBoostError {
        Booster booster = train();
        byte[] file = since32(new String(booster.toByteArray("json"), UTF_8)).getBytes(UTF_8);
        Model model = ModelFile.read("xgboost", file, Rounds.all());
        assertThat(model.trees()).isEqualTo(7 * 3);
        assertThat(model.margins()).isEqualTo(3);
        check(model, booster, 0);
        check(ModelFile.read("xgboost", file, new Rounds.First(4)), booster, 4);
    }

    private static void check(Model model, Booster booster, int rounds) throws XGBoostError {
        List<double[]> rows = Beside.thresholds(model, NativeXgboost.rows());
        DMatrix matrix = NativeXgboost.matrix(rows, false);
        float[][] known = booster.predict(matrix, true, rounds);
        matrix.dispose();
        for (int i = 0; i < rows.size(); i++) {
            double[] margins = model.predict(rows.get(i), Deadline.NONE).margins();
            for (int target = 0; target < 3; target++) {
                assertThat((float) margins[target]).as("row %d", i).isEqualTo(known[i][target]);
            }
        }
    }

    @Test
    void theLayoutBefore32IsRefusedWithAdvice() throws XGBoostError {
        byte[] old = train().toByteArray("ubj");
        assertThatThrownBy(() -> ModelFile.read("xgboost", old, Rounds.all()))
                .isInstanceOfSatisfying(
                        ArtifactException.class, e -> assertThat(e.code()).isEqualTo("model_vector_leaf"))
                .hasMessageContaining("save it again");
    }

    @Test
    void aLeafOutsideTheWeightsIsRefused() throws XGBoostError {
        String file = since32(new String(train().toByteArray("json"), UTF_8));
        String cut = file.replaceFirst("\"leaf_weights\":\\[[^,]*,", "\"leaf_weights\":[");
        assertThatThrownBy(() -> ModelFile.read("xgboost", cut.getBytes(UTF_8), Rounds.all()))
                .hasMessageContaining("leaf_weights must have the leaf");
    }

    @Test
    void severalExpectilesRiseByTheSoftplusOfTheirMargins() {
        String file = """
                {"version":[3,4,1],"learner":{"attributes":{},"feature_names":[],"feature_types":[],
                 "gradient_booster":{"name":"gbtree","model":{"gbtree_model_param":{"num_trees":"0","num_parallel_tree":"1"},
                  "trees":[],"tree_info":[],"iteration_indptr":[0]}},
                 "learner_model_param":{"base_score":"[1E0,3E0,3.5E0]","num_class":"0","num_feature":"1","num_target":"3"},
                 "objective":{"name":"reg:expectileerror","expectile_loss_param":{"expectile_alpha":"[0.2,0.5,0.8]"}}}}""";
        Model model = ModelFile.read("xgboost", file.getBytes(UTF_8), Rounds.all());
        double[] margins = model.predict(new double[] {0}, Deadline.NONE).margins();
        // softplus(x) = gap - 1e-6, so x = ln(e^gap - 1).
        assertThat(margins[0]).isEqualTo(1);
        assertThat(margins[1]).isCloseTo(Math.log(Math.expm1(2 - 1e-6)), within(1e-6));
        assertThat(margins[2]).isCloseTo(Math.log(Math.expm1(0.5 - 1e-6)), within(1e-6));
        double[] outputs = model.predict(new double[] {0}, Deadline.NONE).outputs();
        assertThat(outputs[0]).isEqualTo(1);
        assertThat(outputs[1]).isCloseTo(3, within(5e-7));
        assertThat(outputs[2]).isCloseTo(3.5, within(5e-7));
    }
}
