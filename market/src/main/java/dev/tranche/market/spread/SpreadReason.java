package dev.tranche.market.spread;

import java.util.Locale;

/// Where a spread came from: the model, or the heuristic and why.
public enum SpreadReason {
    /// The model answered, within its bounds and in time.
    MODEL,
    /// The strategy asks for the heuristic.
    CHOSEN,
    /// No model of the product is there.
    NO_MODEL,
    /// Too few samples since the stream began or broke.
    WARMING_UP,
    /// The last sample is older than the limit: nothing was heard, or time stood still.
    STALE,
    /// A feature that the model needs has no value.
    MISSING_FEATURE,
    /// A feature lies outside the range that the model's schema allows.
    FEATURE_OUTSIDE,
    /// The model answered with no finite number.
    NOT_A_NUMBER,
    /// The model's answer lies below the least spread.
    TOO_LOW,
    /// The model's answer lies above the most.
    TOO_HIGH,
    /// The answer took longer than the limit, by the caller's measurement.
    LATE,
    /// The model refused the row.
    REFUSED;

    /// Whether the heuristic stands in for a model that was asked for.
    public boolean fallback() {
        return this != MODEL && this != CHOSEN;
    }

    /// The word in journals and metrics, such as `too_low`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
