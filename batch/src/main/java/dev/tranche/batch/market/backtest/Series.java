package dev.tranche.batch.market.backtest;

import java.util.Arrays;

/// Readings at moments, in columns that grow. One writer.
final class Series {
    private long[] at = new long[256];
    private final double[][] columns;
    private int size;

    Series(int columns) {
        this.columns = new double[columns][256];
    }

    int size() {
        return size;
    }

    /// Epoch nanoseconds of a reading.
    long at(int row) {
        return at[row];
    }

    double value(int row, int column) {
        return columns[column][row];
    }

    /// Begins a reading; its values are 0 until they are set.
    ///
    /// @return its row
    int add(long nanos) {
        if (size == at.length) {
            at = Arrays.copyOf(at, 2 * size);
            for (int i = 0; i < columns.length; i++) {
                columns[i] = Arrays.copyOf(columns[i], 2 * size);
            }
        }
        at[size] = nanos;
        return size++;
    }

    void set(int row, int column, double value) {
        columns[column][row] = value;
    }

    /// One column, by itself.
    double[] column(int column) {
        return Arrays.copyOf(columns[column], size);
    }
}
