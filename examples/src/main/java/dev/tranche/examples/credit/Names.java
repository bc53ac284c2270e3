package dev.tranche.examples.credit;

/// Names that every library takes: letters, digits and underscores.
final class Names {

    private Names() {}

    /// The words of a label joined by underscores; comparisons are spelt out so that `<100` and `>=100` stay
    /// apart.
    static String plain(String label) {
        return label.replace("<=", " to ")
                .replace(">=", " from ")
                .replace("<", " below ")
                .trim()
                .replaceAll("[^A-Za-z0-9]+", "_");
    }
}
