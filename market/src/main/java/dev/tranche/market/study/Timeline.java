package dev.tranche.market.study;

import java.util.List;

/// Time cut into equal periods, the units of the bootstrap and of Sharpe ratios. A period is at least as
/// long as the longest outcome, so outcomes overlap within a period or with the next one, not further; it
/// is longer where a study would otherwise have more than [#MOST] periods.
///
/// @param startMillis of period 0
/// @param periodMillis length of a period
/// @param periods number of them
record Timeline(long startMillis, long periodMillis, int periods) {
    private static final int MOST = 10_000;

    static Timeline of(List<StudyBars> bars, int longestHorizon) {
        long start = Long.MAX_VALUE;
        long end = Long.MIN_VALUE;
        long outcome = 0;
        for (StudyBars one : bars) {
            start = Math.min(start, one.openMillis(0));
            end = Math.max(end, one.closeMillis(one.size() - 1));
            outcome = Math.max(outcome, one.interval() * longestHorizon);
        }
        long times = Math.ceilDiv(end - start, outcome * MOST);
        long period = outcome * Math.max(1, times);
        return new Timeline(start, period, (int) Math.ceilDiv(end - start, period));
    }

    /// The period of an instant; one just after the end belongs to the last.
    int period(long millis) {
        return (int) Math.clamp((millis - startMillis) / periodMillis, 0, periods - 1L);
    }

    /// The period that begins at an instant, of 0..periods.
    int edge(long millis) {
        return (int) ((millis - startMillis) / periodMillis);
    }

    long millis(long period) {
        return startMillis + period * periodMillis;
    }

    /// Periods that a block of the bootstrap has in the mean: the cube root of their number (the rate of
    /// Politis and White, Econometric Reviews 23, 2004), at least 2 where there are as many.
    static double block(int periods) {
        return Math.min(periods, Math.max(2, Math.rint(Math.cbrt(periods))));
    }
}
