package dev.tranche.inference.format.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/// The genuine ONNX Runtime: one thread, one output.
final class NativeOnnx implements AutoCloseable {
    private final OrtEnvironment environment =
            OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "tests");
    private final OrtSession session;

    private NativeOnnx(byte[] model) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            session = environment.createSession(model, options);
        }
    }

    static NativeOnnx load(byte[] model) {
        try {
            return new NativeOnnx(model);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The numbers of an output for these rows, given together.
    double[] run(List<double[]> rows, String output, boolean doubles) {
        int width = rows.getFirst().length;
        long[] shape = {rows.size(), width};
        double[] all = rows.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
        try (OnnxTensor input = doubles
                        ? OnnxTensor.createTensor(environment, DoubleBuffer.wrap(all), shape)
                        : OnnxTensor.createTensor(environment, FloatBuffer.wrap(Grown.floats(all)), shape);
                OrtSession.Result result = session.run(Map.of("X", input))) {
            OnnxTensor answer = (OnnxTensor) result.get(output).orElseThrow();
            return switch (answer.getInfo().type) {
                case FLOAT -> {
                    FloatBuffer floats = answer.getFloatBuffer();
                    double[] numbers = new double[floats.remaining()];
                    for (int i = 0; i < numbers.length; i++) {
                        numbers[i] = floats.get(i);
                    }
                    yield numbers;
                }
                case DOUBLE -> {
                    double[] numbers = new double[answer.getDoubleBuffer().remaining()];
                    answer.getDoubleBuffer().get(numbers);
                    yield numbers;
                }
                default -> throw new IllegalStateException("no floats: " + answer.getInfo());
            };
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
