package dev.tranche.batch.parity;

import dev.tranche.inference.Precision;
import java.math.BigDecimal;
import java.util.List;

/// Tells printed numbers that say every bit from rounded ones, and counts how many bits an answer is away.
///
/// A number printed in the shortest form that reads back to it says its bits, and so does one with more
/// digits when it lies on a number of the precision. Rounded columns look alike number by number, so columns
/// are believed only when every cell is such a form and one has as many digits as only these forms have.
final class Bits {
    private static final int FLOAT_DIGITS = 8;
    private static final int DOUBLE_DIGITS = 16;

    private Bits() {}

    /// Whether these columns say the bits of their numbers.
    static boolean said(List<List<String>> rows, List<Integer> columns, Precision precision) {
        int most = 0;
        for (List<String> row : rows) {
            for (int column : columns) {
                String cell = row.get(column);
                if (!cell.matches("[+-]?[0-9]+(\\.[0-9]*)?([eE][+-]?[0-9]+)?")) {
                    return false;
                }
                BigDecimal printed = new BigDecimal(cell).stripTrailingZeros();
                if (printed.compareTo(shortest(cell, precision)) != 0 && !on(printed, precision)) {
                    return false;
                }
                most = Math.max(most, printed.precision());
            }
        }
        return most
                >= switch (precision) {
                    case FLOAT -> FLOAT_DIGITS;
                    case DOUBLE -> DOUBLE_DIGITS;
                };
    }

    /// Whether a number of this precision lies where a long text says, to its last digit.
    private static boolean on(BigDecimal printed, Precision precision) {
        double nearest = switch (precision) {
            case FLOAT -> printed.floatValue();
            case DOUBLE -> printed.doubleValue();
        };
        int enough = switch (precision) {
            case FLOAT -> FLOAT_DIGITS + 1;
            case DOUBLE -> DOUBLE_DIGITS + 1;
        };
        return printed.precision() >= enough
                && new BigDecimal(nearest).subtract(printed).abs().compareTo(printed.ulp()) <= 0;
    }

    private static BigDecimal shortest(String cell, Precision precision) {
        return new BigDecimal(
                switch (precision) {
                    case FLOAT -> Float.toString(Float.parseFloat(cell));
                    case DOUBLE -> Double.toString(Double.parseDouble(cell));
                });
    }

    /// How many numbers of the precision lie between an answer and a printed one, plus one; 0 when they are
    /// equal.
    static long between(double answer, String cell, Precision precision) {
        return switch (precision) {
            case FLOAT -> Math.abs((long) order((float) answer) - order(Float.parseFloat(cell)));
            case DOUBLE -> {
                long distance = order(answer) - order(Double.parseDouble(cell));
                yield distance == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(distance);
            }
        };
    }

    private static int order(float value) {
        int bits = Float.floatToIntBits(value + 0f);
        return bits < 0 ? Integer.MIN_VALUE - bits : bits;
    }

    private static long order(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits < 0 ? Long.MIN_VALUE - bits : bits;
    }
}
