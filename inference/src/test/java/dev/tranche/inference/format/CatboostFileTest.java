package dev.tranche.inference.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.Model;
import dev.tranche.inference.Prediction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a CatBoost file says, worked out by hand, and what is refused in it.
class CatboostFileTest {
    /// One tree: bit 0 is `age > 30`, bit 1 is `colour = red`.
    private static final String FILE = """
            {"features_info": {
               "float_features": [{"feature_index": 0, "flat_feature_index": 1, "feature_name": "age", "has_nans": true,
                                   "borders": [20, 30], "nan_value_treatment": "AsTrue"}],
               "categorical_features": [{"feature_index": 0, "flat_feature_index": 0, "feature_id": "colour",
                                         "values": [7, 4294967289]}],
               "cat_features_hash": [{"hash": 7, "value": "red"}, {"hash": -7, "value": "blue"}]},
             "model_info": {"params": {"loss_function": {"type": "Logloss"}}, "catboost_version_info": "1.2.7"},
             "oblivious_trees": [{"leaf_values": [1, 2, 3, 4], "leaf_weights": [4, 3, 2, 1], "splits": [
               {"border": 30, "float_feature_index": 0, "split_index": 1, "split_type": "FloatFeature"},
               {"cat_feature_index": 0, "value": 7, "split_index": 2, "split_type": "OneHotFeature"}]}],
             "ctr_data": null, "scale_and_bias": [1, [-4]]}""";

    private static Model read(String file) {
        return ModelFile.read("catboost", file.getBytes(UTF_8), Rounds.all());
    }

    @Test
    void aLeafIsTheBitsOfItsAnswersAndTheInputsStandInTheOrderOfTheColumns() {
        Model model = read(FILE);
        assertThat(model.inputNames()).containsExactly("colour", "age");
        assertThat(model.categories()).containsExactly(List.of("red", "blue"), List.of());
        assertThat(margin(model, 1, 30)).isEqualTo(-3);
        assertThat(margin(model, 1, 30.01)).isEqualTo(-2);
        assertThat(margin(model, 0, 30)).isEqualTo(-1);
        assertThat(margin(model, 0, 99)).isEqualTo(0);
        assertThat(margin(model, -1, Double.NaN)).isEqualTo(-2);
        Prediction even = model.predict(new double[] {0, 99}, Deadline.NONE);
        assertThat(even.score()).isEqualTo(0.5);
        double[] parts = model.explainer().orElseThrow().parts(new double[] {0, 99});
        // The mean leaf is 2 by weight, and 2 - 4 + the parts is the margin 0.
        assertThat(parts[0] + parts[1]).isEqualTo(2);
    }

    private static double margin(Model model, double colour, double age) {
        return model.predict(new double[] {colour, age}, Deadline.NONE).margins()[0];
    }

    @Test
    void aScaleThatIsNoPowerOfTwoIsWithinAFewUnitsInTheLastPlace() {
        Model model = read(FILE.replace("[1, [-4]]", "[0.3, -4]"));
        assertThat(margin(model, 0, 99)).isCloseTo(0.3 * 4 - 4, org.assertj.core.api.Assertions.within(1e-15));
    }

    @Test
    void aFileThatWasCutByRoundsKeepsTheFirstTrees() {
        String two = FILE.replace("[{\"leaf_values\"", "[{\"leaf_values\": [0.5], \"splits\": null}, {\"leaf_values\"");
        byte[] bytes = two.getBytes(UTF_8);
        assertThat(margin(ModelFile.read("catboost", bytes, new Rounds.First(1)), 0, 99))
                .isEqualTo(-3.5);
        assertThat(margin(ModelFile.read("catboost", bytes, new Rounds.First(2)), 0, 99))
                .isEqualTo(0.5);
        assertThatThrownBy(() -> ModelFile.read("catboost", bytes, new Rounds.First(3)))
                .hasMessageContaining("1..2: 3");
        assertThatThrownBy(() -> ModelFile.read("catboost", bytes, new Rounds.Best()))
                .hasMessageContaining("use_best_model");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"ctr_data\": null | \"ctr_data\": {\"a\": 1} | model_catboost_feature | one_hot_max_size",
                "\"cat_features_hash\" | \"ctrs\": [1], \"cat_features_hash\" | model_catboost_feature | ctrs",
                "\"cat_features_hash\" | \"text_features\": [1], \"cat_features_hash\" | model_catboost_feature | text_features",
                "OneHotFeature | OnlineCtr | model_catboost_feature | OnlineCtr",
                "\"value\": \"red\" | \"value\": 3 | model_json | value must be a text",
                "{\"hash\": 7 | {\"hash\": 8 | model_catboost_category | pool=pool",
                "Logloss | Focal | model_objective | Focal",
                "\"loss_function\" | \"loss\" | model_objective | loss_function",
                "\"border\": 30 | \"border\": 31 | model_json | must be one of the borders",
                "\"split_index\": 1 | \"split_index\": 0 | model_json | says another split",
                "\"split_index\": 1 | \"split_index\": 9 | model_json | says another split",
                "\"leaf_values\": [1, 2, 3, 4] | \"leaf_values\": [1, 2, 3] | model_json | 2^splits",
                "\"leaf_weights\": [4, 3, 2, 1] | \"leaf_weights\": [4] | model_json | must have 4 values: 1",
                "\"scale_and_bias\": [1, [-4]] | \"scale_and_bias\": [1, [-4, 2]] | model_json | bias must have 1 values: 2",
                "\"scale_and_bias\": [1, [-4]] | \"scale_and_bias\": [1, [-4]], \"shrink\": 2 | model_json | no key \"shrink\"",
                "\"borders\": [20, 30] | \"borders\": [30, 20] | model_json | must rise",
                "AsTrue | AsZero | model_json | AsZero",
                "\"flat_feature_index\": 1 | \"flat_feature_index\": 0 | model_json | must differ: 0"
            })
    void whatWouldChangeTheScoresIsRefused(String from, String to, String code, String words) {
        assertThat(FILE).contains(from);
        assertThatThrownBy(() -> read(FILE.replace(from, to)))
                .isInstanceOfSatisfying(
                        ArtifactException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code))
                .hasMessageContaining(words);
    }
}
