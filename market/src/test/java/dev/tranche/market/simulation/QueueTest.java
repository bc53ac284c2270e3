package dev.tranche.market.simulation;

import static dev.tranche.market.order.TimeInForce.GOOD_TILL_CANCELLED;
import static dev.tranche.market.order.TimeInForce.POST_ONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Queue positions worked out by hand.
class QueueTest {
    private static final QueueModel FIFO = new QueueModel.Fifo();

    @Test
    void whatIsShownOnArrivalStandsAhead() {
        Stage stage = Stage.quiet(FIFO);
        stage.buy(1, 100, 5, POST_ONLY);
        assertThat(stage.heard()).containsExactly("0 accepted 1");
        stage.at(1).sold(100, 8);
        assertThat(stage.heard()).isEmpty();
        // 2 still stood ahead: of the next 4, 2 are ours; then 3 of 10.
        stage.at(2).sold(100, 4);
        assertThat(stage.heard()).containsExactly("2000000 filled 1 #1 BUY 2@100 fee 0 maker");
        stage.at(3).sold(100, 10);
        assertThat(stage.heard()).containsExactly("3000000 filled 1 #2 BUY 3@100 fee 0 maker");
        assertThat(stage.venue.position(0)).isEqualTo(5);
        assertThat(stage.venue.open(0)).isZero();
    }

    @Test
    void tradesOfBuyersDoNotFillBids() {
        Stage stage = Stage.quiet(FIFO);
        stage.buy(1, 100, 5, POST_ONLY).at(1).bought(100, 50);
        assertThat(stage.heard()).containsExactly("0 accepted 1");
    }

    @Test
    void aBetterPriceThanAllStandsFirst() {
        Stage stage = Stage.of(VenueTerms.IDEAL.crossing(false));
        stage.at(0).top(100, 10, 103, 10);
        stage.buy(1, 101, 5, POST_ONLY).at(1).sold(101, 3).sold(100, 9);
        assertThat(stage.heard())
                .containsExactly(
                        "0 accepted 1",
                        "1000000 filled 1 #1 BUY 3@101 fee 0 maker",
                        "1000000 filled 1 #2 BUY 2@101 fee 0 maker");
    }

    @Test
    void aTradeThroughThePriceFillsAtThePriceAndNoMoreThanItHad() {
        Stage stage = Stage.quiet(FIFO);
        stage.buy(1, 100, 5, POST_ONLY).at(1).sold(99, 3);
        assertThat(stage.heard()).containsExactly("0 accepted 1", "1000000 filled 1 #1 BUY 3@100 fee 0 maker");
    }

    @Test
    void theCarefulModelSaysThatWhoeverCancelsStoodBehind() {
        Stage stage = Stage.quiet(FIFO);
        stage.buy(1, 100, 5, POST_ONLY).at(1);
        // Five came behind, three left: all of them from behind. Then eight left: two behind, six ahead.
        stage.top(100, 15, 101, 10).top(100, 12, 101, 10).top(100, 4, 101, 10);
        stage.at(2).sold(100, 4);
        assertThat(stage.heard()).containsExactly("0 accepted 1");
        stage.sold(100, 1);
        assertThat(stage.heard()).containsExactly("2000000 filled 1 #1 BUY 1@100 fee 0 maker");
    }

    @Test
    void aProportionalModelTakesTheShareAhead() {
        QueueModel proportional = new QueueModel.Power(1);
        Stage stage = Stage.quiet(proportional);
        stage.buy(1, 100, 5, POST_ONLY).at(1);
        // Ten ahead, five behind; three of fifteen leave, a fifth: eight stay ahead.
        stage.top(100, 15, 101, 10).top(100, 12, 101, 10);
        stage.at(2).sold(100, 8);
        assertThat(stage.heard()).containsExactly("0 accepted 1");
        stage.sold(100, 1);
        assertThat(stage.heard()).hasSize(1);
        assertThat(proportional.ahead(10, 5, 3)).isCloseTo(8, within(1e-12));
        // 25 of 125 of three leave from behind: 0.6; 2.4 from ahead.
        assertThat(new QueueModel.Power(2).ahead(10, 5, 3)).isCloseTo(7.6, within(1e-12));
        // ln 6 / (ln 6 + ln 11) = 0.427663 of three.
        assertThat(new QueueModel.Logarithmic().ahead(10, 5, 3)).isCloseTo(8.282988, within(1e-6));
        assertThat(new QueueModel.Logarithmic().ahead(10, 1, 8)).isCloseTo(3, within(1e-12));
    }

