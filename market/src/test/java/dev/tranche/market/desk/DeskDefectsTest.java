package dev.tranche.market.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.market.Side;
import dev.tranche.market.order.OrderState;
import dev.tranche.market.order.Orders;
import dev.tranche.market.order.Rejection;
import org.junit.jupiter.api.Test;

class DeskDefectsTest {
    private static DeskStage holding() {
        DeskStage stage = DeskStage.quoting().accept();
        stage.desk.filled(stage.now, 0, 0, 77, Side.BUY, 600_000, 20, 0, true);
        return stage.accord().accept();
    }

    private static DeskStage bought() {
        DeskStage stage = DeskStage.quoting().accept();
        Orders orders = stage.desk.orders();
        int slot = orders.firstOpen();
        while (orders.side(slot) != Side.BUY) {
            slot = orders.nextOpen(slot);
        }
        stage.desk.filled(stage.now, orders.id(slot), 0, 77, Side.BUY, orders.ticks(slot), 10, 0, true);
        return stage.accept();
    }

    @Test
    void aPositionIsNotBookedAwayWhileTheVenueIsStillSayingIt() {
        DeskStage stage = holding();
        stage.desk.truth(stage.now, 0, stage.now);

        assertThat(stage.desk.adopt(stage.now, 0, 600_000, "ana", "too early")).isZero();

        assertThat(stage.position(0)).isEqualTo(20);
    }

    @Test
    void aConnectionThatEndsInTheMiddleOfATruthLeavesTheOneBefore() {
        DeskStage stage = holding();
        stage.desk.truth(stage.now, 0, stage.now);
        stage.desk.disconnected(stage.now, 0);

        assertThat(stage.desk.adopt(stage.now, 0, 600_000, "ana", "nobody can be heard"))
                .isZero();

        assertThat(stage.position(0)).isEqualTo(20);
    }

    @Test
    void aFillSinceTheLastTruthIsNoDifferenceFromTheVenue() {
        DeskStage stage = bought();
        assertThat(stage.position(0)).isEqualTo(10);
        assertThat(stage.desk.venueLots(0)).isEqualTo(10);

        stage.desk.truth(stage.now, 0, stage.now);
        stage.desk.position(stage.now, 0, 13);
        stage.desk.truthEnds(stage.now, 0);
        assertThat(stage.desk.venueLots(0)).isEqualTo(13);
        stage.desk.adopt(stage.now, 0, 600_000, "ana", "nobody knows");
        assertThat(stage.desk.venueLots(0)).isEqualTo(13);
    }

    @Test
    void aVenueThatIsAskedTooMuchIsSentNothingNewAndWhatStandsWellStays() {
        DeskStage stage = DeskStage.quoting().accept();
        stage.after(100).top(0, 600_060, 600_070);
        assertThat(stage.placed).hasSize(2);
        boolean bidFirst = stage.desk.orders().side(stage.desk.orders().find(stage.placed.getFirst())) == Side.BUY;
        long bid = bidFirst ? stage.placed.getFirst() : stage.placed.getLast();
        long ask = bidFirst ? stage.placed.getLast() : stage.placed.getFirst();
        stage.desk.accepted(stage.now, bid, 0);
        stage.desk.rejected(stage.now, ask, 0, Rejection.RATE_LIMIT);
        stage.placed.clear();
        stage.accept().heard();

        stage.after(100).top(0, 600_060, 600_070).after(100);
        assertThat(stage.sent()).isEmpty();
        stage.top(0, 600_000, 600_010).after(100);
        assertThat(stage.sent()).containsExactly("cancel " + bid + " 0");

        stage.accept().after(900).top(0, 600_000, 600_010).after(100);
        assertThat(stage.sent()).filteredOn(line -> line.startsWith("place")).hasSize(2);
    }

    @Test
    void anotherVersionGoesOnWithALiquidation() {
        DeskStage stage = bought();
        stage.desk.liquidate(stage.now, 0, 0, "ana", "out of it");
        stage.accept();
        stage.desk.strategy(stage.now, 0, DeskStage.terms("", ""));
        stage.heard();

        stage.after(200).top(0, 600_000, 600_010).after(200);

        assertThat(stage.sent()).anyMatch(line -> line.contains("SELL") && line.contains("reduce only"));
        assertThat(stage.desk.seats(0).getFirst().pulled()).contains(Pulled.STOPPED);
        stage.desk.resume(stage.now, 0, "ana", "enough");
        assertThat(stage.desk.seats(0).getFirst().pulled()).isEmpty();
    }

    @Test
    void anOrderThatTheQuestionForTheTruthOvertookIsNotTakenForOver() {
        DeskStage stage = DeskStage.quoting().accept();
        stage.after(100).top(0, 600_100, 600_110);
        long id = stage.placed.getLast();
        stage.after(5);
        stage.desk.truth(stage.now, 0, stage.now);
        stage.desk.truthEnds(stage.now, 0);

        int slot = stage.desk.orders().find(id);
        assertThat(stage.desk.orders().state(slot)).isEqualTo(OrderState.PENDING_NEW);
        stage.desk.accepted(stage.now, id, 0);
        assertThat(stage.desk.orders().state(slot)).isEqualTo(OrderState.LIVE);
    }

    @Test
    void anOrderWithoutAnAnswerIsOverOnceATruthTakenLaterDoesNotHaveIt() {
        DeskStage stage = DeskStage.quoting().accept();
        stage.after(100).top(0, 600_100, 600_110);
        long id = stage.placed.getLast();
        stage.desk.truth(stage.now, 0, stage.now);
        stage.desk.truthEnds(stage.now, 0);
        stage.after(60_000);
        stage.desk.truth(stage.now, 0, stage.now);
        stage.desk.truthEnds(stage.now, 0);

        assertThat(stage.desk.orders().state(stage.desk.orders().find(id))).isEqualTo(OrderState.CANCELLED);
    }

    @Test
    void aPlaceOrAContractThatIsNotThereIsRefusedAndNothingChanges() {
        DeskStage stage = DeskStage.quoting();
        long before = stage.desk.hash();

        for (int place : new int[] {-1, 256}) {
            assertThatThrownBy(() -> stage.desk.strategy(stage.now, place, DeskStage.terms("", "")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("" + place);
            assertThatThrownBy(() -> stage.desk.stop(stage.now, place))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("" + place);
        }
        for (int contract : new int[] {-1, 2}) {
            assertThatThrownBy(() -> stage.desk.liquidate(stage.now, 0, contract, "ana", "out"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("0..1: " + contract);
            assertThatThrownBy(() -> stage.desk.adopt(stage.now, contract, 600_000, "ana", "in"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("0..1: " + contract);
        }
        assertThatThrownBy(() -> stage.desk.adopt(stage.now, 0, 0, "ana", "in"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 or more");
        assertThat(stage.desk.hash()).isEqualTo(before);
    }
}
