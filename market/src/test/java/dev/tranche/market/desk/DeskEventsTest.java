package dev.tranche.market.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.Side;
import dev.tranche.market.account.Ledger;
import dev.tranche.market.account.Part;
import dev.tranche.market.risk.BreakerState;
import dev.tranche.market.spread.Linear;
import dev.tranche.market.spread.SpreadReason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What happens to a desk while it quotes: another regime, another model, a halt, fills that change, funding, an
/// expiry.
class DeskEventsTest {
    private static final String DETECTOR = ",\"regime\":{\"low\":0.8,\"medium\":1,\"high\":1.5,\"detector\":{"
            + "\"bars\":\"1s\",\"window\":3,\"start\":[0.3,0.4,0.3],"
            + "\"move\":[[0.8,0.1,0.1],[0.1,0.8,0.1],[0.1,0.1,0.8]],"
            + "\"means\":[[0,0.00005],[0,0.0005],[0,0.005]],"
            + "\"covariances\":[[[1e-8,0],[0,1e-8]],[[1e-6,0],[0,1e-7]],[[5e-5,0],[0,5e-6]]],"
            + "\"persistence\":1,\"confidence\":0.5,\"hysteresis\":0.05}}";

    private static final String MODEL = ",\"spread\":{\"source\":\"model\",\"product\":\"btc_spread\",\"low_bps\":1.5,"
            + "\"high_bps\":100,\"late\":\"1ms\",\"base_bps\":20,\"reference_volatility\":100}";

    private static void bars(DeskStage stage, int count, long move) {
        for (int i = 0; i < count; i++) {
            stage.after(1_000).top(0, 600_000, 600_010);
            long ticks = 600_005 + (i % 2 == 0 ? move : -move);
            stage.desk.market(0).trade(stage.now / DeskStage.MILLI, stage.now, ++trade, ticks, 1, Side.BUY);
            stage.after(1).top(0, 600_000, 600_010).accept();
        }
    }

    private static long trade;

    @Test
    void aWildMarketWidensTheQuotesAndACalmOneNarrowsThem() {
        DeskStage stage = DeskStage.quoting(
                "", DETECTOR + ",\"spread\":{\"source\":\"heuristic\",\"low_bps\":12,\"high_bps\":12}");
        Seat seat = stage.desk.seats(0).getFirst();
        stage.heard();
        double usual = seat.target().half();

        bars(stage, 12, 3_000);

        assertThat(stage.heard()).contains("regime 0 0 1 2");
        assertThat(seat.regime()).isEqualTo(2);
        assertThat(seat.target().half()).isCloseTo(1.5 * usual, within(1e-9));

        bars(stage, 40, 1);

        assertThat(stage.heard().stream().filter(line -> line.startsWith("regime")))
                .last()
                .asString()
                .endsWith(" 0");
        assertThat(seat.target().half()).isCloseTo(0.8 * usual, within(1e-9));
    }

    private static void samples(DeskStage stage, int count) {
        for (int i = 0; i < count; i++) {
            stage.after(100).top(0, 600_000 + i % 2, 600_010 + i % 2).accept();
        }
    }

    @Test
    void aModelComesAndGoesUnderQuotesAndWhatStandsInHasAReason() {
        DeskStage stage = DeskStage.quoting("", MODEL);
        Seat seat = stage.desk.seats(0).getFirst();
        assertThat(stage.heard()).contains("spread 0 0 no_model");
        samples(stage, 30);

        stage.desk.spreadModel(
                stage.now, "btc_spread", Optional.of(Linear.usual().open()));
        samples(stage, 30);
        assertThat(stage.heard()).contains("spread 0 0 model");
        assertThat(seat.reason()).isEqualTo(SpreadReason.MODEL);
        assertThat(seat.target().formula()).as("2 basis points, half").isCloseTo(1, within(1e-9));

        stands(stage, "intercept=\"2\"", "intercept=\"900\"", SpreadReason.TOO_HIGH, 50);
        stands(stage, "intercept=\"2\"", "intercept=\"0.1\"", SpreadReason.RAISED, 0.75);
        stands(stage, "intercept=\"2\"", "intercept=\"-4\"", SpreadReason.TOO_LOW, 0.75);
        stands(stage, "intercept=\"2\"", "intercept=\"1e308\"", SpreadReason.TOO_HIGH, 50);
        stands(stage, OVERFLOWING.get(0), OVERFLOWING.get(1), SpreadReason.NOT_A_NUMBER, 0.75);
        stage.desk.spreadModel(stage.now, "btc_spread", Optional.empty());
        samples(stage, 2);
        assertThat(seat.reason()).isEqualTo(SpreadReason.NO_MODEL);
        assertThat(seat.pulled()).as("it quotes all the while").isEmpty();
    }

