package dev.tranche.inference.onnx;

import ai.onnxruntime.OrtException;
import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.DeadlinePassedException;
import dev.tranche.inference.Model;
import dev.tranche.inference.ModelSource;
import dev.tranche.inference.Precision;
import dev.tranche.inference.Prediction;
import dev.tranche.inference.RowRefusedException;
import dev.tranche.inference.Scorer;
import dev.tranche.inference.format.onnx.ElementType;
import dev.tranche.inference.format.onnx.OnnxAnswer;
import dev.tranche.inference.format.onnx.OnnxGraph;
import dev.tranche.inference.format.onnx.OnnxOptions;
import dev.tranche.inference.format.onnx.OnnxValue;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// A graph that ONNX Runtime answers. Its margins are the numbers that the graph answers with: where a graph
/// has its link is not known.
///
/// The same row has the same bits each time on the same machine; on another one the last bits may differ,
/// because ONNX Runtime chooses its code by what the processor can do ([#tolerance()]). Safe for any number
/// of threads; one call is one thread of the caller's. A deadline is looked at before a run, which cannot be
/// cut short.
public final class OnnxModel implements Model {
    /// What float results of the same graph differ by between processors: some units in the last place of
    /// sums of hundreds of terms. The figure that sklearn-onnx compares by.
    public static final double TOLERANCE = 1e-5;

    private final Session session;
    private final Feeds feeds;
    private final OnnxAnswer answer;
    private final int[] columns;
    private final int width;
    private final int mostRows;

    private OnnxModel(Session session, Feeds feeds, OnnxAnswer answer, int[] columns, int width, int mostRows) {
        this.session = session;
        this.feeds = feeds;
        this.answer = answer;
        this.columns = columns;
        this.width = width;
        this.mostRows = mostRows;
    }

    /// Learns the width of the answer by a run on zeros.
    static OnnxModel of(
            Session session, OnnxGraph graph, Feeds feeds, OnnxAnswer answer, ModelSource source, OnnxOptions options) {
        double[] zeros = new double[feeds.names().size()];
        int width;
        try {
            width = run(session, feeds, answer, zeros, 1).length;
        } catch (OrtException | IllegalStateException | RowRefusedException e) {
            throw ArtifactException.of(
                    "model_invalid", "the graph does not answer a row of zeros: " + e.getMessage(), e);
        }
        int[] columns = answer.columns(width, source, options).stream()
                .mapToInt(Integer::intValue)
                .toArray();
        return new OnnxModel(session, feeds, answer, columns, width, graph.rowByRow() ? feeds.mostRows() : 1);
    }

    private static double[] run(Session session, Feeds feeds, OnnxAnswer answer, double[] vectors, int rows)
            throws OrtException {
        try (Feeds.Tensors tensors = feeds.tensors(vectors, rows)) {
            return session.run(
                    tensors.byName(), Set.of(answer.output().name()), result -> Columns.read(result, answer, rows));
        }
    }

    @Override
    public List<String> inputNames() {
        return feeds.names();
    }

    @Override
    public int outputs() {
        return columns.length;
    }

    @Override
    public int margins() {
        return columns.length;
    }

    @Override
    public Precision precision() {
        boolean wide = answer.output().kind() == OnnxValue.Kind.TENSOR
                && answer.output().type() != ElementType.FLOAT;
        return wide ? Precision.DOUBLE : Precision.FLOAT;
    }

    @Override
    public double tolerance() {
        return TOLERANCE;
    }

    @Override
    public int trees() {
        return 0;
    }

    /// How many rows one run may take so that each has the bits that it has alone: 1, unless every operator
    /// of the graph treats a row by itself.
    public int mostRows() {
        return mostRows;
    }

    @Override
    public Prediction predict(double[] vector, Deadline deadline) {
        if (vector.length != feeds.names().size()) {
            throw new IllegalArgumentException(
                    "the vector must have " + feeds.names().size() + " values: " + vector.length);
        }
        double[] outputs = new double[columns.length];
        answer(vector, 1, deadline, outputs, 0);
        return new Prediction(outputs.clone(), outputs);
    }

    /// Answers rows in one run.
    void answer(double[] vectors, int rows, Deadline deadline, double[] outputs, int at) {
        if (deadline.passed()) {
            throw DeadlinePassedException.after(0, 0);
        }
        double[] numbers;
        try {
            numbers = run(session, feeds, answer, vectors, rows);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot answer: " + Session.firstLine(e), e);
        }
        if (numbers.length != rows * width) {
            throw new IllegalStateException("the output " + answer.output() + " must have " + width + " numbers a row: "
                    + numbers.length + " for " + rows);
        }
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < columns.length; i++) {
                outputs[at + row * columns.length + i] = numbers[row * width + columns[i]];
            }
        }
    }

    @Override
    public Scorer scorer() {
        return mostRows == 1 ? Model.super.scorer() : new OnnxScorer(this);
    }

    @Override
    public void close() {
        session.close();
    }

    @Override
    public String toString() {
        return "ONNX graph answering " + answer.output() + " columns " + Arrays.toString(columns);
    }
}
