package dev.tranche.bench.inference;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import io.github.metarank.lightgbm4j.LGBMBooster;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;

/// The genuine LightGBM through the Java interface that lightgbm4j packs, one thread: the fast call for
/// single rows, whose settings are made once, and the call for matrices.
final class Lightgbm4j implements Contender {
    private static final int WIDTH = CreditTable.FEATURES;
    private static final String ONE_THREAD = "num_threads=1";

    private final Slices<SWIGTYPE_p_double> slices;
    private final double[][] rows;
    private final SWIGTYPE_p_void booster;
    private final SWIGTYPE_p_void fast;
    private final SWIGTYPE_p_long_long length = lightgbmlib.new_int64_tp();
    private final SWIGTYPE_p_double answer = lightgbmlib.new_doubleArray(1);

    private Lightgbm4j(SWIGTYPE_p_void booster, float[] table) {
        this.booster = booster;
        slices = new Slices<>(table, Lightgbm4j::outside);
        rows = new double[table.length / WIDTH][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Slices.wide(Arrays.copyOfRange(table, row * WIDTH, (row + 1) * WIDTH));
        }
        SWIGTYPE_p_p_void handle = lightgbmlib.new_voidpp();
        succeeded(lightgbmlib.LGBM_BoosterPredictForMatSingleRowFastInit(
                booster,
                lightgbmlibConstants.C_API_PREDICT_RAW_SCORE,
                0,
                0,
                lightgbmlibConstants.C_API_DTYPE_FLOAT64,
                WIDTH,
                ONE_THREAD,
                handle));
        fast = lightgbmlib.voidpp_value(handle);
    }

    static Lightgbm4j of(Subject subject, float[] table) throws IOException {
        LGBMBooster.loadNative();
        SWIGTYPE_p_p_void handle = lightgbmlib.new_voidpp();
        succeeded(lightgbmlib.LGBM_BoosterLoadModelFromString(
                Files.readString(subject.file()), lightgbmlib.new_intp(), handle));
        return new Lightgbm4j(lightgbmlib.voidpp_value(handle), table);
    }

    private static void succeeded(int code) {
        if (code != 0) {
            throw new IllegalStateException(lightgbmlib.LGBM_GetLastError());
        }
    }

    @Override
    public String name() {
        return "lightgbm4j 4.3.0 single-row fast / matrix";
    }

    @Override
    public boolean foreign() {
        return true;
    }

    @Override
    public void score(int first, int count, double[] margins) {
        if (count == 1) {
            succeeded(
                    lightgbmlib.LGBM_BoosterPredictForMatSingleRowFastCriticalSWIG(rows[first], fast, length, answer));
            margins[0] = lightgbmlib.doubleArray_getitem(answer, 0);
            return;
        }
        SWIGTYPE_p_double answers = lightgbmlib.new_doubleArray(count);
        succeeded(lightgbmlib.LGBM_BoosterPredictForMat(
                booster,
                lightgbmlib.double_to_voidp_ptr(slices.of(first, count)),
                lightgbmlibConstants.C_API_DTYPE_FLOAT64,
                count,
                WIDTH,
                1,
                lightgbmlibConstants.C_API_PREDICT_RAW_SCORE,
                0,
                0,
                ONE_THREAD,
                length,
                answers));
        for (int row = 0; row < count; row++) {
            margins[row] = lightgbmlib.doubleArray_getitem(answers, row);
        }
        lightgbmlib.delete_doubleArray(answers);
    }

    /// The rows in native memory, so that the library is not charged for the copy lightgbm4j makes value by
    /// value.
    private static SWIGTYPE_p_double outside(float[] rows) {
        SWIGTYPE_p_double copy = lightgbmlib.new_doubleArray(rows.length);
        for (int i = 0; i < rows.length; i++) {
            lightgbmlib.doubleArray_setitem(copy, i, rows[i]);
        }
        return copy;
    }

    @Override
    public void close() {
        succeeded(lightgbmlib.LGBM_FastConfigFree(fast));
        succeeded(lightgbmlib.LGBM_BoosterFree(booster));
        lightgbmlib.delete_doubleArray(answer);
        slices.all().forEach(lightgbmlib::delete_doubleArray);
    }
}