    private static final List<String> OVERFLOWING = List.of(
            "<RegressionTable intercept=\"2\">",
            "<RegressionTable intercept=\"-1.7e308\"><NumericPredictor name=\"sample_millis\" coefficient=\"-1.7e308\"/>");

    private static void stands(DeskStage stage, String from, String to, SpreadReason why, double half) {
        Seat seat = stage.desk.seats(0).getFirst();
        stage.heard();
        stage.desk.spreadModel(
                stage.now,
                "btc_spread",
                Optional.of(Linear.usual().with("model.pmml", from, to).open()));
        samples(stage, 3);
        assertThat(stage.heard()).contains("spread 0 0 " + why);
        assertThat(seat.target().formula()).isCloseTo(half, within(1e-9));
        assertThat(seat.pulled()).isEmpty();
    }

    @Test
    void aFeatureWithoutAValueMakesTheHeuristicStandInAndNoPriceIsEverWithoutAValue() {
        DeskStage stage = DeskStage.quoting("", MODEL);
        stage.quotes = true;
        Seat seat = stage.desk.seats(0).getFirst();
        samples(stage, 30);
        stage.desk.spreadModel(
                stage.now,
                "btc_spread",
                Optional.of(Linear.usual()
                        .with("features.json", "current_imbalance", "depth_imbalance")
                        .with("model.pmml", "current_imbalance", "depth_imbalance")
                        .open()));
        stage.heard();

        samples(stage, 3);

        assertThat(seat.reason()).as("best prices alone have no depth").isEqualTo(SpreadReason.MISSING_FEATURE);
        assertThat(stage.heard())
                .containsOnlyOnce("spread 0 0 missing_feature")
                .noneMatch(line -> line.contains("NaN"))
                .filteredOn(line -> line.startsWith("place"))
                .allMatch(line -> line.matches("place [0-9]+ 0 (BUY|SELL) 10@[56][0-9]{5}"))
                .isNotEmpty();
        assertThat(seat.pulled()).isEmpty();
        assertThat(seat.spreads(SpreadReason.MISSING_FEATURE)).isPositive();
    }

    @Test
    void anAnswerThatCameLateOrAFeatureOutsideIsNotUsed() {
        DeskStage stage = DeskStage.quoting("", MODEL);
        Seat seat = stage.desk.seats(0).getFirst();
        stage.desk.spreadModel(
                stage.now, "btc_spread", Optional.of(Linear.usual().open()));
        samples(stage, 30);
        assertThat(seat.reason()).isEqualTo(SpreadReason.MODEL);
        stage.heard();

        stage.desk.took(stage.now, 0, 2 * DeskStage.MILLI);
        stage.after(10).top(0, 600_010, 600_020);
        assertThat(stage.heard()).contains("spread 0 0 late");

        samples(stage, 3);
        assertThat(seat.reason()).as("the next answer was in time").isEqualTo(SpreadReason.MODEL);

        for (int i = 0; i < 3; i++) {
            // All of the quantity on one side: an imbalance that the model was never shown.
            stage.after(100);
            stage.desk.market(0).top(stage.now / DeskStage.MILLI, stage.now, 900_000 + i, 600_000, 99_000, 600_010, 1);
        }
        assertThat(stage.heard()).contains("spread 0 0 feature_outside");
        assertThat(seat.pulled()).isEmpty();
    }

