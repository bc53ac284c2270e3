package dev.tranche.bench.explain;

import java.util.LinkedHashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/// XGBoost through xgboost4j: trees of depth 6.
final class XgboostPeer implements Peer {
    private final Applicants applicants;
    private final Booster booster;
    private @Nullable DMatrix matrix;
    private float[][] last = new float[0][];

    private XgboostPeer(Applicants applicants, Booster booster) {
        this.applicants = applicants;
        this.booster = booster;
    }

    static XgboostPeer train(Applicants applicants, int trees) {
        Map<String, Object> parameters = new LinkedHashMap<>(Map.of(
                "objective",
                "binary:logistic",
                "max_depth",
                6,
                "eta",
                0.05,
                "tree_method",
                "hist",
                "nthread",
                1,
                "verbosity",
                0));
        try {
            DMatrix table = matrix(applicants, applicants.size());
            table.setLabel(applicants.labels());
            Booster booster = XGBoost.train(table, parameters, trees, Map.of(), null, null);
            table.dispose();
            return new XgboostPeer(applicants, booster);
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost does not train", e);
        }
    }

    private static DMatrix matrix(Applicants applicants, int rows) throws XGBoostError {
        return new DMatrix(applicants.floats(rows), rows, Applicants.FEATURES, Float.NaN);
    }

    @Override
    public String name() {
        return "xgboost4j 3.0.4";
    }

    @Override
    public String format() {
        return "xgboost";
    }

    @Override
    public byte[] file() {
        try {
            return booster.toByteArray("ubj");
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost does not write its model", e);
        }
    }

    @Override
    public void take(int rows) {
        close();
        try {
            matrix = matrix(applicants, rows);
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost does not take the rows", e);
        }
    }

    @Override
    public void contributions() {
        DMatrix rows = matrix;
        if (rows == null) {
            throw new IllegalStateException("no rows were taken");
        }
        try {
            last = booster.predictContrib(rows, 0);
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost does not explain", e);
        }
    }

    @Override
    public double[] contributions(int row) {
        double[] parts = new double[last[row].length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = last[row][i];
        }
        return parts;
    }

    /// xgboost4j frees a matrix that is only reachable from native code, so it is kept and disposed of here.
    @Override
    public void close() {
        if (matrix != null) {
            matrix.dispose();
            matrix = null;
        }
    }
}
