package dev.tranche.market.simulation;

import static dev.tranche.market.order.TimeInForce.GOOD_TILL_CANCELLED;
import static dev.tranche.market.order.TimeInForce.IMMEDIATE_OR_CANCEL;
import static dev.tranche.market.order.TimeInForce.POST_ONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.market.Bar;
import dev.tranche.market.Side;
import dev.tranche.market.Trials;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.contract.Terms;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the venue says to each thing asked of it.
class SimulatedVenueTest {
    private static final long[][] BIDS = {{100, 10}, {99, 20}};
    private static final long[][] ASKS = {{101, 3}, {102, 4}, {103, 50}};

    private static Stage ideal() {
        Stage stage = Stage.of(VenueTerms.IDEAL);
        stage.at(0).book(1, BIDS, ASKS);
        return stage;
    }

    @Test
    void anOrderThatTakesWalksTheBook() {
        Stage stage = ideal().buy(1, 102, 9, IMMEDIATE_OR_CANCEL);
        assertThat(stage.heard())
                .containsExactly(
                        "0 accepted 1",
                        "0 filled 1 #1 BUY 3@101 fee 0 taker",
                        "0 filled 1 #2 BUY 4@102 fee 0 taker",
                        "0 cancelled 1 after 7");
        // What was taken is gone for us, though the record still shows it, until the level is gone and comes again.
        stage.buy(2, 102, 9, IMMEDIATE_OR_CANCEL);
        assertThat(stage.heard()).containsExactly("0 accepted 2", "0 cancelled 2 after 0");
        stage.change(2, 2, new long[][] {}, new long[][] {{101, 5}}).buy(3, 101, 9, IMMEDIATE_OR_CANCEL);
        assertThat(stage.heard()).contains("0 filled 3 #3 BUY 2@101 fee 0 taker", "0 cancelled 3 after 2");
        stage.change(3, 3, new long[][] {}, new long[][] {{101, 0}});
        stage.change(4, 4, new long[][] {}, new long[][] {{101, 5}}).buy(4, 101, 9, IMMEDIATE_OR_CANCEL);
        assertThat(stage.heard()).contains("0 filled 4 #4 BUY 5@101 fee 0 taker");
    }

    @Test
    void whatIsLeftOfAnOrderThatTakesRests() {
        Stage stage = ideal().sell(1, 100, 12, GOOD_TILL_CANCELLED).at(1).bought(100, 1);
        assertThat(stage.heard())
                .containsExactly(
                        "0 accepted 1",
                        "0 filled 1 #1 SELL 10@100 fee 0 taker",
                        "1000000 filled 1 #2 SELL 1@100 fee 0 maker");
    }

    @Test
    void aPostOnlyOrderNeverTakes() {
        Stage stage = ideal().buy(1, 101, 1, POST_ONLY).buy(2, 100, 1, POST_ONLY);
        assertThat(stage.heard()).containsExactly("0 rejected 1 WOULD_TAKE", "0 accepted 2");
        stage.venue.amend(2, 0, 101, 1);
        assertThat(stage.heard()).containsExactly("0 amend refused 2 WOULD_TAKE");
        assertThat(stage.venue.open(0)).isEqualTo(1);
    }

    @Test
    void anAmendmentKeepsThePlaceOnlyWhenItGetsSmallerAtItsPrice() {
        Stage stage = ideal().buy(1, 100, 6, POST_ONLY).at(1);
        stage.change(2, 2, new long[][] {{100, 30}}, new long[][] {});
        stage.venue.amend(1, 0, 100, 4);
        stage.at(2).sold(100, 11);
        assertThat(stage.heard())
                .containsExactly(
                        "0 accepted 1", "1000000 amended 1 4@100", "2000000 filled 1 #1 BUY 1@100 fee 0 maker");
        stage.venue.amend(1, 0, 100, 5);
        stage.at(3).sold(100, 19);
        // It went behind the thirty shown.
        assertThat(stage.heard()).containsExactly("2000000 amended 1 5@100");
        stage.venue.amend(1, 0, 100, 1);
        stage.venue.amend(9, 0, 100, 1);
        assertThat(stage.heard())
                .containsExactly("3000000 amend refused 1 BAD_ORDER", "3000000 amend refused 9 NOT_OPEN");
    }

