package dev.tranche.inference.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.Model;
import org.junit.jupiter.api.Test;

/// What a reader does not understand could change the scores, so it is refused by name and never skipped.
class UnknownMeaningTest {
    private static final String XGBOOST = """
            {"version":[3,0,4],"learner":{"attributes":{},"feature_names":[],"feature_types":[],
             "learner_model_param":{"base_score":"5E-1","num_class":"0","num_feature":"1","num_target":"1"},
             "objective":{"name":"binary:logistic"},
             "gradient_booster":{"name":"gbtree","model":{
              "gbtree_model_param":{"num_trees":"1","num_parallel_tree":"1"},"tree_info":[0],
              "trees":[{"id":0,"tree_param":{"num_nodes":"3","num_feature":"1","size_leaf_vector":"1","num_deleted":"0"},
               "left_children":[1,-1,-1],"right_children":[2,-1,-1],"split_indices":[0,0,0],
               "split_conditions":[0.5,-0.25,0.75],"default_left":[1,0,0],"sum_hessian":[4,1,3],"split_type":[0,0,0]}]
             }}}}""";
    private static final String LIGHTGBM = """
            tree
            version=v4
            num_class=1
            num_tree_per_iteration=1
            label_index=0
            max_feature_idx=0
            objective=binary sigmoid:1
            feature_names=age
            feature_infos=[0:1]
            tree_sizes=1

            Tree=0
            num_leaves=2
            num_cat=0
            split_feature=0
            threshold=0.5
            decision_type=10
            left_child=-1
            right_child=-2
            leaf_value=-0.25 0.75
            leaf_count=1 3
            internal_count=4
            is_linear=0
            shrinkage=1


            end of trees
            """;

    private static Model xgboost(String text) {
        return ModelFile.read("xgboost", text.getBytes(UTF_8), Rounds.all());
    }

    private static Model lightgbm(String text) {
        return ModelFile.read("lightgbm", text.getBytes(UTF_8), Rounds.all());
    }

