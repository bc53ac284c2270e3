package dev.tranche.examples.credit;

import com.microsoft.ml.lightgbm.PredictionType;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Trees by LightGBM (lightgbm4j), one thread, deterministic and fixed seeds, so that the file comes out the
/// same each time.
final class Lightgbm implements Boosted {

    private static final int ROUNDS = 120;
    private static final String PARAMETERS = "objective=binary learning_rate=0.05 num_leaves=4 max_depth=3"
            + " min_data_in_leaf=15 lambda_l2=3 bagging_fraction=0.7 bagging_freq=1 feature_fraction=0.6"
            + " deterministic=true force_row_wise=true num_threads=1 seed=7 verbosity=-1";

    private final LGBMBooster booster;

    private Lightgbm(LGBMBooster booster) {
        this.booster = booster;
    }

    /// @throws IOException when the library fails
    static Lightgbm train(List<Column> columns, List<Applicant> rows) throws IOException {
        double[] flat = flat(Column.vectors(columns, Boosted.blanked(rows)));
        float[] labels = new float[rows.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = rows.get(i).bad() ? 1 : 0;
        }
        try (LGBMDataset dataset =
                LGBMDataset.createFromMat(flat, rows.size(), columns.size(), true, PARAMETERS, null)) {
            dataset.setFeatureNames(columns.stream().map(Column::name).toArray(String[]::new));
            dataset.setField("label", labels);
            try (LGBMBooster trained = LGBMBooster.create(dataset, PARAMETERS)) {
                for (int round = 0; round < ROUNDS; round++) {
                    if (trained.updateOneIter()) {
                        break;
                    }
                }
                // Read back, so that the answers are those of the file.
                return new Lightgbm(LGBMBooster.loadModelFromString(text(trained)));
            }
        } catch (LGBMException failed) {
            throw Boosted.broken("lightgbm4j", failed);
        }
    }

    @Override
    public byte[] file() {
        try {
            return text(booster).getBytes(StandardCharsets.UTF_8);
        } catch (LGBMException failed) {
            throw new UncheckedIOException(Boosted.broken("lightgbm4j", failed));
        }
    }

    @Override
    public double[] margins(double[][] vectors) {
        return predict(vectors, PredictionType.C_API_PREDICT_RAW_SCORE);
    }

    @Override
    public double[] probabilities(double[][] vectors) {
        return predict(vectors, PredictionType.C_API_PREDICT_NORMAL);
    }

    @Override
    public String library() {
        return "lightgbm4j 4.3.0-1";
    }

    @Override
    public String parameters() {
        return "rounds=" + ROUNDS + " " + PARAMETERS;
    }

    private double[] predict(double[][] vectors, PredictionType type) {
        try {
            return booster.predictForMat(flat(vectors), vectors.length, vectors[0].length, true, type, "num_threads=1");
        } catch (LGBMException failed) {
            throw new UncheckedIOException(Boosted.broken("lightgbm4j", failed));
        }
    }

    @Override
    public void close() {
        try {
            booster.close();
        } catch (LGBMException failed) {
            throw new UncheckedIOException(Boosted.broken("lightgbm4j", failed));
        }
    }

    private static String text(LGBMBooster booster) throws LGBMException {
        return booster.saveModelToString(0, -1, LGBMBooster.FeatureImportanceType.GAIN);
    }

    private static double[] flat(double[][] vectors) {
        int width = vectors[0].length;
        double[] flat = new double[vectors.length * width];
        for (int row = 0; row < vectors.length; row++) {
            System.arraycopy(vectors[row], 0, flat, row * width, width);
        }
        return flat;
    }
}