    @Test
    void anAmendmentMayTakeUnlessItIsPostOnly() {
        Stage stage = ideal().buy(1, 99, 2, GOOD_TILL_CANCELLED);
        stage.venue.amend(1, 0, 101, 2);
        assertThat(stage.heard())
                .containsExactly("0 accepted 1", "0 amended 1 2@101", "0 filled 1 #1 BUY 2@101 fee 0 taker");
    }

    @Test
    void reduceOnlyNeverOpensNorTurnsAPosition() {
        Stage stage = ideal();
        stage.venue.place(1, 0, Side.SELL, 100, 5, IMMEDIATE_OR_CANCEL, true);
        assertThat(stage.heard()).containsExactly("0 rejected 1 NOT_REDUCING");
        stage.venue.holds(0, 3);
        stage.venue.place(2, 0, Side.SELL, 100, 5, GOOD_TILL_CANCELLED, true);
        assertThat(stage.heard())
                .containsExactly("0 accepted 2", "0 filled 2 #1 SELL 3@100 fee 0 taker", "0 cancelled 2 after 3");
        assertThat(stage.venue.position(0)).isZero();
        assertThat(stage.venue.open(0)).isZero();
    }

    @Test
    void aReduceOnlyOrderWithNothingLeftToReduceEndsWithAWordWhenItIsChanged() {
        Stage stage = ideal();
        stage.venue.holds(0, 3);
        stage.venue.place(2, 0, Side.SELL, 105, 3, GOOD_TILL_CANCELLED, true);
        stage.venue.place(3, 0, Side.SELL, 100, 3, IMMEDIATE_OR_CANCEL, true);
        stage.heard();
        stage.venue.amend(2, 0, 106, 3);

        assertThat(stage.heard()).containsExactly("0 amend refused 2 NOT_REDUCING", "0 cancelled 2 after 0");
        assertThat(stage.venue.open(0)).isZero();
    }

    @Test
    void aFillOnTheWayWinsAgainstACancelOnTheWay() {
        Stage stage = Stage.of(
                VenueTerms.IDEAL.with(new Latency.Constant(5 * Stage.MILLI), new Latency.Constant(7 * Stage.MILLI)));
        stage.at(0).top(100, 10, 101, 10).buy(1, 100, 2, POST_ONLY).at(20);
        assertThat(stage.heard()).containsExactly("12000000 accepted 1");
        stage.venue.cancel(1, 0);
        stage.at(24).sold(99, 9).at(40);
        assertThat(stage.heard())
                .containsExactly("31000000 filled 1 #1 BUY 2@100 fee 0 maker", "32000000 cancel refused 1 NOT_OPEN");
    }

    @Test
    void messagesOnOneWayNeverOvertake() {
        Stage stage = Stage.of(
                VenueTerms.IDEAL.with(new Latency.Uniform(1, 30 * Stage.MILLI), new Latency.LogNormal(Stage.MILLI, 1)));
        stage.at(0).top(100, 10, 101, 10);
        for (int i = 1; i <= 50; i++) {
            stage.buy(i, 90 + i % 5, 1, GOOD_TILL_CANCELLED);
        }
        stage.at(1000);
        assertThat(stage.heard().stream().map(line -> line.split(" ", 2)[1]))
                .isEqualTo(java.util.stream.IntStream.rangeClosed(1, 50)
                        .mapToObj(i -> "accepted " + i)
                        .toList());
    }

