package dev.tranche.market.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.market.Side;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.order.OrderState;
import dev.tranche.market.order.Rejection;
import dev.tranche.market.risk.BreakerState;
import org.junit.jupiter.api.Test;

/// What a desk quotes, and when it does not.
class DeskTest {
    @Test
    void itQuotesOnceVenueAndMarketAreKnown() {
        DeskStage stage = DeskStage.quoting();

        assertThat(stage.heard())
                .startsWith("notice VENUE -1 1 0", "reconcile 0", "pulled 0 0 WARMING_UP", "place 256 0 BUY 10@599884");
        assertThat(stage.desk.seats(0).getFirst().pulled()).isEmpty();
        assertThat(stage.desk.seats(0).getFirst().standingTicks(Side.BUY, 0)).isBetween(599_000L, 600_000L);
    }

    @Test
    void beforeTheVenuesTruthNothingIsQuoted() {
        DeskStage stage = DeskStage.of();
        stage.desk.strategy(stage.now, 0, DeskStage.terms("", ""));
        stage.desk.connected(stage.now, 0);

        stage.warm();

        assertThat(stage.sent()).containsExactly("reconcile 0");
        assertThat(stage.desk.seats(0).getFirst().pulled()).contains(Pulled.VENUE);
    }

    @Test
    void aBrokenBookPullsAndASnapshotQuotesAgain() {
        DeskStage stage = DeskStage.quoting().accept();
        MarketSink market = stage.desk.market(0);
        book(stage, 1);
        stage.accept();
        stage.heard();

        market.fault(Fault.SEQUENCE_BREAK, stage.now / DeskStage.MILLI, stage.now, 7, 5);

        assertThat(stage.heard())
                .contains("notice BOOK_INVALID 0 7 5", "pulled 0 0 BOOK")
                .filteredOn(line -> line.startsWith("cancel"))
                .hasSize(2);

        stage.after(100).top(0, 600_000, 600_010);
        assertThat(stage.sent()).as("best prices alone are not a book").isEmpty();

        book(stage, 9);
        assertThat(stage.sent()).filteredOn(line -> line.startsWith("place")).hasSize(2);
    }

    private static void book(DeskStage stage, long id) {
        MarketSink market = stage.desk.market(0);
        market.snapshot(stage.now / DeskStage.MILLI, stage.now, 1_000 * id);
        market.level(Side.BUY, 600_000, 3_000);
        market.level(Side.SELL, 600_010, 3_000);
        market.end();
    }

    @Test
    void staleDataPulls() {
        DeskStage stage = DeskStage.quoting().accept();
        stage.heard();

        stage.after(1_900);
        assertThat(stage.heard()).isEmpty();

        stage.after(200);
        assertThat(stage.heard())
                .contains("pulled 0 0 STALE")
                .filteredOn(line -> line.startsWith("cancel"))
                .hasSize(2);
    }

    @Test
    void dataThatWasLongUnderWayIsNotQuotedOn() {
        DeskStage stage = DeskStage.quoting().accept();
        stage.heard();

        stage.now += DeskStage.SECOND;
        stage.desk.market(0).top(stage.now / DeskStage.MILLI - 1_500, stage.now, 99, 600_000, 5, 600_010, 5);

        assertThat(stage.heard()).contains("pulled 0 0 STALE");
    }

    @Test
    void aQuoteImprovesNoSoonerThanItsRefreshAndRetreatsAtOnce() {
        DeskStage stage = DeskStage.of();
        String slow = DeskStage.json("", "").replace("\"refresh\":\"0ms\"", "\"refresh\":\"500ms\"");
        stage.begin(StrategyTermsTest.read(slow)).accept();
        stage.after(600).top(0, 600_000, 600_010).accept();
        stage.heard();

        stage.after(10).top(0, 600_100, 600_110);
        assertThat(stage.sent())
                .as("the ask retreats, the bid waits")
                .hasSize(2)
                .anyMatch(line -> line.contains("SELL"));

        stage.accept().after(600);
        assertThat(stage.sent()).anyMatch(line -> line.contains("BUY"));
    }

