package dev.tranche.market.divergence;

import java.util.Arrays;

/// The line of order flow that a price is compared with.
public enum Source {
    /// Order flow imbalance of the book.
    OFI(0, "OFI_ONLY"),
    /// Cumulative volume delta of the trades.
    CVD(1, "CVD_ONLY"),
    /// Both, weighted.
    FUSION(2, "FUSION");

    private final int slot;
    private final String bucket;

    Source(int slot, String bucket) {
        this.slot = slot;
        this.bucket = bucket;
    }

    /// The name of this source as a bucket of a study: `OFI_ONLY`, `CVD_ONLY` or `FUSION`.
    public String bucket() {
        return bucket;
    }

    /// Its place in an array of all three.
    int slot() {
        return slot;
    }

    /// Reads `OFI` or `OFI_ONLY`, `CVD` or `CVD_ONLY`, `FUSION`.
    public static Source parse(String text) {
        return Arrays.stream(values())
                .filter(source -> source.name().equals(text) || source.bucket.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "source must be one of OFI, CVD, FUSION, OFI_ONLY, CVD_ONLY: " + text));
    }
}
