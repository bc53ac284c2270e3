package dev.tranche.market.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.market.Side;
import dev.tranche.market.order.OrderState;
import dev.tranche.market.order.Rejection;
import dev.tranche.market.risk.BreakerState;
import org.junit.jupiter.api.Test;

/// What becomes of orders and positions when venues are silent, late, wrong or gone.
class ReconciliationTest {
    private static long bid(DeskStage stage) {
        return stage.desk.orders().id(DeskTest.openSide(stage, Side.BUY));
    }

    private static OrderState state(DeskStage stage, long id) {
        return stage.desk.orders().state(stage.desk.orders().find(id));
    }

    private static void fill(DeskStage stage, long id, long trade, long lots) {
        stage.desk.filled(stage.now, id, 0, trade, Side.BUY, 599_880, lots, 100, true);
    }

    @Test
    void aRepeatedFillCountsOnce() {
        DeskStage stage = DeskStage.quoting().accept();
        long id = bid(stage);

        fill(stage, id, 77, 4);
        fill(stage, id, 77, 4);
        fill(stage, 0, 77, 4);

        assertThat(stage.position(0)).isEqualTo(4);
        assertThat(stage.desk.orders().filled(stage.desk.orders().find(id))).isEqualTo(4);
    }

    @Test
    void aFillBeforeItsAcknowledgementAcknowledges() {
        DeskStage stage = DeskStage.quoting();
        long id = stage.placed.getFirst();

        fill(stage, id, 1, 4);

        assertThat(stage.position(0)).isEqualTo(4);
        assertThat(state(stage, id)).isNotEqualTo(OrderState.PENDING_NEW);
        stage.desk.accepted(stage.now, id, 0);
        assertThat(stage.desk.orders().filled(stage.desk.orders().find(id))).isEqualTo(4);
    }

    @Test
    void anOverfillIsToldAndThePositionIsRight() {
        DeskStage stage = DeskStage.quoting().accept();
        long id = bid(stage);
        stage.heard();

        fill(stage, id, 1, 25);

        assertThat(stage.position(0)).isEqualTo(25);
        assertThat(state(stage, id)).isEqualTo(OrderState.FILLED);
        assertThat(stage.heard()).contains("notice OVERFILL 0 25 10");
    }

    @Test
    void aCancelThatKnowsMoreFillsThanWeStaysOpenForThem() {
        DeskStage stage = DeskStage.quoting().accept();
        long id = bid(stage);
        stage.after(2_000);
        stage.heard();

        stage.desk.cancelled(stage.now, id, 0, 4);

        assertThat(state(stage, id)).isEqualTo(OrderState.UNKNOWN);
        assertThat(stage.desk.orders().rest(stage.desk.orders().find(id))).isEqualTo(4);
        assertThat(stage.sent()).contains("reconcile 0");

        fill(stage, id, 1, 4);
        assertThat(state(stage, id)).isEqualTo(OrderState.CANCELLED);
        assertThat(stage.position(0)).isEqualTo(4);
    }

    @Test
    void aCancelThatCameTooLateWaitsForItsFill() {
        DeskStage stage = DeskStage.quoting().accept();
        long id = bid(stage);
        stage.desk.quoting(stage.now, false, "ana", "test");

        stage.desk.cancelRefused(stage.now, id, 0, Rejection.NOT_OPEN);
        assertThat(state(stage, id)).isEqualTo(OrderState.UNKNOWN);

        fill(stage, id, 5, 10);
        assertThat(state(stage, id)).isEqualTo(OrderState.FILLED);
        assertThat(stage.position(0)).isEqualTo(10);
    }

    @Test
    void aFillAfterItsCancelCounts() {
        DeskStage stage = DeskStage.quoting().accept();
        long id = bid(stage);
        stage.desk.cancelled(stage.now, id, 0, 0);
        stage.heard();

        fill(stage, id, 5, 10);

        assertThat(stage.position(0)).isEqualTo(10);
        assertThat(stage.heard()).contains("notice LATE_FILL 0 5 " + id);
    }

    @Test
    void anOrderWithoutAnAnswerIsUnknownAskedForAndNeverDoubled() {
        DeskStage stage = DeskStage.quoting();
        long lost = stage.placed.getFirst();
        stage.desk.accepted(stage.now, stage.placed.getLast(), 0);
        stage.heard();
        for (int i = 0; i < 4; i++) {
            stage.after(1_000).top(0, 600_001, 600_011);
        }

        assertThat(state(stage, lost)).isEqualTo(OrderState.UNKNOWN);
        assertThat(stage.heard())
                .contains("notice UNACKNOWLEDGED 0 " + lost + " 0", "reconcile 0")
                .noneMatch(line -> line.startsWith("place") && line.contains("BUY"));
        assertThat(stage.desk.gate().open()).isEqualTo(stage.desk.orders().open());
    }

