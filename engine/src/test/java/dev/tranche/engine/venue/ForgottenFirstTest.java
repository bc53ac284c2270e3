package dev.tranche.engine.venue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Side;
import dev.tranche.market.order.Rejection;
import dev.tranche.market.order.TimeInForce;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// An order that is over is forgotten before the desk is told, which could otherwise change what is gone.
class ForgottenFirstTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long ID = 4;

    private final SentOrders sent = new SentOrders();
    private final List<String> known = new ArrayList<>();
    private final Told told = new Told() {
        @Override
        public void cancelled(long now, long id, int contract, long lots) {
            say(id);
        }

        @Override
        public void rejected(long now, long id, int contract, Rejection why) {
            say(id);
        }

        @Override
        public void filled(
                long now,
                long id,
                int contract,
                long trade,
                Side side,
                long ticks,
                long lots,
                long fee,
                boolean maker) {
            say(id);
        }

        private void say(long id) {
            known.add(id + (sent.get(id) == SentOrders.NONE ? " forgotten" : " known"));
        }
    };

    private void rest() {
        sent.put(ID, SentOrders.flags(Side.BUY, TimeInForce.POST_ONLY, false));
        sent.heard(ID);
    }

    @Test
    void atDeribitWhenItIsCancelledOrRejected() {
        DeribitReports reports = new DeribitReports(new Places(Fixtures.ALL, "deribit"), "t", sent, told, _ -> {});
        for (String state : List.of("cancelled", "rejected")) {
            rest();
            reports.order(1, JSON.readTree("""
                    {"label": "t4", "instrument_name": "BTC-PERPETUAL", "order_state": "%s", "filled_amount": 0}
                    """.formatted(state)));
        }
        assertThat(known).containsExactly("4 forgotten", "4 forgotten");
    }

    @Test
    void atBinanceWhenItIsCancelledExpiredOrFilled() {
        BinanceReports reports =
                new BinanceReports(new Places(Fixtures.ALL, "binance"), "t", sent, new VenueIds(), told);
        for (String execution : List.of("CANCELED", "EXPIRED", "TRADE")) {
            rest();
            reports.update(
                    1, JSON.readTree("""
                    {"s": "BTCUSDT", "c": "t4", "i": 9, "x": "%s", "X": "%s", "z": "0", "t": 1, "S": "BUY",
                     "L": "60000.00", "l": "0.001", "n": "0", "N": "USDT", "m": true}
                    """.formatted(execution, execution.equals("TRADE") ? "FILLED" : execution)));
        }
        rest();
        reports.result(
                1,
                ID,
                Fixtures.BTCUSDT,
                Asked.CANCEL,
                JSON.readTree("{\"orderId\": 9, \"status\": \"CANCELED\", \"executedQty\": \"0\"}"));
        assertThat(known).containsExactly("4 forgotten", "4 forgotten", "4 forgotten", "4 forgotten");
    }

    @Test
    void aPartialFillForgetsNothing() {
        BinanceReports reports =
                new BinanceReports(new Places(Fixtures.ALL, "binance"), "t", sent, new VenueIds(), told);
        rest();
        reports.update(1, JSON.readTree("""
                {"s": "BTCUSDT", "c": "t4", "i": 9, "x": "TRADE", "X": "PARTIALLY_FILLED", "t": 1, "S": "BUY",
                 "L": "60000.00", "l": "0.001", "n": "0", "N": "USDT", "m": true}
                """));
        assertThat(known).containsExactly("4 known");
    }

    @Test
    void anOrderOfWhichTheVenueSpokeOnlyAfterItWasAskedIsKept() {
        sent.put(1, SentOrders.flags(Side.BUY, TimeInForce.POST_ONLY, false));
        sent.heard(1L);
        Set<Long> heardOf = sent.heardOf();
        rest();
        sent.retain(heardOf, Set.of());
        assertThat(sent.get(1)).isEqualTo(SentOrders.NONE);
        assertThat(sent.get(ID)).isNotEqualTo(SentOrders.NONE);
    }
}