    @Test
    void inAHaltPositionsAreOnlyReducedAndOnlyByLiquidation() {
        DeskStage stage = DeskStage.of(DeskTerms.usual("btc_mm", 2_000)).begin(DeskStage.terms("", ""));
        stage.accept();
        long bid = stage.desk.orders().id(DeskTest.openSide(stage, Side.BUY));
        stage.desk.filled(stage.now, bid, 0, 1, Side.BUY, 599_880, 10, 0, true);
        stage.accept();
        for (int i = 0; i < 3; i++) {
            stage.after(1_100).top(0, 300_000, 300_010).accept();
        }
        assertThat(stage.desk.breaker()).isEqualTo(BreakerState.HALTED);
        assertThat(stage.desk.orders().open()).isZero();
        stage.heard();

        stage.after(500).top(0, 300_000, 300_010);
        assertThat(stage.sent()).as("HALTED sends nothing by itself").isEmpty();
        stage.desk.liquidate(stage.now, 0, 0, "ana", "the halt stays");
        stage.after(100).top(0, 300_000, 300_010).after(100);
        String order = stage.sent().getFirst();
        assertThat(order).contains(" SELL 10@").endsWith("IMMEDIATE_OR_CANCEL reduce only");

        long id = Long.parseLong(order.split(" ")[1]);
        stage.desk.accepted(stage.now, id, 0);
        stage.desk.filled(stage.now, id, 0, 2, Side.SELL, 300_000, 4, 0, false);
        stage.desk.cancelled(stage.now, id, 0, 4);
        stage.placed.clear();
        stage.after(2_000).top(0, 300_000, 300_010).after(100);
        order = stage.sent().stream()
                .filter(line -> line.startsWith("place"))
                .findFirst()
                .orElseThrow();
        assertThat(order).as("what is left and no more").contains(" SELL 6@");
        id = Long.parseLong(order.split(" ")[1]);
        stage.desk.accepted(stage.now, id, 0);
        stage.desk.filled(stage.now, id, 0, 3, Side.SELL, 300_000, 6, 0, false);
        stage.placed.clear();
        stage.after(2_000).top(0, 300_000, 300_010).after(2_000).top(0, 300_000, 300_010);
        assertThat(stage.position(0)).isZero();
        assertThat(stage.sent()).noneMatch(line -> line.startsWith("place"));
    }

    @Test
    void aFillIsCorrectedAndTakenBackAndThePositionAndMoneyFollow() {
        DeskStage stage = DeskStage.quoting().accept();
        Ledger ledger = stage.desk.ledger();
        long bid = stage.desk.orders().id(DeskTest.openSide(stage, Side.BUY));
        stage.desk.filled(stage.now, bid, 0, 7, Side.BUY, 599_880, 10, 1_000, true);
        stage.accept();
        assertThat(stage.position(0)).isEqualTo(10);
        stage.heard();

        stage.desk.corrected(stage.now, 0, 7, 599_870, 6, 600);
        assertThat(stage.position(0)).isEqualTo(6);
        assertThat(ledger.lots(0, 0)).isEqualTo(6);
        assertThat(ledger.entry(0, 0)).isEqualTo(59_987);
        assertThat(ledger.exact(Part.FEES, 0, 0)).isEqualByComparingTo("0.000006");
        stage.after(1_100);
        assertThat(stage.heard()).as("the venue's own word is asked for").contains("reconcile 0");

        stage.desk.corrected(stage.now, 0, 7, 599_870, 6, 600);
        assertThat(stage.position(0)).as("a repetition").isEqualTo(6);

        stage.desk.corrected(stage.now, 0, 7, 599_870, 0, 0);
        assertThat(stage.position(0)).as("a bust").isZero();
        assertThat(ledger.usd(Part.TOTAL, ledger.whole())).isZero();
        assertThat(stage.desk.gate().delta(0, "BTC")).isZero();

        stage.desk.filled(stage.now, bid, 0, 7, Side.BUY, 599_880, 10, 1_000, true);
        assertThat(stage.position(0)).as("what was taken back stays so").isZero();
    }

    @Test
    void fundingAndSettlementReachTheAccount() {
        DeskStage stage = DeskStage.quoting().accept();
        Ledger ledger = stage.desk.ledger();
        long bid = stage.desk.orders().id(DeskTest.openSide(stage, Side.BUY));
        stage.desk.filled(stage.now, bid, 0, 7, Side.BUY, 600_000, 10, 0, true);
        stage.accept();

        stage.desk.funding(stage.now, 0, stage.now, 3_00000000L);
        stage.desk.funding(stage.now + 1, 0, stage.now, 3_00000000L);
        assertThat(ledger.exact(Part.FUNDING, 0, 0)).isEqualByComparingTo("3");
        stage.desk.settled(stage.now, 0, 610_000);

        assertThat(stage.position(0)).isZero();
        // 0.01 coins from 60,000 to 61,000 dollars, less three of funding.
        assertThat(ledger.usd(Part.TOTAL, 0)).isCloseTo(7, within(1e-9));
        assertThat(ledger.equity()).isCloseTo(100_007, within(1e-6));
        stage.desk.settled(stage.now, 0, 610_000);
        assertThat(ledger.equity()).as("once").isCloseTo(100_007, within(1e-6));
    }
}
