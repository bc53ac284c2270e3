package dev.tranche.inference.format;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMBooster.FeatureImportanceType;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// The genuine LightGBM 4.3.0 (lightgbm4j), trained on a small table with missing values and zeros; the
/// oracle of [LightgbmParityTest].
final class NativeLightgbm implements AutoCloseable {
    static final int ROWS = 500;
    static final int FEATURES = 8;
    private static final String QUIET = " verbose=-1 num_threads=1 seed=3 deterministic=true min_data_in_leaf=5"
            + " num_leaves=15 min_data_per_group=5 cat_smooth=1";

    private final LGBMDataset data;
    private final LGBMBooster booster;

    private NativeLightgbm(LGBMDataset data, LGBMBooster booster) {
        this.data = data;
        this.booster = booster;
    }

    /// A booster of these parameters; the last feature holds category codes when a parameter says so.
    static NativeLightgbm train(String parameters, int rounds) throws LGBMException {
        double[] table = table();
        LGBMDataset data = LGBMDataset.createFromMat(table, ROWS, FEATURES, true, parameters + QUIET, null);
        data.setField("label", labels(parameters));
        if (parameters.contains("lambdarank")) {
            int[] groups = new int[ROWS / 10];
            Arrays.fill(groups, 10);
            data.setField("group", groups);
        }
        LGBMBooster booster = LGBMBooster.create(data, parameters + QUIET);
        for (int i = 0; i < rounds; i++) {
            booster.updateOneIter();
        }
        return new NativeLightgbm(data, booster);
    }

    String text() throws LGBMException {
        return booster.saveModelToString(0, 0, FeatureImportanceType.SPLIT);
    }

    /// The answers, row by row, `width` for each: straight through the C interface, because lightgbm4j 4.3.0
    /// reserves one number a row for a model of several classes too.
    static double[] predict(String model, List<double[]> rows, int width, int kind) {
        SWIGTYPE_p_p_void handle = lightgbmlib.new_voidpp();
        succeeded(lightgbmlib.LGBM_BoosterLoadModelFromString(model, lightgbmlib.new_intp(), handle));
        SWIGTYPE_p_void booster = lightgbmlib.voidpp_value(handle);
        SWIGTYPE_p_double in = lightgbmlib.new_doubleArray((long) rows.size() * FEATURES);
        SWIGTYPE_p_double out = lightgbmlib.new_doubleArray((long) rows.size() * width);
        for (int i = 0; i < rows.size() * FEATURES; i++) {
            lightgbmlib.doubleArray_setitem(in, i, rows.get(i / FEATURES)[i % FEATURES]);
        }
        succeeded(lightgbmlib.LGBM_BoosterPredictForMat(
                booster,
                lightgbmlib.double_to_voidp_ptr(in),
                lightgbmlibConstants.C_API_DTYPE_FLOAT64,
                rows.size(),
                FEATURES,
                1,
                kind,
                0,
                0,
                "num_threads=1",
                lightgbmlib.new_int64_tp(),
                out));
        double[] answers = new double[rows.size() * width];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = lightgbmlib.doubleArray_getitem(out, i);
        }
        lightgbmlib.delete_doubleArray(in);
        lightgbmlib.delete_doubleArray(out);
        succeeded(lightgbmlib.LGBM_BoosterFree(booster));
        return answers;
    }

    private static void succeeded(int code) {
        if (code != 0) {
            throw new IllegalStateException(lightgbmlib.LGBM_GetLastError());
        }
    }

    @Override
    public void close() throws LGBMException {
        booster.close();
        data.close();
    }

    static List<double[]> rows() {
        double[] table = table();
        List<double[]> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            rows.add(Arrays.copyOfRange(table, row * FEATURES, (row + 1) * FEATURES));
        }
        return rows;
    }

    /// The same table each time: normal numbers, many zeros, codes, some missing.
    private static double[] table() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
        double[] table = new double[ROWS * FEATURES];
        for (int i = 0; i < table.length; i++) {
            int feature = i % FEATURES;
            table[i] =
                    feature == FEATURES - 1 ? random.nextInt(40) : random.nextInt(4) == 0 ? 0 : random.nextGaussian();
            if (random.nextInt(10) < feature % 4) {
                table[i] = Double.NaN;
            }
        }
        return table;
    }

    private static float[] labels(String parameters) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(43);
        float[] labels = new float[ROWS];
        List<double[]> rows = rows();
        for (int i = 0; i < ROWS; i++) {
            double[] row = rows.get(i);
            double signal = row[0] + (Double.isNaN(row[1]) ? 0.6 : row[1]) + random.nextGaussian() / 2;
            signal += row[FEATURES - 1] % 3 == 1 ? 1 : 0;
            labels[i] = label(parameters, signal);
        }
        return labels;
    }

    private static float label(String parameters, double signal) {
        if (parameters.contains("multiclass") || parameters.contains("lambdarank")) {
            return Math.clamp((int) Math.floor(signal + 1), 0, 2);
        }
        if (parameters.contains("binary") || parameters.contains("cross_entropy")) {
            return signal > 0.5 ? 1 : 0;
        }
        return (float)
                (parameters.matches(".*(poisson|gamma|tweedie|sqrt|mape).*") ? Math.exp(signal / 2) : signal * 5);
    }
}