    private static void refused(Runnable read, String code, String message) {
        assertThatThrownBy(read::run)
                .isInstanceOfSatisfying(
                        ArtifactException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    @Test
    void bothFilesAreReadAsTheyStand() {
        assertThat(xgboost(XGBOOST).predict(new double[] {0.5}, Deadline.NONE).margins())
                .containsExactly(0.75);
        assertThat(xgboost(XGBOOST)
                        .predict(new double[] {Double.NaN}, Deadline.NONE)
                        .margins())
                .containsExactly(-0.25);
        assertThat(lightgbm(LIGHTGBM).predict(new double[] {0.5}, Deadline.NONE).margins())
                .containsExactly(-0.25);
        assertThat(lightgbm(LIGHTGBM).inputNames()).containsExactly("age");
    }

    @Test
    void anUnknownFieldIsRefused() {
        refused(
                () -> xgboost(XGBOOST.replace("\"tree_info\"", "\"twist\":[1],\"tree_info\"")),
                "model_field_unknown",
                "model.twist");
        refused(
                () -> xgboost(XGBOOST.replace("\"id\":0", "\"id\":0,\"bend\":[1]")),
                "model_field_unknown",
                "trees[0].bend");
        refused(() -> lightgbm(LIGHTGBM.replace("is_linear=0", "is_bent=1")), "model_field_unknown", "is_bent");
        refused(() -> lightgbm(LIGHTGBM.replace("label_index=0", "labels=0")), "model_field_unknown", "labels");
    }

    @Test
    void aVersionThatWasNeverComparedIsRefused() {
        refused(
                () -> xgboost(XGBOOST.replace("[3,0,4]", "[3,5,0]")),
                "model_version",
                "3.5 is not known, allowed up to 3.4");
        refused(() -> xgboost(XGBOOST.replace("[3,0,4]", "[4,0,0]")), "model_version", "4.0");
        refused(() -> lightgbm(LIGHTGBM.replace("version=v4", "version=v5")), "model_version", "v5");
    }

    @Test
    void anObjectiveWithoutAKnownLinkIsRefused() {
        refused(() -> xgboost(XGBOOST.replace("binary:logistic", "binary:new")), "model_objective", "binary:new");
        refused(() -> lightgbm(LIGHTGBM.replace("binary sigmoid:1", "novel")), "model_objective", "novel");
        refused(() -> lightgbm(LIGHTGBM.replace("sigmoid:1", "sigmoid:0")), "model_objective", "sigmoid:0");
        refused(() -> lightgbm(LIGHTGBM.replace(" sigmoid:1", "")), "model_objective", "needs its sigmoid");
    }

    @Test
    void leavesOfSeveralValuesAreRefused() {
        refused(
                () -> xgboost(XGBOOST.replace("\"size_leaf_vector\":\"1\"", "\"size_leaf_vector\":\"3\"")),
                "model_vector_leaf",
                "multi_output_tree");
    }

    @Test
    void aBaseScoreWithoutAMarginIsRefused() {
        refused(() -> xgboost(XGBOOST.replace("5E-1", "0")), "model_base_score", "no finite margin");
        refused(() -> xgboost(XGBOOST.replace("5E-1", "[5E-1,5E-1]")), "model_base_score", "1 or 1 values: 2");
        refused(() -> xgboost(XGBOOST.replace("5E-1", "[")), "model_base_score", "[");
    }

    @Test
    void numbersThatAskForTooMuchAreRefused() {
        refused(
                () -> xgboost(XGBOOST.replace(
                        "\"num_feature\":\"1\",\"num_target\"", "\"num_feature\":\"2000000000\",\"num_target\"")),
                "model_features",
                "2000000000");
        refused(
                () -> xgboost(XGBOOST.replace("\"num_class\":\"0\"", "\"num_class\":\"2000000000\"")),
                "model_group",
                "2000000000");
        refused(
                () -> xgboost(XGBOOST.replace("\"num_nodes\":\"3\"", "\"num_nodes\":\"2000000000\"")),
                "model_length",
                "2000000000 values: 3");
        refused(
                () -> lightgbm(LIGHTGBM.replace("num_leaves=2", "num_leaves=2000000000")),
                "model_length",
                "2000000000");
        refused(
                () -> lightgbm(LIGHTGBM.replace("max_feature_idx=0", "max_feature_idx=2147483647")),
                "model_features",
                "2147483648");
    }

    @Test
    void aTreeThatLeadsNowhereOrRoundIsRefused() {
        refused(
                () -> xgboost(XGBOOST.replace("[1,-1,-1]", "[0,-1,-1]")),
                "model_tree_broken",
                "another path reaches too");
        refused(() -> xgboost(XGBOOST.replace("[2,-1,-1]", "[7,-1,-1]")), "model_tree_broken", "allowed 0..2");
        refused(
                () -> xgboost(XGBOOST.replace("\"split_indices\":[0,0,0]", "\"split_indices\":[1,0,0]")),
                "model_tree_broken",
                "feature 1");
        refused(
                () -> lightgbm(LIGHTGBM.replace("left_child=-1", "left_child=0")),
                "model_tree_broken",
                "another path reaches too");
        refused(
                () -> lightgbm(LIGHTGBM.replace("right_child=-2", "right_child=-9")),
                "model_tree_broken",
                "allowed 0..2");
    }

    @Test
    void moreRoundsThanThereAreIsRefused() {
        refused(
                () -> ModelFile.read("xgboost", XGBOOST.getBytes(UTF_8), new Rounds.First(2)),
                "model_rounds",
                "within 1..1: 2");
        refused(
                () -> ModelFile.read("xgboost", XGBOOST.getBytes(UTF_8), new Rounds.Best()),
                "model_rounds",
                "names no best_iteration");
        refused(
                () -> ModelFile.read("lightgbm", LIGHTGBM.getBytes(UTF_8), new Rounds.First(2)),
                "model_rounds",
                "within 1..1: 2");
        refused(
                () -> ModelFile.read("lightgbm", LIGHTGBM.getBytes(UTF_8), new Rounds.Best()),
                "model_rounds",
                "does not name its best round");
    }

    @Test
    void rawLogitsChangedTheirBaseScoreBetweenVersions() {
        String raw = XGBOOST.replace("binary:logistic", "binary:logitraw").replace("5E-1", "2.5E-1");
        double[] row = {0.6};
        assertThat(xgboost(raw).predict(row, Deadline.NONE).score()).isEqualTo(1.0);
        assertThat(xgboost(raw.replace("[3,0,4]", "[1,7,6]"))
                        .predict(row, Deadline.NONE)
                        .score())
                .isCloseTo(0.75 - Math.log(3), org.assertj.core.api.Assertions.within(1e-6));
    }

    @Test
    void droppedTreesAreWeighedInAllThreeLayouts() {
        String inside = XGBOOST.replace("\"tree_info\"", "\"weight_drop\":[0.5],\"tree_info\"");
        String beside = XGBOOST.replace("\"name\":\"gbtree\",", "\"name\":\"gbtree\",\"weight_drop\":[0.5],");
        String nested = XGBOOST.replace(
                        "\"gradient_booster\":{\"name\":\"gbtree\",\"model\":",
                        "\"gradient_booster\":{\"name\":\"dart\",\"weight_drop\":[0.5],\"gbtree\":{\"name\":\"gbtree\",\"model\":")
                .replace("}}}}", "}}}}}");
        for (String text : new String[] {inside, beside, nested}) {
            assertThat(xgboost(text).predict(new double[] {0.6}, Deadline.NONE).margins())
                    .containsExactly(0.375);
        }
        refused(() -> xgboost(inside.replace("[0.5]", "[0.5,0.5]")), "model_length", "at most 1 values: 2");
    }
}