    @Test
    void ordersThatDoNotFitAreRefused() {
        Stage stage = Stage.of(VenueTerms.IDEAL).at(0).buy(1, 100, 1, POST_ONLY);
        assertThat(stage.heard()).containsExactly("0 rejected 1 CLOSED");
        stage.top(100, 10, 101, 10)
                .buy(2, 0, 1, POST_ONLY)
                .buy(3, 100, 0, POST_ONLY)
                .buy(4, 99, 1, POST_ONLY)
                .at(1);
        stage.buy(4, 99, 1, POST_ONLY);
        stage.venue.cancel(7, 0);
        assertThat(stage.heard())
                .containsExactly(
                        "0 rejected 2 BAD_ORDER",
                        "0 rejected 3 BAD_ORDER",
                        "0 accepted 4",
                        "1000000 rejected 4 BAD_ORDER",
                        "1000000 cancel refused 7 NOT_OPEN");
    }

    @Test
    void requestsAreLimitedAndCancelsAreNot() {
        Stage stage = Stage.of(VenueTerms.IDEAL.rate(10, 2));
        stage.at(0).top(100, 10, 101, 10);
        stage.buy(1, 99, 1, POST_ONLY).buy(2, 99, 1, POST_ONLY).buy(3, 99, 1, POST_ONLY);
        stage.venue.amend(1, 0, 98, 1);
        stage.venue.cancel(1, 0);
        assertThat(stage.heard())
                .containsExactly(
                        "0 accepted 1",
                        "0 accepted 2",
                        "0 rejected 3 RATE_LIMIT",
                        "0 amend refused 1 RATE_LIMIT",
                        "0 cancelled 1 after 0");
        // A tenth of a second gives one more.
        stage.at(100).buy(4, 99, 1, POST_ONLY).buy(5, 99, 1, POST_ONLY);
        assertThat(stage.heard()).containsExactly("100000000 accepted 4", "100000000 rejected 5 RATE_LIMIT");
    }

    @Test
    void aVenueInDistressRefusesAShare() {
        Stage stage = Stage.of(VenueTerms.IDEAL.refusing(0.25));
        stage.at(0).top(100, 10, 101, 10);
        for (int i = 1; i <= 4000; i++) {
            stage.buy(i, 99, 1, POST_ONLY);
        }
        assertThat(stage.heard().stream().filter(line -> line.endsWith("OTHER")).count())
                .isBetween(900L, 1100L);
    }

    @Test
    void theTruthIsWhatStandsWhatWasFilledAndWhatIsHeld() {
        Stage stage = ideal().buy(1, 101, 2, IMMEDIATE_OR_CANCEL).at(5).buy(2, 102, 2, IMMEDIATE_OR_CANCEL);
        stage.buy(3, 100, 7, POST_ONLY).at(6).sold(100, 12).at(7);
        stage.heard();
        stage.venue.reconcile(0, 5 * Stage.MILLI);
        assertThat(stage.heard())
                .containsExactly(
                        "7000000 truth as of 6999999",
                        "7000000 filled 2 #2 BUY 1@101 fee 0 taker",
                        "7000000 filled 2 #3 BUY 1@102 fee 0 taker",
                        "7000000 filled 3 #4 BUY 2@100 fee 0 maker",
                        "7000000 open 3 BUY 2 of 7@100",
                        "7000000 position 6",
                        "7000000 truth ends");
    }

    @Test
    void fundingThatFallsDueWhileTheLineIsCutIsToldWithTheTruth() {
        Funding funding = Funding.of(new long[] {10, 20}, new double[] {0.0001, 0.0001});
        Contracts contracts =
                Contracts.of(List.of(Stage.contract("BTCUSDT", new Terms.Linear("BTC", "USDT", true), Fees.NONE)));
        SimulatedVenue venue =
                SimulatedVenue.of(contracts, List.of(VenueTerms.IDEAL), List.of(funding), Trials.chance(1));
        Heard heard = new Heard();
        venue.holds(0, 3);
        venue.market(0).top(0, 0, 1, 39_999, 1, 40_001, 1);
        venue.time(12, heard);
        venue.disconnect(0, false);
        venue.time(25, heard);
        venue.connect(0);
        venue.reconcile(0, 15);
        venue.time(30, heard);
        assertThat(heard.take())
                .filteredOn(line -> line.contains("funding"))
                .containsExactly("12 funding 1200000000", "30 funding 1200000000");
    }

