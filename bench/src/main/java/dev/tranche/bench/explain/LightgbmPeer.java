package dev.tranche.bench.explain;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import java.nio.charset.StandardCharsets;

/// LightGBM through the C interface that lightgbm4j carries: trees of 63 leaves, one column of categories.
/// Only the call itself is measured, not the copying of rows into native memory.
final class LightgbmPeer implements Peer {
    private static final String PARAMETERS = "objective=binary num_leaves=63 learning_rate=0.05 categorical_feature="
            + (Applicants.FEATURES - 1) + " num_threads=1 verbose=-1 deterministic=true seed=7";
    private static final int WIDTH = Applicants.FEATURES + 1;

    private final Applicants applicants;
    private final String text;
    private final SWIGTYPE_p_void booster;
    private final SWIGTYPE_p_long_long length = lightgbmlib.new_int64_tp();
    private SWIGTYPE_p_double in = lightgbmlib.new_doubleArray(1);
    private SWIGTYPE_p_double out = lightgbmlib.new_doubleArray(1);
    private int rows;

    private LightgbmPeer(Applicants applicants, String text) {
        this.applicants = applicants;
        this.text = text;
        SWIGTYPE_p_p_void handle = lightgbmlib.new_voidpp();
        succeeded(lightgbmlib.LGBM_BoosterLoadModelFromString(text, lightgbmlib.new_intp(), handle));
        booster = lightgbmlib.voidpp_value(handle);
    }

    static LightgbmPeer train(Applicants applicants, int trees) {
        try (LGBMDataset table = LGBMDataset.createFromMat(
                applicants.flat(applicants.size()), applicants.size(), Applicants.FEATURES, true, PARAMETERS, null)) {
            table.setField("label", applicants.labels());
            try (LGBMBooster trained = LGBMBooster.create(table, PARAMETERS)) {
                for (int i = 0; i < trees; i++) {
                    trained.updateOneIter();
                }
                return new LightgbmPeer(
                        applicants, trained.saveModelToString(0, 0, LGBMBooster.FeatureImportanceType.SPLIT));
            }
        } catch (LGBMException e) {
            throw new IllegalStateException("LightGBM does not train", e);
        }
    }

    @Override
    public String name() {
        return "lightgbm4j 4.3.0";
    }

    @Override
    public String format() {
        return "lightgbm";
    }

    @Override
    public byte[] file() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void take(int count) {
        lightgbmlib.delete_doubleArray(in);
        lightgbmlib.delete_doubleArray(out);
        double[] flat = applicants.flat(count);
        rows = count;
        in = lightgbmlib.new_doubleArray(flat.length);
        out = lightgbmlib.new_doubleArray((long) count * WIDTH);
        for (int i = 0; i < flat.length; i++) {
            lightgbmlib.doubleArray_setitem(in, i, flat[i]);
        }
    }

    @Override
    public void contributions() {
        succeeded(lightgbmlib.LGBM_BoosterPredictForMat(
                booster,
                lightgbmlib.double_to_voidp_ptr(in),
                lightgbmlibConstants.C_API_DTYPE_FLOAT64,
                rows,
                Applicants.FEATURES,
                1,
                lightgbmlibConstants.C_API_PREDICT_CONTRIB,
                0,
                0,
                "num_threads=1",
                length,
                out));
    }

    @Override
    public double[] contributions(int row) {
        double[] parts = new double[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            parts[i] = lightgbmlib.doubleArray_getitem(out, (long) row * WIDTH + i);
        }
        return parts;
    }

    private static void succeeded(int code) {
        if (code != 0) {
            throw new IllegalStateException(lightgbmlib.LGBM_GetLastError());
        }
    }

    @Override
    public void close() {
        lightgbmlib.delete_doubleArray(in);
        lightgbmlib.delete_doubleArray(out);
        succeeded(lightgbmlib.LGBM_BoosterFree(booster));
    }
}
