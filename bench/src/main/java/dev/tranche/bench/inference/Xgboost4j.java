package dev.tranche.bench.inference;

import java.io.IOException;
import java.nio.file.Files;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/// The genuine XGBoost through its Java package, one thread: by a matrix made for the call, or in place.
final class Xgboost4j implements Contender {
    private static final int WIDTH = CreditTable.FEATURES;
    private static final String VERSION = "xgboost4j 3.0.4 ";

    private final Booster booster;
    private final boolean inPlace;
    private final Slices<float[]> slices;

    private Xgboost4j(Booster booster, boolean inPlace, float[] table) {
        this.booster = booster;
        this.inPlace = inPlace;
        slices = new Slices<>(table, slice -> slice);
    }

    static Xgboost4j of(Subject subject, boolean inPlace, float[] table) throws XGBoostError, IOException {
        Booster booster = XGBoost.loadModel(Files.readAllBytes(subject.file()));
        booster.setParam("nthread", 1);
        return new Xgboost4j(booster, inPlace, table);
    }

    /// The file as XGBoost wrote it before 3.1, for engines that read nothing newer.
    byte[] binary() throws XGBoostError {
        return booster.toByteArray("deprecated");
    }

    @Override
    public String name() {
        return VERSION + (inPlace ? "inplace_predict" : "predict(DMatrix)");
    }

    @Override
    public boolean foreign() {
        return true;
    }

    @Override
    public void score(int first, int rows, double[] margins) throws XGBoostError {
        float[] part = slices.of(first, rows);
        float[][] answers;
        if (inPlace) {
            answers = booster.inplace_predict(
                    part, rows, WIDTH, Float.NaN, new int[] {0, 0}, Booster.PredictionType.kMargin, null);
        } else {
            DMatrix matrix = new DMatrix(part, rows, WIDTH, Float.NaN);
            answers = booster.predict(matrix, true);
            matrix.dispose();
        }
        for (int row = 0; row < rows; row++) {
            margins[row] = answers[row][0];
        }
    }

    @Override
    public void close() {
        booster.dispose();
    }
}
