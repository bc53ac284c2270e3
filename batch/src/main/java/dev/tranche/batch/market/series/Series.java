package dev.tranche.batch.market.series;

import java.util.List;
import java.util.Locale;

/// Returns read from a file.
///
/// @param name of the file, without folder and endings
/// @param column whose values they are, or are made of
/// @param prices whether they were made from prices
/// @param times of each return as the file writes them; empty when it has none
/// @param returns in per cent when made from prices, else as given
record Series(String name, String column, boolean prices, List<String> times, List<Double> returns) {
    /// The returns in a new array.
    double[] values() {
        return returns.stream().mapToDouble(each -> each).toArray();
    }

    /// What was read, for people.
    String text() {
        return String.format(
                Locale.ROOT,
                "%s, column %s: %,d returns%s%s",
                name,
                column,
                returns.size(),
                prices ? " in per cent, of logarithms of prices" : " as given",
                times.isEmpty() ? "" : ", " + times.getFirst() + " to " + times.getLast());
    }
}
