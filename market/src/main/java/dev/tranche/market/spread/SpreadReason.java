package dev.tranche.market.spread;

import java.util.Locale;

/// Where a spread came from: the model, or the heuristic and why.
public enum SpreadReason {
    /// The model answered, within its bounds and in time.
    MODEL(0),
    /// The strategy asks for the heuristic.
    CHOSEN(1),
    /// No model of the product is there.
    NO_MODEL(2),
    /// Too few samples since the stream began or broke.
    WARMING_UP(3),
    /// The last sample is older than the limit: nothing was heard, or time stood still.
    STALE(4),
    /// A feature that the model needs has no value.
    MISSING_FEATURE(5),
    /// A feature lies outside the range that the model's schema allows.
    FEATURE_OUTSIDE(6),
    /// The model answered with no finite number.
    NOT_A_NUMBER(7),
    /// The model's answer is no spread: 0 or less.
    TOO_LOW(8),
    /// The model's answer lies above the most, which is quoted.
    TOO_HIGH(9),
    /// The answer took longer than the limit, by the caller's measurement.
    LATE(10),
    /// The model refused the row.
    REFUSED(11),
    /// The product's model was made for samples of another length than the strategy asks for.
    OTHER_CLOCK(12),
    /// The model's answer lies below the least spread, which is quoted: believed, and not so near as it would be.
    RAISED(13);

    private final int code;

    SpreadReason(int code) {
        this.code = code;
    }

    /// Its number in journals; never given to another.
    public int code() {
        return code;
    }

    /// Whether something stands in for a model that was asked for: the heuristic, or the widest spread allowed.
    public boolean fallback() {
        return this != CHOSEN && !believed();
    }

    /// Whether the model's answer is quoted, at the least spread if it lies below it.
    public boolean believed() {
        return this == MODEL || this == RAISED;
    }

    /// The word in journals and metrics, such as `too_low`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
