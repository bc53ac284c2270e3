package dev.tranche.market.risk;

import java.time.Duration;

/// How risk is measured.
///
/// @param sample between two returns of the portfolio's assets; 1 second to 1 day
/// @param returns most that are kept, 20..100000
/// @param assumedVolatility of a day, a share, taken until there are [ValueAtRisk#LEAST] returns
/// @param acting whether the breaker restrains; else it is read and told only, as a study without it needs,
///     and only a kill is obeyed
public record RiskTerms(Duration sample, int returns, double assumedVolatility, boolean acting) {
    /// Minutes of about a day; 5 % a day assumed before that.
    public static final RiskTerms USUAL = new RiskTerms(Duration.ofMinutes(1), 1_440, 0.05, true);

    private static final int MOST = 100_000;

    public RiskTerms {
        if (sample.compareTo(Duration.ofSeconds(1)) < 0 || sample.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("sample must be within 1 second and 1 day: " + sample);
        }
        if (returns < ValueAtRisk.LEAST || returns > MOST) {
            throw new IllegalArgumentException("returns must be within 20..100000: " + returns);
        }
        if (!(assumedVolatility > 0 && assumedVolatility <= 1)) {
            throw new IllegalArgumentException("assumedVolatility must be above 0 and at most 1: " + assumedVolatility);
        }
    }

    /// These with a breaker that restrains nothing but after a kill.
    public RiskTerms watching() {
        return new RiskTerms(sample, returns, assumedVolatility, false);
    }
}
