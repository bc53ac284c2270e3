package dev.tranche.inference;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// A pure function from a vector of numbers to a prediction.
///
/// ```java
/// Model model = ModelFile.read("xgboost", bytes, Rounds.all());
/// double badness = model.predict(new double[] {35, 1200, Double.NaN}, Deadline.NONE).score();
/// ```
///
/// A missing value is `NaN`. Immutable and safe for any number of threads.
public interface Model extends AutoCloseable {
    /// The names of the inputs in the order of the vector; `f0, f1, …` when the file names none.
    List<String> inputNames();

    /// The length of [Prediction#outputs()].
    int outputs();

    /// The length of [Prediction#margins()].
    int margins();

    /// The arithmetic of the sums: margins are exact in this precision.
    Precision precision();

    /// How far margins may be off on another machine than the one that made the golden rows, as a share of the
    /// margin or of 1, whichever is more; 0 where they are the same bits everywhere.
    default double tolerance() {
        return 0;
    }

    /// For each input its categories by code, where the file names them; an empty list for a number. A vector
    /// holds the code, -1 for another category.
    default List<List<String>> categories() {
        return Collections.nCopies(inputNames().size(), List.of());
    }

    /// What the file says of itself and what was chosen of it, for people: the library's version, the
    /// boosting rounds in the file, its best iteration, and the rounds that answer. Empty where there is
    /// nothing to say.
    default String about() {
        return "";
    }

    /// The trees that take part in an answer; 0 for a model without trees.
    int trees();

    /// The prediction for one row.
    ///
    /// @param vector as many values as there are input names; `NaN` is missing
    /// @param deadline polled between blocks of trees
    /// @throws IllegalArgumentException when the vector has another length
    /// @throws DeadlinePassedException when the deadline passed before the answer was ready
    Prediction predict(double[] vector, Deadline deadline);

    /// Says how each input moved an answer; empty when no such method is known for this model.
    default Optional<Explainer> explainer() {
        return Optional.empty();
    }

    /// A scorer for one thread: rows and batches without allocation.
    default Scorer scorer() {
        return new RowByRow(this);
    }

    /// Gives back what the model holds outside the heap; nothing for a model that is all Java. The owner
    /// calls it once, when no prediction is under way and none will follow.
    @Override
    default void close() {}
}
