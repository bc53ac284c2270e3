package dev.tranche.market.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tranche.market.Instrument;
import dev.tranche.market.Listening;
import dev.tranche.market.Recording;
import dev.tranche.market.Trials;
import dev.tranche.market.feed.BinanceDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ZScoreTest {
    private static final ZScore.Terms TERMS = new ZScore.Terms(10, 5, 2_000);

    @Test
    void onEveryPrefixOfARealSeriesTheRobustScoreIsThatOfTheSortedWindow() {
        List<Double> values = imbalances(4_000);
        RobustZ score = RobustZ.of(80, TERMS);
        for (int n = 0; n < values.size(); n++) {
            double z = score.on(n, values.get(n));
            if (n < 10) {
                assertThat(z).isNaN();
            } else {
                assertThat(z).isEqualTo(ReadableScores.robust(values.subList(0, n), 80, values.get(n), 5));
            }
        }
    }

    @Test
    void onEveryPrefixOfARealSeriesTheWeightedScoreIsThatOfTheWholePast() {
        List<Double> values = imbalances(1_000);
        List<Double> expected = ReadableScores.weighted(values, 50, 10, 5);
        EwmZ score = EwmZ.of(50, TERMS);
        for (int n = 0; n < values.size(); n++) {
            double z = score.on(n, values.get(n));
            if (n < 10) {
                assertThat(z).isNaN();
            } else {
                assertThat(z).as("prefix %d", n).isCloseTo(expected.get(n), Offset.offset(1e-9));
            }
        }
    }

    @Test
    void withManyEqualValuesTheRobustScoreIsStillThatOfTheSortedWindow() {
        Trials.of(200, chance -> {
            int window = chance.nextInt(10, 40);
            RobustZ score = RobustZ.of(window, TERMS);
            List<Double> past = new ArrayList<>();
            for (int n = 0; n < 120; n++) {
                double value = chance.nextInt(5) == 0 ? chance.nextGaussian() : chance.nextInt(-1, 2) * -1.0;
                double z = score.on(n, value);
                if (n >= 10) {
                    assertThat(z).isCloseTo(ReadableScores.robust(past, window, value, 5), Offset.offset(1e-12));
                }
                past.add(value + 0.0);
            }
        });
    }

    @Test
    void aConstantPastGivesZeroForTheSameAndTheClipForAnyOther() {
        for (ZScore score : both()) {
            for (int i = 0; i < 20; i++) {
                double z = score.on(i, 7);
                assertThat(Double.isNaN(z) ? "warming up" : "" + z).isEqualTo(i < 10 ? "warming up" : "0.0");
            }
            assertThat(score.on(20, 7.5)).isEqualTo(5);
        }
    }

    @Test
    void onePrintDoesNotDeafenTheScore() {
        for (ZScore score : both()) {
            for (int i = 0; i < 60; i++) {
                score.on(i, i % 2);
            }
            assertThat(score.on(60, 1e12)).isEqualTo(5);
            for (int i = 61; i < 80; i++) {
                score.on(i, i % 2);
            }
            assertThat(score.on(80, 6)).isGreaterThan(3);
        }
    }

    @Test
    void aLongPauseMakesItWarmUpAgain() {
        for (ZScore score : both()) {
            for (int i = 0; i < 20; i++) {
                score.on(100L * i, i % 3);
            }
            assertThat(score.on(1_900 + 2_000, 1)).isNotNaN();
            assertThat(score.on(3_900 + 2_001, 1)).isNaN();
            assertThat(score.warm()).isFalse();
        }
    }

    @Test
    void onWhiteNoiseMostScoresLieWithinTwo() {
        for (ZScore score : both()) {
            RandomGenerator chance = Trials.chance(7);
            int beyond = 0;
            for (int i = 0; i < 20_000; i++) {
                beyond += Math.abs(score.on(i, chance.nextGaussian())) > 2 ? 1 : 0;
            }
            assertThat(beyond / 20_000.0).isBetween(.04, .075);
        }
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> EwmZ.of(0, TERMS)).withMessageContaining("halfLife");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RobustZ.of(7, TERMS))
                .withMessageContaining("8..1024 values: 7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RobustZ.of(9, TERMS))
                .withMessage("window must hold the warm-up of 10: 9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ZScore.Terms(1, 5, 1))
                .withMessageContaining("2..1000000 values: 1");
        for (ZScore score : both()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> score.on(0, Double.NaN))
                    .withMessage("value must be finite: NaN");
        }
    }

    private static List<ZScore> both() {
        return List.of(EwmZ.of(50, TERMS), RobustZ.of(80, TERMS));
    }

    private static List<Double> imbalances(int count) {
        List<Double> values = new ArrayList<>();
        OrderFlowImbalance imbalance = OrderFlowImbalance.bestLevel();
        BinanceDecoder decoder =
                BinanceDecoder.of(new Instrument("BTCUSDT", 2, 3), BinanceDecoder.Trades.EACH, new Listening() {
                    @Override
                    public void top(long at, long heard, long id, long bid, long bidLots, long ask, long askLots) {
                        values.add(imbalance.on(bid, bidLots, ask, askLots));
                    }
                });
        Recording.level2("usdm", "btcusdt").lines(0, 2 * count, decoder::line);
        return values.subList(0, count);
    }
}
