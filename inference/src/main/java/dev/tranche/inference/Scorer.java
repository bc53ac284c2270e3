package dev.tranche.inference;

/// A model at work in one thread: it owns the arrays that an answer needs, so that answering allocates
/// nothing.
///
/// ```java
/// Scorer scorer = model.scorer();                       // one for each thread, kept
/// double[] margins = new double[1_000 * model.margins()];
/// double[] outputs = new double[1_000 * model.outputs()];
/// scorer.predictRows(vectors, 1_000, deadline, margins, outputs);
/// ```
///
/// Its numbers have the same bits as those of [Model#predict], row by row, whatever the size of the batch.
/// A model of trees, calibrated or not, allocates nothing for a row; other models may.
public interface Scorer {
    /// Scores one row.
    ///
    /// @param vector as many values as the model has input names; `NaN` is missing
    /// @param deadline polled between blocks of trees
    /// @param margins at least as long as [Model#margins()]; its beginning is overwritten
    /// @param outputs at least as long as [Model#outputs()]; its beginning is overwritten
    /// @throws IllegalArgumentException when an array has a length that is not allowed
    /// @throws DeadlinePassedException when the deadline passed before the answer was ready
    /// @throws RowRefusedException when the model declares that such a row is refused
    void predict(double[] vector, Deadline deadline, double[] margins, double[] outputs);

    /// Scores rows that lie one after the other in an array.
    ///
    /// @param vectors at least `rows` times as many values as the model has input names, row by row
    /// @param rows 0 or more
    /// @param deadline polled between blocks of rows and of trees
    /// @param margins at least `rows` times [Model#margins()], written row by row
    /// @param outputs at least `rows` times [Model#outputs()], written row by row
    /// @throws IllegalArgumentException when an array is too short or `rows` is below 0
    /// @throws DeadlinePassedException when the deadline passed first; the arrays then hold some answers, or
    ///     parts
    /// @throws RowRefusedException when the model declares that one of the rows is refused; scored one by
    ///     one, the others are answered
    void predictRows(double[] vectors, int rows, Deadline deadline, double[] margins, double[] outputs);

    /// As the other form, for values that are floats already; they are widened, which changes no answer.
    ///
    /// @throws IllegalArgumentException when an array is too short or `rows` is below 0
    /// @throws DeadlinePassedException when the deadline passed first; the arrays then hold some answers, or
    ///     parts
    /// @throws RowRefusedException when the model declares that one of the rows is refused
    void predictRows(float[] vectors, int rows, Deadline deadline, double[] margins, double[] outputs);
}
