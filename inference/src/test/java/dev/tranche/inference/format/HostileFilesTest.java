package dev.tranche.inference.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.Model;
import dev.tranche.inference.Trials;
import io.github.metarank.lightgbm4j.LGBMException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Files that were cut, bent or made to hurt: each is refused as an [ArtifactException], none is taken for
/// another model.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileFilesTest {
    private static final int CUTS = 250;

    /// Genuine files by name, the part before `-` being the format.
    private final Map<String, byte[]> genuine = new LinkedHashMap<>();

    @BeforeAll
    void train() throws XGBoostError, LGBMException {
        Booster booster = NativeXgboost.train(
                Map.of("objective", "binary:logistic", "tree_method", "hist", "max_cat_to_onehot", 1), 4, true);
        genuine.put("xgboost-json", booster.toByteArray("json"));
        genuine.put("xgboost-ubj", booster.toByteArray("ubj"));
        Booster plain = NativeXgboost.train(Map.of("objective", "count:poisson"), 4, false);
        genuine.put("xgboost-binary", plain.toByteArray("deprecated"));
        Booster linear = NativeXgboost.train(Map.of("objective", "reg:squarederror", "booster", "gblinear"), 4, false);
        genuine.put("xgboost-linear", linear.toByteArray("ubj"));
        try (NativeLightgbm trained = NativeLightgbm.train("objective=binary categorical_feature=7", 4)) {
            genuine.put("lightgbm-text", trained.text().getBytes(UTF_8));
        }
        try (NativeLightgbm trained = NativeLightgbm.train("objective=regression linear_tree=true", 4)) {
            genuine.put("lightgbm-linear", trained.text().getBytes(UTF_8));
        }
    }

    @BeforeAll
    void writeCatboost() {
        genuine.put(
                "catboost-oblivious",
                CatboostFiles.write(
                        RandomGeneratorFactory.of("L64X128MixRandom").create(5), "RMSE", true, 2, true, "[1,[1,2]]"));
        genuine.put(
                "catboost-nested",
                CatboostFiles.write(
                        RandomGeneratorFactory.of("L64X128MixRandom").create(5), "Logloss", false, 1, true, "[1,[0]]"));
    }

    private static Model read(String name, byte[] bytes) {
        return ModelFile.read(name.substring(0, name.indexOf('-')), bytes, Rounds.all());
    }

    @Test
    void aFileThatWasCutIsRefusedOrStillSaysTheSame() {
        genuine.forEach((name, bytes) -> {
            Model whole = read(name, bytes);
            double[] row = row(whole);
            int refused = 0;
            for (int i = 0; i < CUTS; i++) {
                int length = (int) ((long) bytes.length * i / CUTS);
                try {
                    Model cut = read(name, Arrays.copyOf(bytes, length));
                    assertThat(cut.predict(row, Deadline.NONE).margins())
                            .as("%s cut to %d of %d bytes", name, length, bytes.length)
                            .containsExactly(whole.predict(row, Deadline.NONE).margins());
                    assertThat(cut.trees()).isEqualTo(whole.trees());
                } catch (ArtifactException expected) {
                    refused++;
                }
            }
            // Only what follows the trees of a LightGBM text may be cut without harm.
            assertThat(refused).as(name).isGreaterThan(name.startsWith("lightgbm") ? CUTS / 2 : CUTS - 1);
        });
    }

    @Test
    void aFileWithSpoiltBytesIsRefusedOrAnswersButNeverBreaksOff() {
        Trials.of(
                150,
                random -> genuine.forEach((name, bytes) -> {
                    byte[] spoilt = bytes.clone();
                    for (int i = random.nextInt(4); i >= 0; i--) {
                        spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
                    }
                    try {
                        Model model = read(name, spoilt);
                        assertThat(model.predict(row(model), Deadline.NONE).margins())
                                .hasSize(model.margins());
                    } catch (ArtifactException expected) {
                        assertThat(expected.code()).matches("[a-z_]+");
                    }
                }));
    }

    @Test
    void bytesThatAreNoModelAreRefused() {
        for (String name : new String[] {"xgboost-", "lightgbm-", "catboost-"}) {
            for (byte[] bytes :
                    new byte[][] {{}, {'{'}, {0}, "{}".getBytes(UTF_8), "tree".getBytes(UTF_8), new byte[5000]}) {
                assertThatThrownBy(() -> read(name, bytes)).isInstanceOf(ArtifactException.class);
            }
        }
    }

    @Test
    void aPickleIsRefusedWithAdvice() {
        for (byte[] pickle :
                new byte[][] {{(byte) 0x80, 4, (byte) 0x95, 0}, "ccopy_reg\n_reconstructor".getBytes(UTF_8)}) {
            assertThatThrownBy(() -> read("xgboost-pickle", pickle))
                    .isInstanceOfSatisfying(
                            ArtifactException.class, e -> assertThat(e.code()).isEqualTo("model_pickle"))
                    .hasMessageContaining("save_model");
        }
    }

    @Test
    void anotherFormatIsRefusedByName() {
        assertThatThrownBy(() -> ModelFile.read("onnx", new byte[] {1}, Rounds.all()))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("onnx");
    }

    private static double[] row(Model model) {
        double[] row = new double[model.inputNames().size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = i % 3 == 2 ? Double.NaN : i * 0.5;
        }
        return row;
    }
}
