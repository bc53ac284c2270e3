package dev.tranche.market.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tranche.market.Bar;
import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BarBuilderTest {
    private static final Instrument COIN = new Instrument("COIN", 1, 0);

    private final List<Bar> bars = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();
    private final BarBuilder builder = BarBuilder.of(COIN, 1_000, new BarSink() {
        @Override
        public void bar(
                long openMillis,
                long closeMillis,
                double open,
                double high,
                double low,
                double close,
                double volume,
                double takerBuyVolume,
                double orderFlowImbalance) {
            bars.add(new Bar(
                    openMillis, closeMillis, open, high, low, close, volume, takerBuyVolume, orderFlowImbalance));
        }

        @Override
        public void gap(long fromMillis, long toMillis) {
            gaps.add(fromMillis + ".." + toMillis);
        }
    });

    @Test
    void aBarHoldsTheTradesOfItsIntervalAndWhatTakersBought() {
        buy(1_000, 100, 5);
        sell(1_500, 90, 2);
        buy(1_999, 110, 1);
        buy(2_000, 105, 9);

        assertThat(bars).containsExactly(new Bar(1_000, 2_000, 10, 11, 9, 11, 8, 6, Double.NaN));
    }

    @Test
    void theIntervalInWhichAStreamBeginsIsLeftOut() {
        buy(1_001, 100, 5);
        buy(2_500, 110, 1);
        buy(3_500, 120, 1);

        assertThat(bars).extracting(Bar::openMillis).containsExactly(2_000L);
        assertThat(gaps).isEmpty();
    }

    @Test
    void anIntervalWithoutATradeIsABarAtTheLastClose() {
        buy(1_000, 100, 5);
        buy(3_100, 110, 1);

        assertThat(bars)
                .containsExactly(
                        new Bar(1_000, 2_000, 10, 10, 10, 10, 5, 5, Double.NaN),
                        new Bar(2_000, 3_000, 10, 10, 10, 10, 0, 0, Double.NaN));
    }

    @Test
    void theBarsThatAnInvalidStretchTouchesAreLeftOutAndTheNextIsAnnounced() {
        buy(1_000, 100, 5);
        buy(2_100, 100, 5);
        builder.invalid(3_200);
        buy(3_300, 120, 1);
        buy(4_100, 130, 1);
        buy(5_000, 130, 1);

        assertThat(bars).extracting(Bar::openMillis).containsExactly(1_000L, 4_000L);
        assertThat(gaps).containsExactly("2000..4000");
    }

    @Test
    void withABookABarClosesOnlyWhenBothHavePassedItsEnd() {
        builder.imbalance(900, 0);
        buy(1_000, 100, 5);
        builder.imbalance(1_500, 4);
        buy(2_100, 110, 1);
        assertThat(bars).isEmpty();
        builder.imbalance(1_900, 3);
        builder.imbalance(2_050, 7);
        assertThat(bars).containsExactly(new Bar(1_000, 2_000, 10, 10, 10, 10, 5, 5, 7));
        builder.imbalance(5_000, 0);
        assertThat(bars).hasSize(1);
        buy(3_000, 110, 1);
        assertThat(bars).last().isEqualTo(new Bar(2_000, 3_000, 11, 11, 11, 11, 1, 1, 7));
    }

    @Test
    void aBarWhoseBookBeganInsideItHasNoImbalance() {
        buy(1_000, 100, 5);
        builder.imbalance(1_500, 0);
        builder.imbalance(2_500, 3);
        buy(2_600, 100, 5);
        builder.imbalance(3_000, 1);
        buy(3_000, 100, 5);

        assertThat(bars).extracting(Bar::orderFlowImbalance).containsExactly(Double.NaN, 3.0);
    }

    @Test
    void aTradeOfUnknownTakerLeavesItsBarWithoutSides() {
        builder.trade(1_000, 100, 5, null);
        buy(2_000, 100, 1);
        buy(3_000, 100, 1);

        assertThat(bars).extracting(Bar::takerBuyVolume).containsExactly(Double.NaN, 1.0);
    }

    @Test
    void timeAloneClosesBarsWhereAsked() {
        buy(1_000, 100, 5);
        builder.advance(3_000);

        assertThat(bars).extracting(Bar::volume).containsExactly(5.0, 0.0);
        assertThat(builder.trade(2_900, 100, 1, Side.BUY)).isFalse();
    }

    @Test
    void aBookWithoutTradesWaitsForSixtyFourIntervals() {
        buy(1_000, 100, 5);
        builder.imbalance(1_000, 0);
        for (int i = 1; i < 64; i++) {
            builder.imbalance(1_000 + 1_000 * i, i);
        }
        assertThat(bars).isEmpty();
        builder.imbalance(65_000, 64);
        assertThat(bars).hasSize(1);
        buy(65_500, 100, 1);
        assertThat(bars).hasSize(64).last().extracting(Bar::orderFlowImbalance).isEqualTo(63.0);
    }

    @Test
    void afterARestartAtAnEarlierTimeNoBarIsMadeTwice() {
        buy(1_000, 100, 5);
        buy(2_000, 100, 5);
        buy(3_000, 100, 5);
        builder.restart();
        buy(1_000, 100, 7);
        buy(2_000, 100, 7);
        buy(3_000, 100, 7);
        buy(4_000, 100, 7);

        assertThat(bars).extracting(Bar::openMillis).containsExactly(1_000L, 2_000L, 3_000L);
    }

    @Test
    void aWildTimeMakesNoEndlessRowOfBars() {
        buy(1_000, 100, 5);
        buy(4_000_000_000_000L, 100, 5);
        buy(4_000_000_002_000L, 100, 5);

        assertThat(bars).hasSizeLessThan(3);
    }

    @Test
    void afterALongWaitBarsBeginWhereTheMarketIs() {
        builder.invalid(5_000);
        buy(4_000_000_000_500L, 100, 5);
        buy(4_000_000_001_500L, 110, 5);
        buy(4_000_000_002_500L, 120, 5);

        assertThat(bars).extracting(Bar::openMillis).containsExactly(4_000_000_001_000L);
    }

    @Test
    void anIntervalOutOfRangeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BarBuilder.of(COIN, 99, BarSink.of(bars::add)))
                .withMessage("intervalMillis must be within 100..86400000: 99");
    }

    private void buy(long at, long ticks, long lots) {
        assertThat(builder.trade(at, ticks, lots, Side.BUY)).isTrue();
    }

    private void sell(long at, long ticks, long lots) {
        assertThat(builder.trade(at, ticks, lots, Side.SELL)).isTrue();
    }
}
