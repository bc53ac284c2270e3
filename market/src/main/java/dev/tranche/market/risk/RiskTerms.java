package dev.tranche.market.risk;

import java.time.Duration;

/// How risk is measured.
///
/// @param sample between two returns of the portfolio's assets; 1 second to 1 day
/// @param returns most that are kept, 20..100000
/// @param assumedVolatility of a day, a share, taken until there are [ValueAtRisk#LEAST] returns
public record RiskTerms(Duration sample, int returns, double assumedVolatility) {
    /// Minutes of about a day; 5 % a day assumed before that.
    public static final RiskTerms USUAL = new RiskTerms(Duration.ofMinutes(1), 1_440, 0.05);

    public RiskTerms {
        if (sample.compareTo(Duration.ofSeconds(1)) < 0 || sample.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("sample must be within 1 second and 1 day: " + sample);
        }
        if (returns < ValueAtRisk.LEAST || returns > 100_000) {
            throw new IllegalArgumentException("returns must be within 20..100000: " + returns);
        }
        if (!(assumedVolatility > 0 && assumedVolatility <= 1)) {
            throw new IllegalArgumentException("assumedVolatility must be within 0..1: " + assumedVolatility);
        }
    }
}
