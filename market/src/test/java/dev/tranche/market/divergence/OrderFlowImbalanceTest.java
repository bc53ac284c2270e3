package dev.tranche.market.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tranche.market.Side;
import dev.tranche.market.feed.OrderBook;
import org.junit.jupiter.api.Test;

/// Cases of Cont, Kukanov, Stoikov (2014), §2.1, worked by hand: from 50 bid at 10.0 and 70 asked at 10.1.
class OrderFlowImbalanceTest {
    private final OrderFlowImbalance imbalance = OrderFlowImbalance.bestLevel();

    @Test
    void theFirstBookIsOnlyRemembered() {
        assertThat(imbalance.on(100, 50, 101, 70)).isZero();
    }

    @Test
    void demandThatGrowsAtTheSamePriceAddsItsGrowth() {
        assertThat(after(100, 65, 101, 70)).isEqualTo(15);
        assertThat(after(100, 20, 101, 70)).isEqualTo(-30);
    }

    @Test
    void aBetterBidAddsAllOfItAndALostOneTakesAllOfItAway() {
        assertThat(after(101, 8, 102, 70)).isEqualTo(8 + 70);
        assertThat(after(99, 30, 101, 70)).isEqualTo(-50);
    }

    @Test
    void supplyThatGrowsTakesAwayItsGrowth() {
        assertThat(after(100, 50, 101, 90)).isEqualTo(-20);
        assertThat(after(100, 50, 101, 10)).isEqualTo(60);
    }

    @Test
    void aBetterAskTakesAwayAllOfItAndALostOneAddsAllOfIt() {
        assertThat(after(99, 50, 100, 4)).isEqualTo(-50 - 4);
        assertThat(after(100, 50, 103, 9)).isEqualTo(70);
    }

    @Test
    void anEmptySideIsTheWorstPriceOfAll() {
        assertThat(after(0, 0, 101, 70)).isEqualTo(-50);
        assertThat(imbalance.on(100, 5, 101, 70)).isEqualTo(5);
        assertThat(imbalance.on(100, 5, 0, 0)).isEqualTo(70);
        assertThat(imbalance.on(100, 5, 104, 6)).isEqualTo(-6);
    }

    @Test
    void afterAResetTheBookBeforeIsForgotten() {
        imbalance.on(100, 50, 101, 70);
        imbalance.reset();

        assertThat(imbalance.on(200, 1, 201, 1)).isZero();
    }

    @Test
    void fiveLevelsAreWeightedBestFirst() {
        OrderFlowImbalance five = OrderFlowImbalance.fiveLevels();
        OrderBook book = OrderBook.of(16);
        book.snapshot(1);
        for (int i = 0; i < 6; i++) {
            book.level(Side.BUY, 100 - i, 10);
            book.level(Side.SELL, 101 + i, 10);
        }
        book.end();
        assertThat(five.on(book)).isZero();
        book.depth(2, 2, 1);
        book.level(Side.BUY, 100, 17);
        book.level(Side.BUY, 98, 14);
        book.level(Side.SELL, 102, 7);
        book.level(Side.SELL, 106, 99);
        book.end();

        assertThat(five.on(book)).isEqualTo(.4 * 7 + .25 * 3 + .2 * 4);
        assertThat(five.levels()).isEqualTo(5);
    }

    @Test
    void aTopIsOneLevel() {
        assertThatIllegalStateException()
                .isThrownBy(() -> OrderFlowImbalance.fiveLevels().on(1, 1, 2, 1))
                .withMessage("best bid and ask are one level of 5");
    }

    @Test
    void weightsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(OrderFlowImbalance::of).withMessage("weights must be 1..20: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OrderFlowImbalance.of(.5, -.1))
                .withMessage("a weight must be finite and at least 0: -0.1");
    }

    private double after(long bid, long bidLots, long ask, long askLots) {
        imbalance.reset();
        imbalance.on(100, 50, 101, 70);
        return imbalance.on(bid, bidLots, ask, askLots);
    }
}