    @Test
    void aSmallMoveLeavesTheQuoteInItsPlace() {
        DeskStage stage = DeskStage.quoting(",\"move_ticks\":50", "").accept();
        stage.heard();

        stage.after(100).top(0, 600_020, 600_030);

        assertThat(stage.sent()).isEmpty();
    }

    @Test
    void aStrategyThatAmendsKeepsItsOrders() {
        DeskStage stage = DeskStage.quoting(",\"amend\":true", "").accept();
        stage.heard();

        stage.after(100).top(0, 600_500, 600_510);

        assertThat(stage.sent())
                .as("the bid waits until our own ask is out of its way")
                .singleElement()
                .asString()
                .contains("amend 768");
        long id = stage.desk.orders().id(openSide(stage, Side.SELL));
        assertThat(stage.desk.orders().state(stage.desk.orders().find(id))).isEqualTo(OrderState.PENDING_AMEND);

        stage.accept().after(20);
        assertThat(stage.sent()).singleElement().asString().startsWith("amend 256");
        assertThat(stage.desk.orders().state(stage.desk.orders().find(id))).isEqualTo(OrderState.LIVE);
    }

    @Test
    void levelsStandApart() {
        String json = DeskStage.json(",\"levels\":3,\"level_step_bps\":2", "");
        DeskStage stage = DeskStage.of().begin(StrategyTermsTest.read(json.replace("0.03", "0.1")));
        stage.accept();
        stage.after(100).top(0, 600_000, 600_010).accept();
        Seat seat = stage.desk.seats(0).getFirst();

        assertThat(seat.standingTicks(Side.BUY, 0) - seat.standingTicks(Side.BUY, 1))
                .isBetween(119L, 121L);
        assertThat(seat.standingTicks(Side.SELL, 2) - seat.standingTicks(Side.SELL, 1))
                .isBetween(119L, 121L);
        assertThat(stage.desk.orders().open()).isEqualTo(6);
    }

    @Test
    void inventoryMovesQuotesAndItsLimitTakesASideAway() {
        DeskStage stage = DeskStage.quoting().accept();
        Seat seat = stage.desk.seats(0).getFirst();
        double before = seat.target().reservation();

        for (int trade = 1; trade <= 3; trade++) {
            long bid = stage.desk.orders().id(openSide(stage, Side.BUY));
            long ticks = seat.standingTicks(Side.BUY, 0);
            stage.desk.filled(stage.now, bid, 0, trade, Side.BUY, ticks, 10, 0, true);
            stage.accept();
        }

        assertThat(stage.position(0)).isEqualTo(30);
        assertThat(seat.target().reservation()).isLessThan(before);
        assertThat(seat.standingTicks(Side.BUY, 0)).as("0.03 is the limit").isZero();
        assertThat(seat.standingTicks(Side.SELL, 0)).isPositive();
    }

    static int openSide(DeskStage stage, Side side) {
        int slot = stage.desk.orders().firstOpen();
        while (stage.desk.orders().side(slot) != side) {
            slot = stage.desk.orders().nextOpen(slot);
        }
        return slot;
    }

    @Test
    void aVenueThatRefusesIsLeftAloneForAWhile() {
        DeskStage stage = DeskStage.quoting().accept();
        stage.after(100).top(0, 600_100, 600_110);
        long first = stage.placed.removeFirst();
        stage.heard();

        stage.desk.rejected(stage.now, first, 0, Rejection.NO_MARGIN);
        stage.accept();
        stage.after(1_000).top(0, 600_000, 600_010);

        assertThat(stage.desk.seats(0).getFirst().pulled()).contains(Pulled.REFUSED);
        assertThat(stage.sent()).noneMatch(line -> line.startsWith("place"));

        for (int i = 0; i < 10; i++) {
            stage.after(1_000).top(0, 600_000 + i % 2, 600_010);
        }
        assertThat(stage.sent()).anyMatch(line -> line.startsWith("place"));
    }

