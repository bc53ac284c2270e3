package dev.tranche.inference.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.Explainer;
import dev.tranche.inference.Model;
import dev.tranche.inference.Prediction;
import dev.tranche.inference.tree.TreeModel;
import io.github.metarank.lightgbm4j.LGBMException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same margins, bit for bit, as LightGBM 4.3.0 (lightgbm4j), on rows with missing values, zeros and
/// numbers nearly zero, codes it never saw, and on rows beside its thresholds. Outputs agree within a few
/// roundings of `exp`.
class LightgbmParityTest {
    private static final double OUTPUT_SHARE = 1e-14;
    private static final double[] UNUSUAL = {
        Double.NaN,
        0.0,
        -0.0,
        1e-36,
        -1e-36,
        1e-35,
        1.0000000180025095E-35,
        -1e-34,
        1e300,
        -1e300,
        0.5,
        -0.5,
        41,
        1e9,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "objective=binary",
                "objective=binary sigmoid=2.5",
                "objective=regression",
                "objective=regression reg_sqrt=true",
                "objective=regression_l1",
                "objective=huber",
                "objective=fair",
                "objective=poisson",
                "objective=quantile alpha=0.7",
                "objective=mape",
                "objective=gamma",
                "objective=tweedie",
                "objective=multiclass num_class=3",
                "objective=multiclassova num_class=3 sigmoid=1.5",
                "objective=cross_entropy",
                "objective=cross_entropy_lambda",
                "objective=lambdarank",
                "objective=binary categorical_feature=7",
                "objective=multiclass num_class=3 categorical_feature=7,6",
                "objective=binary zero_as_missing=true",
                "objective=binary use_missing=false",
                "objective=regression categorical_feature=7 use_missing=false",
                "objective=binary boosting=rf bagging_freq=1 bagging_fraction=0.6 feature_fraction=0.8",
                "objective=regression boosting=dart drop_rate=0.3",
                "objective=binary data_sample_strategy=goss",
                "objective=regression linear_tree=true",
                "objective=regression linear_tree=true categorical_feature=7",
                "objective=regression num_leaves=200 min_data_in_leaf=1",
                "objective=binary max_depth=2"
            })
    void everyObjectiveAndEveryKindOfMissing(String parameters) throws LGBMException {
        try (NativeLightgbm trained = NativeLightgbm.train(parameters, 25)) {
            String text = trained.text();
            Model model = ModelFile.read("lightgbm", text.getBytes(UTF_8), Rounds.all());
            int classes = model.margins();
            // The library's raw score of a random forest is the sum; ours is what its link is applied to, the mean.
            int divisor = ((TreeModel) model).ensemble().divisor();
            List<double[]> rows = Beside.thresholds(model, NativeLightgbm.rows());
            for (double unusual : UNUSUAL) {
                for (int feature = 0; feature < NativeLightgbm.FEATURES; feature++) {
                    double[] row = rows.get(feature * 7).clone();
                    row[feature] = unusual;
                    rows.add(row);
                }
            }
            double[] margins = Arrays.stream(
                            NativeLightgbm.predict(text, rows, classes, lightgbmlibConstants.C_API_PREDICT_RAW_SCORE))
                    .map(sum -> sum / divisor)
                    .toArray();
            double[] outputs = NativeLightgbm.predict(text, rows, classes, lightgbmlibConstants.C_API_PREDICT_NORMAL);
            for (int i = 0; i < rows.size(); i++) {
                Prediction prediction = model.predict(rows.get(i), Deadline.NONE);
                assertThat(prediction.margins())
                        .as("row %d, %s", i, Arrays.toString(rows.get(i)))
                        .containsExactly(Arrays.copyOfRange(margins, i * classes, (i + 1) * classes));
                for (int c = 0; c < classes; c++) {
                    double known = outputs[i * classes + c];
                    double output = prediction.outputs()[c];
                    assertThat(Double.compare(output, known) == 0
                                    || Math.abs(output - known) <= OUTPUT_SHARE * Math.abs(known))
                            .as("row %d: %s, known is %s", i, output, known)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void leavesAreNumberedAsInTheLibrary() throws LGBMException {
        try (NativeLightgbm trained = NativeLightgbm.train("objective=binary", 10)) {
            String text = trained.text();
            TreeModel model = (TreeModel) ModelFile.read("lightgbm", text.getBytes(UTF_8), Rounds.all());
            double[] leaves = NativeLightgbm.predict(
                    text, NativeLightgbm.rows(), model.trees(), lightgbmlibConstants.C_API_PREDICT_LEAF_INDEX);
            int at = 0;
            for (double[] row : NativeLightgbm.rows()) {
                for (int leaf : model.leaves(row)) {
                    assertThat((double) leaf).isEqualTo(leaves[at++]);
                }
            }
        }
    }

    @Test
    void contributionsEqualTheLibrarys() throws LGBMException {
        for (String parameters : List.of(
                "objective=binary categorical_feature=7",
                "objective=regression num_leaves=60",
                "objective=multiclass num_class=3",
                "objective=binary boosting=dart drop_rate=0.5",
                "objective=binary boosting=rf bagging_freq=1 bagging_fraction=0.7",
                "objective=regression zero_as_missing=true")) {
            try (NativeLightgbm trained = NativeLightgbm.train(parameters, 20)) {
                String text = trained.text();
                Model model = ModelFile.read("lightgbm", text.getBytes(UTF_8), Rounds.all());
                Explainer explainer = model.explainer().orElseThrow();
                double[] known = NativeLightgbm.predict(
                        text,
                        NativeLightgbm.rows(),
                        model.margins() * (NativeLightgbm.FEATURES + 1),
                        lightgbmlibConstants.C_API_PREDICT_CONTRIB);
                int at = 0;
                for (double[] row : NativeLightgbm.rows()) {
                    double[] margins = model.predict(row, Deadline.NONE).margins();
                    // LightGBM 4.3 leaves the contributions of a forest as sums, although its margin is their mean.
                    double rounds = parameters.contains("=rf") ? 20 : 1;
                    for (int margin = 0; margin < margins.length; margin++) {
                        double sum = explainer.base(margin);
                        for (double part : explainer.parts(row, margin, Deadline.NONE)) {
                            assertThat(part).as(parameters).isCloseTo(known[at++] / rounds, within(1e-11));
                            sum += part;
                        }
                        assertThat(explainer.base(margin))
                                .as(parameters)
                                .isCloseTo(known[at++] / rounds, within(1e-11));
                        assertThat(sum).isCloseTo(margins[margin], within(1e-11));
                    }
                }
            }
        }
    }
}
