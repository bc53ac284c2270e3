package dev.tranche.market.quoting;

/// Refuses numbers that are not positive.
final class Positive {
    private Positive() {}

    static void number(String name, double number) {
        if (!(number > 0 && number < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be positive and finite: " + number);
        }
    }
}