    @Test
    void theTruthEndsAnUnknownOrder() {
        DeskStage stage = DeskStage.quoting();
        long lost = stage.placed.getFirst();
        stage.desk.accepted(stage.now, stage.placed.getLast(), 0);
        stage.placed.clear();
        for (int i = 0; i < 4; i++) {
            stage.after(1_000).top(0, 600_001, 600_011);
        }
        long ask = stage.desk.orders().id(DeskTest.openSide(stage, Side.SELL));
        stage.heard();

        stage.desk.truth(stage.now, 0, stage.now);
        stage.desk.openOrder(stage.now, ask, 0, Side.SELL, 600_126, 10, 0);
        stage.desk.truthEnds(stage.now, 0);

        assertThat(state(stage, lost)).isEqualTo(OrderState.CANCELLED);
        assertThat(stage.heard())
                .contains("notice VANISHED 0 " + lost + " 0")
                .anyMatch(line -> line.startsWith("place") && line.contains("BUY"));
    }

    @Test
    void anOrderYoungerThanTheTruthIsNotEndedByIt() {
        DeskStage stage = DeskStage.quoting();
        long id = stage.placed.getFirst();

        stage.desk.truth(stage.now, 0, stage.now - DeskStage.SECOND);
        stage.desk.truthEnds(stage.now, 0);

        assertThat(state(stage, id)).isEqualTo(OrderState.PENDING_NEW);
    }

    @Test
    void anOrderThatWeTookForOverIsCancelledWhenItIsNot() {
        DeskStage stage = DeskStage.quoting();
        long id = stage.placed.removeFirst();
        stage.desk.rejected(stage.now, id, 0, Rejection.OTHER);
        stage.after(1_000);
        stage.heard();

        stage.desk.truth(stage.now, 0, stage.now);
        stage.desk.openOrder(stage.now, id, 0, Side.BUY, 599_884, 10, 0);
        stage.desk.truthEnds(stage.now, 0);

        assertThat(state(stage, id)).isEqualTo(OrderState.UNKNOWN);
        assertThat(stage.heard()).contains("notice RISEN 0 " + id + " 0", "cancel " + id + " 0");
    }

    @Test
    void foreignOrdersAreCancelled() {
        DeskStage stage = DeskStage.quoting().accept();
        stage.heard();

        stage.desk.truth(stage.now, 0, stage.now - 10 * DeskStage.SECOND);
        stage.desk.openOrder(stage.now, 999_424, 0, Side.BUY, 500_000, 10, 0);
        stage.desk.openOrder(stage.now, 0, 1, Side.SELL, 40_000, 10, 0);
        stage.desk.truthEnds(stage.now, 0);

        assertThat(stage.heard()).contains("cancel 999424 0", "cancel all 1", "notice FOREIGN_ORDER 1 0 10");
    }

    @Test
    void fillsThatNobodyToldAreBookedOnceByTheTruth() {
        DeskStage stage = DeskStage.quoting().accept();
        long id = bid(stage);
        fill(stage, id, 1, 3);
        stage.after(1_500);
        stage.heard();

        stage.desk.truth(stage.now, 0, stage.now);
        fill(stage, id, 1, 3);
        fill(stage, id, 2, 7);
        stage.desk.position(stage.now, 0, 10);
        stage.desk.truthEnds(stage.now, 0);

        assertThat(stage.position(0)).isEqualTo(10);
        assertThat(state(stage, id)).isEqualTo(OrderState.FILLED);
        assertThat(stage.heard()).contains("notice MISSED_FILL 0 2 7").noneMatch(line -> line.contains("DIFFERS"));
    }

    @Test
    void aFillHeardAfterTheTruthWasTakenExplainsThePosition() {
        DeskStage stage = DeskStage.quoting().accept();
        long asOf = stage.now;
        stage.after(10);
        fill(stage, bid(stage), 1, 3);
        stage.heard();

        stage.desk.truth(stage.now, 0, asOf);
        stage.desk.position(stage.now, 0, 0);
        stage.desk.truthEnds(stage.now, 0);

        assertThat(stage.heard()).noneMatch(line -> line.contains("DIFFERS"));
    }

