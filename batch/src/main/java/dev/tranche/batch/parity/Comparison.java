package dev.tranche.batch.parity;

import dev.tranche.batch.file.Table;
import dev.tranche.inference.Precision;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Compares answers with known ones and remembers the largest difference and the first that is too large.
/// For one thread.
final class Comparison {
    private final double absolute;
    private final double relative;
    private double largest;
    private long compared;
    private @Nullable String firstFailure;
    private Precision precision = Precision.DOUBLE;
    private long units = -1;

    Comparison(double absolute, double relative) {
        this.absolute = absolute;
        this.relative = relative;
    }

    /// The arithmetic of the answers to come.
    void precision(Precision of) {
        precision = of;
    }

    /// Compares a column of answers with those of a table.
    ///
    /// @param what a word for the answers, for the message
    /// @param known the known answers, one row for each row
    /// @param columns the columns of the known answers that stand for the answers of a row
    void compare(String what, List<double[]> answers, List<List<String>> known, List<Integer> columns) {
        if (known.size() > answers.size()) {
            fail(what + ": " + known.size() + " known answers, but " + answers.size() + " rows");
            return;
        }
        boolean bits = !what.equals("contribution") && Bits.said(known, columns, precision);
        for (int row = 0; row < known.size(); row++) {
            double[] answer = answers.get(row);
            if (answer.length != columns.size()) {
                fail(what + ": " + columns.size() + " known values a row, but " + answer.length + " answered");
                return;
            }
            for (int i = 0; i < answer.length; i++) {
                String cell = known.get(row).get(columns.get(i));
                compare(what, row, i, answer[i], Table.number(cell));
                if (bits) {
                    units = Math.max(units, Bits.between(answer[i], cell, precision));
                }
            }
        }
    }

    /// Compares an answer that is no number.
    void same(String what, int row, Object answer, Object known) {
        compared++;
        if (!answer.equals(known)) {
            fail(what + " of row " + (row + 1) + ": " + answer + ", known is " + known);
        }
    }

    void compare(String what, int row, int place, double answer, double known) {
        double error = Math.abs(answer - known);
        compared++;
        largest = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(largest, error);
        if (!(error <= Math.max(absolute, relative * Math.abs(known)))) {
            fail(String.format(
                    Locale.ROOT, "%s of row %d, place %d: %s, known is %s", what, row + 1, place, answer, known));
        }
    }

    private void fail(String what) {
        if (firstFailure == null) {
            firstFailure = what;
        }
    }

    double largest() {
        return compared == 0 ? Double.NaN : largest;
    }

    /// The largest difference in units in the last place; -1 where no known answer says its bits.
    long units() {
        return units;
    }

    long compared() {
        return compared;
    }

    @Nullable
    String firstFailure() {
        return firstFailure;
    }
}