    @Test
    void anOrderThatWouldHaveTakenIsTriedAgainSoon() {
        DeskStage stage = DeskStage.quoting().accept();
        stage.after(100).top(0, 600_100, 600_110);
        long first = stage.placed.removeFirst();
        stage.heard();

        stage.desk.rejected(stage.now, first, 0, Rejection.WOULD_TAKE);
        assertThat(stage.sent()).isEmpty();

        stage.after(20).top(0, 600_000, 600_010);
        assertThat(stage.sent()).anyMatch(line -> line.startsWith("place") && line.contains("BUY"));
    }

    @Test
    void quotingIsHaltedAndAllowedByHand() {
        DeskStage stage = DeskStage.quoting().accept();
        stage.heard();

        stage.desk.quoting(stage.now, false, "ana", "release of figures");
        assertThat(stage.heard()).contains("pulled 0 0 STOPPED");
        stage.after(100).top(0, 600_000, 600_010);
        assertThat(stage.sent()).isEmpty();

        stage.desk.quoting(stage.now, true, "ana", "figures are out");
        assertThat(stage.sent()).filteredOn(line -> line.startsWith("place")).isNotEmpty();
    }

    @Test
    void aKillCancelsEverythingAndOnlyANameReleasesIt() {
        DeskStage stage = DeskStage.quoting().accept();
        stage.heard();

        stage.desk.kill(stage.now, "ana", "prices look wrong");
        assertThat(stage.heard())
                .contains("breaker NORMAL KILLED", "pulled 0 0 BREAKER")
                .filteredOn(line -> line.startsWith("cancel"))
                .hasSize(2);

        stage.after(100).top(0, 600_000, 600_010);
        assertThat(stage.sent()).isEmpty();
        assertThatThrownBy(() -> stage.desk.release(stage.now, " ", "fine"))
                .isInstanceOf(IllegalArgumentException.class);

        stage.desk.release(stage.now, "bo", "feed repaired");
        assertThat(stage.desk.breaker()).isEqualTo(BreakerState.RESTRICTED);
        stage.after(100).top(0, 600_000, 600_010);
        assertThat(stage.sent()).as("RESTRICTED makes no market").isEmpty();
    }

    @Test
    void aKillAsksAgainForWhatStaysOpen() {
        DeskStage stage = DeskStage.quoting().accept();
        stage.desk.kill(stage.now, "ana", "prices look wrong");
        stage.heard();

        stage.after(3_100).after(3_100);

        assertThat(stage.sent()).filteredOn(line -> line.startsWith("cancel ")).isNotEmpty();
        assertThat(stage.heard()).noneMatch(line -> line.startsWith("place"));
    }

    @Test
    void aVersionTakesThePlaceOfAnother() {
        DeskStage stage = DeskStage.quoting().accept();
        stage.heard();

        stage.desk.strategy(stage.now, 0, DeskStage.terms(",\"levels\":2", ""));

        assertThat(stage.sent()).filteredOn(line -> line.startsWith("cancel")).hasSize(2);
        assertThat(stage.desk.strategy(0).orElseThrow().quoting().levels()).isEqualTo(2);
        assertThat(stage.desk.seats(0)).hasSize(1);
    }

    @Test
    void aVersionThatTheDeskCannotQuoteChangesNothing() {
        DeskStage stage = DeskStage.quoting().accept();
        long hash = stage.desk.hash();
        String unknown = DeskStage.json("", "").replace("BTCUSDT", "DOGEUSDT");

        assertThatThrownBy(() -> stage.desk.strategy(stage.now, 0, StrategyTermsTest.read(unknown)))
                .hasMessageContaining("does not know the contract binance:DOGEUSDT");
        String small = DeskStage.json("", "").replace("\"size\":0.01", "\"size\":0.0001");
        assertThatThrownBy(() -> stage.desk.strategy(stage.now, 0, StrategyTermsTest.read(small)))
                .hasMessageContaining("size must be at least 0.001 of BTCUSDT: 1.0E-4");
        String mark = DeskStage.json("", "").replace("\"mid\"", "\"option_mark\"");
        assertThatThrownBy(() -> stage.desk.strategy(stage.now, 0, StrategyTermsTest.read(mark)))
                .hasMessageContaining("fair option_mark is for options: BTCUSDT");

        assertThat(stage.desk.hash()).isEqualTo(hash);
    }

