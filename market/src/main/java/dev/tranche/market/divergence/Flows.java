package dev.tranche.market.divergence;

/// Standardised net flow between two pivots, by source: the sum of the z-scores of the bars in between,
/// divided by the root of their number. Positive when buyers pressed. NaN when the source was silent
/// somewhere in between.
public record Flows(double ofi, double cvd, double fusion) {
    /// The flow of one source.
    public double of(Source source) {
        return switch (source) {
            case OFI -> ofi;
            case CVD -> cvd;
            case FUSION -> fusion;
        };
    }
}