    @Test
    void whatTradedIsNotTakenForCancelled() {
        Stage stage = Stage.quiet(FIFO);
        stage.buy(1, 100, 5, POST_ONLY);
        // In one moment two trades, each with its change of the level; nobody cancelled: four stand ahead.
        stage.at(1).sold(100, 2).sold(100, 4).top(100, 8, 101, 10).top(100, 4, 101, 10);
        stage.at(2).sold(100, 4);
        assertThat(stage.heard()).containsExactly("0 accepted 1");
        // Four traded and four came meanwhile: the level looks the same; then four leave, who stood behind.
        stage.top(100, 4, 101, 10).at(3).top(100, 2, 101, 10).sold(100, 1);
        assertThat(stage.heard()).containsExactly("3000000 filled 1 #1 BUY 1@100 fee 0 maker");
    }

    @Test
    void ourOrdersShareATradeByPriceAndThenTime() {
        Stage stage = Stage.quiet(FIFO);
        stage.buy(1, 100, 5, POST_ONLY).at(1).top(100, 20, 101, 10);
        stage.buy(2, 100, 5, POST_ONLY).at(2);
        stage.sold(100, 18);
        // Ten ahead of the first, five for it; three of those between; seven of them still before the second.
        assertThat(stage.heard())
                .containsExactly("0 accepted 1", "1000000 accepted 2", "2000000 filled 1 #1 BUY 5@100 fee 0 maker");
        stage.at(3).top(100, 2, 101, 10).sold(100, 7);
        assertThat(stage.heard()).isEmpty();
        stage.sold(100, 1);
        assertThat(stage.heard()).containsExactly("3000000 filled 2 #2 BUY 1@100 fee 0 maker");
    }

    @Test
    void aPriceThatNobodyStandsAtIsFirstInLineOnceItIsReached() {
        Stage stage = Stage.of(VenueTerms.IDEAL.crossing(false));
        stage.at(0).book(1, new long[][] {{100, 10}, {98, 7}}, new long[][] {{101, 10}});
        stage.buy(1, 99, 2, GOOD_TILL_CANCELLED)
                .buy(2, 98, 2, GOOD_TILL_CANCELLED)
                .buy(3, 97, 2, GOOD_TILL_CANCELLED);
        stage.at(1).sold(99, 1);
        assertThat(stage.heard()).hasSize(4).last().isEqualTo("1000000 filled 1 #1 BUY 1@99 fee 0 maker");
        // Beyond the last level held nothing is known: not filled at its price until the level is said.
        stage.at(2).sold(97, 20);
        assertThat(stage.heard())
                .containsExactly(
                        "2000000 filled 1 #2 BUY 1@99 fee 0 maker", "2000000 filled 2 #3 BUY 2@98 fee 0 maker");
        stage.at(3).top(97, 3, 101, 10).sold(97, 4);
        assertThat(stage.heard()).containsExactly("3000000 filled 3 #4 BUY 1@97 fee 0 maker");
    }

    @Test
    void theNewerOfBookAndBestPriceSpeaks() {
        Stage stage = Stage.of(VenueTerms.IDEAL.crossing(false));
        stage.at(0).book(10, new long[][] {{100, 10}, {99, 5}}, new long[][] {{101, 10}});
        stage.buy(1, 100, 5, POST_ONLY).at(1);
        // Said by the best price at update 20: six are left. A change up to 15 is older, and says nothing.
        stage.venue.market(0).top(0, 0, 20, 100, 6, 101, 10);
        stage.change(11, 15, new long[][] {{100, 2}}, new long[][] {});
        stage.at(2).sold(100, 6);
        assertThat(stage.heard()).containsExactly("0 accepted 1");
        stage.sold(100, 1);
        assertThat(stage.heard()).hasSize(1);
    }

    @Test
    void modelsNameTheirRange() {
        assertThatThrownBy(() -> new QueueModel.Power(0)).hasMessage("exponent must be within 0.1..10: 0.0");
        assertThatThrownBy(() -> new Latency.Constant(-1)).hasMessage("nanos must be within 0..60000000000 ns: -1");
        assertThatThrownBy(() -> new BarFills(0, 0)).hasMessage("share must be above 0 and at most 1: 0.0");
    }
}
