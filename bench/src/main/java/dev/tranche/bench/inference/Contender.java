package dev.tranche.bench.inference;

/// One way to score rows with a model in the calling thread, as a Java program would do it.
interface Contender extends AutoCloseable {
    /// The library with its version and the call.
    String name();

    /// Whether it is a native library of somebody else.
    default boolean foreign() {
        return false;
    }

    /// Whether it takes batches; otherwise it is only asked for single rows.
    default boolean batches() {
        return true;
    }

    /// How far from the library's own margins its margins may be.
    default double tolerance() {
        return 0;
    }

    /// Writes the margins of `rows` rows from row `first` of the table it was made for to `margins[0..]`.
    void score(int first, int rows, double[] margins) throws Exception;

    @Override
    default void close() {}
}