    @Test
    void aDifferenceThatAFillOnItsWayCouldBeIsQuotedOnUntilTheNextLook() {
        DeskStage stage = DeskStage.quoting().accept();
        Seat seat = stage.desk.seats(0).getFirst();
        stage.heard();
        look(stage, stage.now - 10 * DeskStage.SECOND, 10);

        assertThat(stage.heard()).contains("notice POSITION_DIFFERS 0 10 0");
        assertThat(seat.pulled()).as("our bid of 10 lots may be filled").isEmpty();

        fill(stage, bid(stage), 1, 10);
        stage.accept().after(1_100).top(0, 600_000, 600_010).accept();
        look(stage, stage.now, 10);
        assertThat(stage.heard()).noneMatch(line -> line.contains("DIFFERS") || line.contains("UNRECONCILED"));
        assertThat(seat.pulled()).isEmpty();

        look(stage, stage.now - 10 * DeskStage.SECOND, 15);
        assertThat(seat.pulled()).as("once more").isEmpty();
        stage.after(1_100).top(0, 600_000, 600_010);
        look(stage, stage.now - 10 * DeskStage.SECOND, 15);
        assertThat(seat.pulled()).as("no fill came").contains(Pulled.UNRECONCILED);
        assertThat(stage.desk.market(0).reconciled())
                .as("the risk is not in doubt yet")
                .isTrue();
    }

    @Test
    void aDifferenceThatNoFillOfOursCouldBeStopsQuotingAtOnce() {
        DeskStage stage = DeskStage.quoting().accept();
        Seat seat = stage.desk.seats(0).getFirst();
        stage.heard();
        look(stage, stage.now - 10 * DeskStage.SECOND, -11);

        assertThat(seat.pulled()).as("only 10 lots were offered").contains(Pulled.UNRECONCILED);
        assertThat(stage.heard())
                .contains("notice POSITION_DIFFERS 0 -11 0", "pulled 0 0 UNRECONCILED")
                .filteredOn(line -> line.startsWith("cancel"))
                .hasSize(2);
        stage.accept().after(1_100).top(0, 600_000, 600_010);
        look(stage, stage.now, 0);
        assertThat(seat.pulled()).as("both agree again").isEmpty();
        assertThat(stage.desk.breaker()).isEqualTo(BreakerState.NORMAL);
    }

    @Test
    void aDifferenceThatNobodyAnswersForStaysNoLongerThanFiveSeconds() {
        DeskStage stage = DeskStage.quoting().accept();
        stage.heard();
        look(stage, stage.now - 10 * DeskStage.SECOND, 5);
        for (int i = 0; i < 49; i++) {
            stage.after(100).top(0, 600_000, 600_010).accept();
        }
        assertThat(stage.desk.market(0).reconciled()).isTrue();
        stage.after(100).top(0, 600_000, 600_010);

        assertThat(stage.heard()).contains("notice POSITION_DIFFERS 0 5 0", "notice UNRECONCILED 0 5 0");
        assertThat(stage.desk.seats(0).getFirst().pulled()).contains(Pulled.UNRECONCILED);
    }

