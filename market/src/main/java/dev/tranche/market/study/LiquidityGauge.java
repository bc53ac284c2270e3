package dev.tranche.market.study;

import dev.tranche.market.divergence.Liquidity;
import dev.tranche.market.statistics.TrailingQuantile;
import java.util.Optional;

/// Judges whether a market is active or quiet by what was traded up to now: the mean turnover of the last
/// bars against the quantile of the same mean over the bars before. A quantile of the whole sample would
/// know the future. One writer; a study and a live run that are fed the same bars say the same.
public final class LiquidityGauge {
    /// Bars whose mean turnover is the activity of now.
    public static final int SPAN = 20;
    /// Bars that now is compared with: a week of five minutes.
    public static final int WINDOW = 2016;
    /// Bars before the first judgement: a day of five minutes.
    public static final int NEEDED = 288;

    private static final double MEDIAN = 0.5;

    /// Made once: a live run asks at every bar.
    private static final Optional<Liquidity> ACTIVE = Optional.of(Liquidity.ACTIVE);

    private static final Optional<Liquidity> QUIET = Optional.of(Liquidity.QUIET);

    private final TrailingQuantile before = TrailingQuantile.of(MEDIAN, WINDOW, NEEDED);
    private final double[] last = new double[SPAN];
    private int bars;

    private LiquidityGauge() {}

    public static LiquidityGauge fresh() {
        return new LiquidityGauge();
    }

    /// Takes one closed bar.
    ///
    /// @param turnover traded in the quote currency, at least 0
    /// @return empty until enough bars came before
    public Optional<Liquidity> on(double turnover) {
        last[bars % SPAN] = turnover;
        bars++;
        if (bars < SPAN) {
            return Optional.empty();
        }
        double sum = 0;
        for (double value : last) {
            sum += value;
        }
        double activity = sum / SPAN;
        double median = before.value();
        before.add(activity);
        if (Double.isNaN(median)) {
            return Optional.empty();
        }
        return activity > median ? ACTIVE : QUIET;
    }
}
