package dev.tranche.bench.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/// ONNX Runtime with the same trees as a `TreeEnsembleRegressor`, one thread. It adds the base margin last,
/// where XGBoost begins with it, so its margins differ in their last bits.
final class Onnx implements Contender {
    private static final int WIDTH = CreditTable.FEATURES;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final Slices<FloatBuffer> slices;

    private Onnx(byte[] model, float[] table) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(model, options);
        }
        slices = new Slices<>(table, Onnx::outside);
    }

    static Onnx of(byte[] model, float[] table) throws OrtException {
        return new Onnx(model, table);
    }

    private static FloatBuffer outside(float[] rows) {
        FloatBuffer buffer = ByteBuffer.allocateDirect(rows.length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        buffer.put(rows).flip();
        return buffer;
    }

    @Override
    public String name() {
        return "onnxruntime 1.29.0";
    }

    @Override
    public double tolerance() {
        return 1e-4;
    }

    @Override
    public boolean foreign() {
        return true;
    }

    @Override
    public void score(int first, int rows, double[] margins) throws OrtException {
        try (OnnxTensor input = OnnxTensor.createTensor(environment, slices.of(first, rows), new long[] {rows, WIDTH});
                OrtSession.Result result = session.run(Map.of(OnnxFile.INPUT, input))) {
            FloatBuffer answers = ((OnnxTensor) result.get(0)).getFloatBuffer();
            for (int row = 0; row < rows; row++) {
                margins[row] = answers.get(row);
            }
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException broken) {
            throw new IllegalStateException("ONNX Runtime did not close its session", broken);
        }
    }
}