    @Test
    void whatTheVenueHoldsIsNotKnownBeforeItSaidSoAndNotHalfWay() {
        DeskStage stage = DeskStage.of();
        stage.desk.strategy(stage.now, 0, DeskStage.terms("", ""));
        stage.desk.connected(stage.now, 0);
        assertThat(stage.desk.told(0)).isFalse();
        assertThatThrownBy(() -> stage.desk.adopt(stage.now, 0, 600_000, "ana", "why"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the venue has not said yet what it holds: BTCUSDT");

        look(stage, stage.now, 7);
        assertThat(stage.desk.told(0)).isTrue();
        stage.desk.truth(stage.now, 0, stage.now);
        assertThat(stage.desk.venueLots(0)).as("what is being told is not told").isEqualTo(7);
        stage.desk.position(stage.now, 0, 9);
        stage.desk.truthEnds(stage.now, 0);
        assertThat(stage.desk.venueLots(0)).isEqualTo(9);
    }

    @Test
    void aDifferenceIsBookedOnceAndWithoutWhatWasFilledSince() {
        DeskStage stage = DeskStage.quoting().accept();
        look(stage, stage.now, 20);
        fill(stage, bid(stage), 1, 3);

        assertThat(stage.desk.adopt(stage.now, 0, 600_000, "ana", "from before the desk"))
                .isEqualTo(20);
        assertThat(stage.desk.adopt(stage.now, 0, 600_000, "ana", "a second click"))
                .isZero();
        assertThat(stage.position(0)).isEqualTo(23);
    }

    private static void look(DeskStage stage, long asOf, long position) {
        stage.desk.truth(stage.now, 0, asOf);
        stage.desk.position(stage.now, 0, position);
        stage.desk.truthEnds(stage.now, 0);
    }

    @Test
    void aPositionThatStaysAnotherStopsQuotingUntilAPersonBooksIt() {
        DeskStage stage = DeskStage.quoting().accept();
        stage.heard();
        for (int look = 0; look < 3; look++) {
            stage.after(1_100).top(0, 600_000, 600_010);
            wrong(stage);
        }

        assertThat(stage.heard()).contains("notice POSITION_DIFFERS 0 5 0", "notice UNRECONCILED 0 5 0");
        assertThat(stage.desk.seats(0).getFirst().pulled()).contains(Pulled.UNRECONCILED);

        assertThat(stage.desk.adopt(stage.now, 0, 600_000, "ana", "from before the desk"))
                .isEqualTo(5);
        stage.after(1_100).after(1_100).top(0, 600_000, 600_010);
        wrong(stage);

        assertThat(stage.position(0)).isEqualTo(5);
        assertThat(stage.heard()).contains("notice RECONCILED 0 5 5");
        assertThat(stage.desk.market(0).reconciled()).isTrue();
        assertThat(stage.desk.breaker()).as("what was not known was the worst").isEqualTo(BreakerState.HALTED);
    }

    private static void wrong(DeskStage stage) {
        look(stage, stage.now - 10 * DeskStage.SECOND, 5);
    }

    @Test
    void aForeignFillIsTheAccountsAndNobodys() {
        DeskStage stage = DeskStage.quoting().accept();
        stage.heard();

        stage.desk.filled(stage.now, 0, 0, 9, Side.SELL, 600_000, 7, 0, false);

        assertThat(stage.position(0)).isEqualTo(-7);
        assertThat(stage.desk.ledger().lots(0, 0)).isZero();
        assertThat(stage.desk.ledger().lots(stage.desk.ledger().house(), 0)).isEqualTo(-7);
        assertThat(stage.heard()).contains("notice FOREIGN_FILL 0 9 0");
    }

    @Test
    void aVenueThatIsGoneKeepsOurOrdersUnknownUntilItsTruth() {
        DeskStage stage = DeskStage.quoting().accept();
        long bid = bid(stage);
        long ask = stage.desk.orders().id(DeskTest.openSide(stage, Side.SELL));
        stage.heard();

        stage.desk.disconnected(stage.now, 0);
        assertThat(stage.heard())
                .contains("notice VENUE -1 0 0", "pulled 0 0 VENUE")
                .noneMatch(DeskStage::isSent);
        assertThat(state(stage, bid)).isEqualTo(OrderState.UNKNOWN);
        assertThat(stage.desk.gate().open()).isEqualTo(2);

        stage.after(500).top(0, 600_001, 600_011);
        stage.desk.connected(stage.now, 0);
        assertThat(stage.sent()).containsExactly("reconcile 0");

        long ticks = stage.desk.orders().ticks(stage.desk.orders().find(ask));
        stage.desk.truth(stage.now, 0, stage.now);
        stage.desk.openOrder(stage.now, ask, 0, Side.SELL, ticks, 10, 0);
        stage.desk.truthEnds(stage.now, 0);

        assertThat(state(stage, bid)).isEqualTo(OrderState.CANCELLED);
        assertThat(state(stage, ask).open()).isTrue();
        assertThat(stage.desk.seats(0).getFirst().pulled()).isEmpty();
        assertThat(stage.sent()).anyMatch(line -> line.contains("BUY"));
    }

    @Test
    void aTruthIsAskedForOnATimerAndAgainWhenItDoesNotCome() {
        DeskStage stage = DeskStage.quoting().accept();
        stage.heard();

        for (int i = 0; i < 61; i++) {
            stage.after(1_000).top(0, 600_001, 600_011).accept();
        }
        assertThat(stage.sent()).filteredOn(line -> line.equals("reconcile 0")).hasSize(1);

        for (int i = 0; i < 31; i++) {
            stage.after(1_000).top(0, 600_001, 600_011).accept();
        }
        assertThat(stage.heard())
                .anyMatch(line -> line.startsWith("notice NO_TRUTH"))
                .contains("reconcile 0");
    }
}
