package dev.tranche.bench.inference;

import biz.k11i.xgboost.Predictor;
import biz.k11i.xgboost.util.FVec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

/// H2O's predictor for XGBoost in Java, which walks one tree after the other. It reads only the binary format
/// that XGBoost wrote until 3.0, which xgboost4j 3.0.4 still can.
final class H2o implements Contender {
    private static final int WIDTH = CreditTable.FEATURES;

    private final Predictor predictor;
    private final float[][] rows;

    private H2o(Predictor predictor, float[] table) {
        this.predictor = predictor;
        rows = new float[table.length / WIDTH][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(table, row * WIDTH, (row + 1) * WIDTH);
        }
    }

    static H2o of(byte[] binary, float[] table) throws IOException {
        return new H2o(new Predictor(new ByteArrayInputStream(binary)), table);
    }

    @Override
    public String name() {
        return "h2o xgboost-predictor 0.3.20";
    }

    @Override
    public double tolerance() {
        return 1e-4;
    }

    @Override
    public void score(int first, int count, double[] margins) {
        for (int row = 0; row < count; row++) {
            FVec vector = FVec.Transformer.fromArray(rows[first + row], false);
            margins[row] = predictor.predictSingle(vector, true);
        }
    }
}