    @Test
    void longsPayWhenTheRateIsAboveZero() {
        Funding funding = Funding.of(new long[] {10, 20}, new double[] {0.0001, -0.0002});
        Contracts contracts = Contracts.of(List.of(
                Stage.contract("BTCUSDT", new Terms.Linear("BTC", "USDT", true), Fees.NONE),
                Stage.contract("BTCUSD_PERP", new Terms.Inverse("BTC", "USD", 100, true), Fees.NONE)));
        SimulatedVenue venue =
                SimulatedVenue.of(contracts, List.of(VenueTerms.IDEAL), List.of(funding, funding), Trials.chance(1));
        Heard heard = new Heard();
        for (int i = 0; i < 2; i++) {
            venue.holds(i, 3);
            venue.market(i).top(0, 0, 1, 39_999, 1, 40_001, 1);
        }
        venue.time(10, heard);
        venue.time(25, heard);
        // 3 × 40000 × 0.0001 = 12 USDT; 3 × 100 / 40000 × 0.0001 = 7.5e-7 BTC; then twice as much back.
        assertThat(heard.take())
                .containsExactly("10 funding 1200000000", "10 funding 75", "25 funding -2400000000", "25 funding -150");
        assertThatThrownBy(() -> Funding.of(new long[] {2, 2}, new double[] {0, 0}))
                .hasMessage("times must ascend after 2: 2");
    }

    @Test
    void feesAreSharesOfWhatTheFillIsOn() {
        Fees fees = new Fees(-0.0001, 0.0005, 0.125);
        Stage stage = Stage.of(SimulatedVenue.of(Stage.linear(fees), VenueTerms.IDEAL, Trials.chance(1)));
        stage.at(0)
                .top(100, 10, 101, 10)
                .buy(1, 101, 2, IMMEDIATE_OR_CANCEL)
                .buy(2, 100, 1, POST_ONLY)
                .at(1)
                .sold(99, 1);
        // 202 × 0.0005 = 0.101; 100 × -0.0001 = -0.01.
        assertThat(stage.heard())
                .contains(
                        "0 filled 1 #1 BUY 2@101 fee 10100000 taker",
                        "1000000 filled 2 #2 BUY 1@100 fee -1000000 maker");
    }

    @Test
    void whileTheLineIsDownNothingIsHeardAndTheTruthTellsAfterwards() {
        Stage stage = ideal().buy(1, 100, 2, POST_ONLY).at(1);
        stage.heard();
        stage.venue.disconnect(0, false);
        stage.sold(99, 1).buy(2, 99, 5, POST_ONLY).at(2);
        assertThat(stage.heard()).containsExactly("1000000 disconnected 0");
        stage.venue.connect(0);
        stage.venue.reconcile(0, 0);
        assertThat(stage.heard())
                .containsExactly(
                        "2000000 connected 0",
                        "2000000 truth as of 1999999",
                        "2000000 filled 1 #1 BUY 1@100 fee 0 maker",
                        "2000000 open 1 BUY 1 of 2@100",
                        "2000000 position 1",
                        "2000000 truth ends");
        stage.venue.disconnect(0, true);
        assertThat(stage.venue.open(0)).isZero();
    }

