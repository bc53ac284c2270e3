package dev.tranche.batch.divergence;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a calibration is called and how long it is good.
///
/// @param name of a version, such as `btcusdt_divergence_v1.0`
/// @param made when the user says so; else the end of the bars it is made of, so that the same data are the
///     same bytes
/// @param valid how long from then
record CalibrationTerms(String name, Optional<Instant> made, Duration valid) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*_v\\d{1,9}\\.\\d{1,9}");
    private static final int LONGEST = 128;

    CalibrationTerms {
        if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a calibration is named like a version, {product}_{type}_v{major}.{minor}, such as btcusdt_divergence_v1.0: "
                            + name);
        }
        if (!valid.isPositive()) {
            throw new IllegalArgumentException("valid must be above zero: " + valid);
        }
    }
}
