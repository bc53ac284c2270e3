package dev.tranche.market.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// The same numbers as scipy 1.10.1, scikit-learn 1.2.1, statsmodels 0.13.5 and numpy.
class StatisticsParityTest {
    /// Sums in another order differ in the last digits.
    private static final double ROUNDING = 1e-12;
    /// Another approximation of the normal quantile and of the incomplete beta function.
    private static final double SPECIAL = 1e-9;

    @Test
    void wilsonIntervalsAreThoseOfStatsmodels() {
        for (Vectors vector : Vectors.of("wilson")) {
            Interval found = Wilson.interval(
                    (long) vector.number("hits"), (long) vector.number("n"), vector.number("confidence"));
            assertThat(found.low()).isCloseTo(vector.number("low"), within(SPECIAL));
            assertThat(found.high()).isCloseTo(vector.number("high"), within(SPECIAL));
        }
    }

    @Test
    void ranksAreThoseOfScipy() {
        for (Vectors vector : Vectors.of("spearman")) {
            assertThat(Ranks.average(vector.numbers("x"))).containsExactly(vector.numbers("ranks"));
        }
    }

    @Test
    void rankCorrelationsAndTheirChancesAreThoseOfScipy() {
        for (Vectors vector : Vectors.of("spearman")) {
            Correlation found = Spearman.of(vector.numbers("x"), vector.numbers("y"));
            double rho = vector.number("rho");
            if (Double.isNaN(rho)) {
                assertThat(found.rho()).isNaN();
                assertThat(found.p()).isNaN();
            } else {
                assertThat(found.rho()).isCloseTo(rho, within(ROUNDING));
                assertThat(found.p()).isCloseTo(vector.number("p"), within(SPECIAL));
            }
        }
    }

    @Test
    void isotonicRegressionIsThatOfScikitLearnWithWeightsTiesAndClips() {
        for (Vectors vector : Vectors.of("isotonic")) {
            Isotonic fit = Isotonic.fit(vector.numbers("x"), vector.numbers("y"), vector.numbers("weights"));
            double[] at = vector.numbers("at");
            double[] fitted = vector.numbers("fitted");
            for (int i = 0; i < at.length; i++) {
                assertThat(fit.at(at[i])).as("at %s", at[i]).isCloseTo(fitted[i], within(ROUNDING));
            }
        }
    }

    @Test
    void momentsAndTheProbabilisticSharpeRatioAreThoseOfScipy() {
        for (Vectors vector : Vectors.of("shape")) {
            Shape shape = SparseSeries.of(vector.numbers("values")).shape();
            assertThat(shape.mean()).isCloseTo(vector.number("mean"), within(ROUNDING));
            assertThat(shape.deviation()).isCloseTo(vector.number("deviation"), within(ROUNDING));
            assertThat(shape.skewness()).isCloseTo(vector.number("skew"), within(1e-10));
            assertThat(shape.kurtosis()).isCloseTo(vector.number("kurtosis"), within(1e-10));
            assertThat(DeflatedSharpe.probabilistic(shape, 0)).isCloseTo(vector.number("psr"), within(SPECIAL));
        }
    }

    @Test
    void theExpectedMaximumIsCloseToTheExactOneOfNormalDraws() {
        for (Vectors vector : Vectors.of("maximum")) {
            double found = DeflatedSharpe.expectedMaximum(vector.number("spread"), (long) vector.number("trials"));
            double exact = vector.number("expected");
            // The approximation of Bailey and López de Prado is 8 % low for two trials.
            assertThat(found / exact).isBetween(vector.number("trials") < 10 ? 0.9 : 0.98, 1.02);
        }
    }

    @Test
    void trailingQuantilesAreThoseOfNumpyOnTheValuesBefore() {
        for (Vectors vector : Vectors.of("trailing")) {
            TrailingQuantile quantile =
                    TrailingQuantile.of(vector.number("quantile"), (int) vector.number("window"), 1);
            double[] values = vector.numbers("values");
            double[] past = vector.numbers("past");
            assertThat(quantile.value()).isNaN();
            for (int i = 0; i < past.length; i++) {
                quantile.add(values[i]);
                assertThat(quantile.value()).as("before %d", i + 1).isCloseTo(past[i], within(ROUNDING));
            }
        }
    }
}
