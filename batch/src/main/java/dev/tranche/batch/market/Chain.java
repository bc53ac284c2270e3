package dev.tranche.batch.market;

import dev.tranche.batch.file.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A file of options as published at one moment, priced again.
///
/// @param file where they came from
/// @param quoted that could be priced
/// @param leftOut that could not
record Chain(Path file, List<ChainRow.Quoted> quoted, List<ChainRow.LeftOut> leftOut) {
    /// How far our numbers lie from the published ones, without sign.
    ///
    /// @param rows compared
    /// @param markMedian in coin
    /// @param markHigh 99th percentile, in coin
    /// @param deltaMedian median
    record Distance(int rows, double markMedian, double markHigh, double deltaMedian) {
        static Distance of(List<ChainRow.Quoted> rows) {
            double[] mark = rows.stream()
                    .mapToDouble(row -> Math.abs(row.value().price() - row.mark()))
                    .sorted()
                    .toArray();
            double[] delta = rows.stream()
                    .mapToDouble(row -> Math.abs(row.value().delta() - row.delta()))
                    .sorted()
                    .toArray();
            return new Distance(rows.size(), quantile(mark, 0.5), quantile(mark, 0.99), quantile(delta, 0.5));
        }

        /// Between the two nearest of sorted values (Hyndman and Fan, type 7); NaN of none.
        private static double quantile(double[] sorted, double share) {
            if (sorted.length == 0) {
                return Double.NaN;
            }
            double at = share * (sorted.length - 1);
            int below = (int) at;
            int above = Math.min(below + 1, sorted.length - 1);
            return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
        }
    }

    /// @throws IllegalArgumentException when the file is no chain
    static Chain read(Path file) throws IOException {
        Table table = Table.csv(file);
        List<String> missing = ChainRow.COLUMNS.stream()
                .filter(column -> !table.header().contains(column))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(file + " is no chain: it needs the columns " + missing + " and has "
                    + Arrays.toString(table.header().stream().limit(30).toArray()));
        }
        List<ChainRow.Quoted> quoted = new ArrayList<>();
        List<ChainRow.LeftOut> leftOut = new ArrayList<>();
        for (List<String> row : table.rows()) {
            switch (ChainRow.of(table, row)) {
                case ChainRow.Quoted each -> quoted.add(each);
                case ChainRow.LeftOut each -> leftOut.add(each);
            }
        }
        return new Chain(file, List.copyOf(quoted), List.copyOf(leftOut));
    }
}
