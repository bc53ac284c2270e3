package dev.tranche.bench.explain;

/// A genuine library with a model it trained itself, asked for contributions on one thread.
interface Peer extends AutoCloseable {
    /// The library and its version.
    String name();

    /// The format of [#file], as `ModelFile` names it.
    String format();

    /// The model's file.
    byte[] file();

    /// Takes the first rows of the table into the library's own memory; this is not measured.
    void take(int rows);

    /// Computes the contributions of the rows taken: this is what is measured.
    void contributions();

    /// The contributions of one of the rows taken: a part for each feature and the bias.
    double[] contributions(int row);

    @Override
    void close();
}