    @Test
    void aStoppedStrategyLeavesTheMarketAndCanStillBeClosed() {
        DeskStage stage = DeskStage.quoting().accept();
        long bid = stage.desk.orders().id(openSide(stage, Side.BUY));
        stage.desk.filled(stage.now, bid, 0, 1, Side.BUY, 599_880, 10, 0, true);
        stage.accept();

        stage.desk.stop(stage.now, 0);
        stage.accept();
        stage.heard();
        stage.desk.liquidate(stage.now, 0, 0, "ana", "closing down");
        stage.after(100).top(0, 600_000, 600_010).after(100);

        assertThat(stage.sent())
                .singleElement()
                .asString()
                .contains("SELL 10@")
                .endsWith("IMMEDIATE_OR_CANCEL reduce only");
    }

    @Test
    void anExpiredContractIsNotQuoted() {
        DeskStage stage = DeskStage.quoting().accept();
        stage.heard();

        stage.desk.settled(stage.now, 0, 600_000);

        assertThat(stage.heard()).contains("pulled 0 0 EXPIRED");
    }

    @Test
    void twoStrategiesNeverMeetEachOther() {
        DeskStage stage = DeskStage.quoting().accept();
        String other = DeskStage.json("", "").replace("btc_mm_glft_v1.0", "btc_mm_other_v1.0");
        stage.desk.strategy(stage.now, 1, StrategyTermsTest.read(other));
        stage.after(100).top(0, 600_000, 600_010).accept();
        stage.after(100).top(0, 601_000, 601_010).accept();

        long highestBid = 0;
        long lowestAsk = Long.MAX_VALUE;
        for (int slot = stage.desk.orders().firstOpen();
                slot != -1;
                slot = stage.desk.orders().nextOpen(slot)) {
            if (stage.desk.orders().side(slot) == Side.BUY) {
                highestBid = Math.max(highestBid, stage.desk.orders().askedTicks(slot));
            } else {
                lowestAsk = Math.min(lowestAsk, stage.desk.orders().askedTicks(slot));
            }
        }
        assertThat(highestBid).isLessThan(lowestAsk);
        assertThat(stage.desk.seats(1)).hasSize(1);
    }

    @Test
    void aDeltaOfOneCoinIsHedgedInTheOtherWithinItsOwnLimits() {
        String hedge = ",\"hedge\":{\"with\":[{\"venue\":\"binance\",\"symbol\":\"ETHUSDT\"}],\"band\":0.001,"
                + "\"normal\":0.002,\"urgent\":0.004,\"every\":\"1s\",\"most_share\":1,\"aversion\":1000,"
                + "\"limits\":{\"quantity\":1,\"position\":1,\"collar_bps\":500}}";
        DeskStage stage = DeskStage.quoting("", hedge).accept();
        stage.desk.covariance(stage.now, "BTC", "BTC", 1e-8);
        stage.desk.covariance(stage.now, "ETH", "ETH", 2e-8);
        stage.desk.covariance(stage.now, "BTC", "ETH", 1.2e-8);
        stage.after(100).top(0, 600_000, 600_010).top(1, 30_000, 30_002).accept();
        long bid = stage.desk.orders().id(openSide(stage, Side.BUY));
        stage.desk.filled(stage.now, bid, 0, 1, Side.BUY, 599_880, 10, 0, true);
        stage.heard();

        for (int i = 0; i < 12; i++) {
            stage.after(100).top(0, 600_000, 600_010).top(1, 30_000, 30_002).accept();
        }

        // 600 dollars of BTC, times 1.2e-8 / 2e-8, in coins of 3,000 dollars: 0.12.
        assertThat(stage.sent())
                .filteredOn(line -> line.contains("IMMEDIATE_OR_CANCEL"))
                .first()
                .asString()
                .matches("place \\d+ 1 SELL 1[12]\\d@29970 IMMEDIATE_OR_CANCEL");
    }
}
