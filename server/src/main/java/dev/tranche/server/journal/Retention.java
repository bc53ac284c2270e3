package dev.tranche.server.journal;

import java.time.Duration;

/// How long and how much of the decision journal a node keeps. What is dropped here has been copied to the
/// archive.
///
/// @param age records older than this may go
/// @param maxBytes beyond so many bytes of segment files the oldest go, 0 = no limit
public record Retention(Duration age, long maxBytes) {
    /// Ninety days, however many bytes.
    public static final Retention DEFAULT = new Retention(Duration.ofDays(90), 0);

    /// @throws IllegalArgumentException when the age or the size is outside its range
    public Retention {
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("retention must be longer than nothing: " + age);
        }
        if (maxBytes < 0) {
            throw new IllegalArgumentException("journal size must be 0 or more bytes: " + maxBytes);
        }
    }
}
