package dev.tranche.inference.transform;

import dev.tranche.inference.format.JsonKeys;

/// The edges between numeric bins. The outer bins are open, so every number has a bin; which bin a number
/// equal to an edge belongs to is declared, never assumed. Immutable.
public final class Edges {
    private final double[] edges;
    private final boolean closedLeft;

    private Edges(double[] edges, boolean closedLeft) {
        this.edges = edges;
        this.closedLeft = closedLeft;
    }

    /// Reads `edges` (strictly increasing, may be empty) and `closed`: `left` puts a number equal to an edge
    /// into the bin above it (`[a, b)`, as pandas with `right=False`, numpy and scikit-learn do), `right` into
    /// the one below (`(a, b]`).
    public static Edges read(JsonKeys keys) {
        double[] edges = keys.numbers("edges");
        for (int i = 1; i < edges.length; i++) {
            if (!(edges[i - 1] < edges[i])) {
                throw keys.wrong("edges", "must increase: " + edges[i - 1] + " before " + edges[i]);
            }
        }
        boolean closedLeft =
                keys.word("closed", java.util.List.of("left", "right")).equals("left");
        return new Edges(edges, closedLeft);
    }

    /// How many bins there are: one more than edges.
    public int bins() {
        return edges.length + 1;
    }

    /// The bin of a number, from 0; NaN has none and must not be asked for.
    public int bin(double value) {
        int low = 0;
        int high = edges.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean above = closedLeft ? value >= edges[middle] : value > edges[middle];
            if (above) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