    @Test
    void anOpposingQuoteAtThePriceFillsOnceWhenCrossingIsOn() {
        Stage stage = ideal().buy(1, 100, 9, POST_ONLY).at(1);
        stage.top(98, 5, 100, 4).top(98, 5, 100, 4).top(98, 5, 100, 6);
        assertThat(stage.heard())
                .containsExactly(
                        "0 accepted 1",
                        "1000000 filled 1 #1 BUY 4@100 fee 0 maker",
                        "1000000 filled 1 #2 BUY 2@100 fee 0 maker");
        stage.top(98, 5, 99, 50);
        assertThat(stage.heard()).containsExactly("1000000 filled 1 #3 BUY 3@100 fee 0 maker");
    }

    @Test
    void aBarFillsWhatItTradedThroughAndNoMoreThanItsShare() {
        Stage stage = Stage.of(VenueTerms.IDEAL.crossing(false).with(new BarFills(0.1, 5 * Stage.MILLI)));
        stage.at(0)
                .top(100, 1, 102, 1)
                .buy(1, 99, 3, POST_ONLY)
                .buy(2, 100, 4, POST_ONLY)
                .sell(3, 104, 9, POST_ONLY);
        stage.at(6).buy(4, 100, 1, POST_ONLY).at(60_000);
        stage.heard();
        // Low 98 is through both bids, high 104 only touches; 60 sold of 100 give 6: the better bid first. The
        // last bid came too late to have rested from the open.
        stage.venue.bar(0, new Bar(0, 60_000, 101, 104, 98, 100, 100, 40, Double.NaN));
        assertThat(stage.heard())
                .containsExactly(
                        "60000000000 filled 2 #1 BUY 4@100 fee 0 maker",
                        "60000000000 filled 1 #2 BUY 2@99 fee 0 maker");
        stage.venue.bar(0, new Bar(60_000, 120_000, 101, 105, 101, 102, 50, Double.NaN, Double.NaN));
        assertThat(stage.heard()).containsExactly("60000000000 filled 3 #3 SELL 2@104 fee 0 maker");
    }

    @Test
    void anExpiryTakesOrdersBackAndPaysThePositionOut() {
        Stage stage = ideal().buy(1, 101, 2, IMMEDIATE_OR_CANCEL).buy(2, 99, 1, POST_ONLY);
        stage.heard();
        stage.venue.settle(0, 55);
        assertThat(stage.heard()).containsExactly("0 cancelled 2 after 0", "0 settled 55");
        assertThat(stage.venue.position(0)).isZero();
        assertThat(stage.buy(3, 99, 1, POST_ONLY).heard()).containsExactly("0 rejected 3 CLOSED");
    }

    @Test
    void timeDoesNotGoBack() {
        Stage stage = ideal().at(5);
        assertThatThrownBy(() -> stage.venue.time(1, stage.heard))
                .hasMessage("time must not go back from 5000000 ns: 1");
    }

    @Test
    void whatAVenueToldInAnEarlierLifeCountsOnceAndItsNumbersGoOn() {
        Stage stage = Stage.of(VenueTerms.IDEAL);
        long[] trades = {1, 2, 5, 4, 2, 3, 5};
        for (long trade : trades) {
            stage.venue.remember(trade, 90 + trade, 0, trade, trade == 3 ? Side.SELL : Side.BUY, 100, 2, 7, true);
        }
        assertThat(stage.venue.position(0)).isEqualTo(2 * 4 - 2);
        stage.at(10).book(1, BIDS, ASKS).buy(1, 101, 3, IMMEDIATE_OR_CANCEL);
        assertThat(stage.heard()).contains("10000000 filled 1 #6 BUY 3@101 fee 0 taker");
        stage.venue.reconcile(0, 0);
        stage.at(11);
        assertThat(stage.heard().stream().filter(line -> line.contains("filled")))
                .hasSize(6);
        assertThat(stage.venue.position(0)).isEqualTo(9);
        assertThatThrownBy(() -> stage.venue.remember(0, 1, 0, 0, Side.BUY, 100, 1, 0, true))
                .hasMessageContaining("from 1 on: 0");
    }
}
