package dev.tranche.market.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import dev.tranche.market.account.Ledger;
import dev.tranche.market.account.Part;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.pricing.InverseOption;
import dev.tranche.market.pricing.OptionType;
import dev.tranche.market.risk.BreakerState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A desk that has nothing but coins: Deribit's options and the inverse perpetual.
class CoinDeskTest {
    private static final Instant EXPIRY = Instant.ofEpochSecond(1_700_000_000L + 30 * 86_400L);
    private static final double FORWARD = 60_000.5;
    private static final double[] STRIKES = {50_000, 54_000, 57_000, 60_000, 63_000, 66_000, 70_000};
    private static final int PERPETUAL = 0;
    /// The call at 60,000.
    private static final int CALL = 4;

    private static final String HEDGE =
            ",\"hedge\":{\"with\":[{\"venue\":\"deribit\",\"symbol\":\"BTC-PERPETUAL\"}],\"band\":0.01,"
                    + "\"normal\":0.02,\"urgent\":0.05,\"every\":\"1s\",\"most_share\":1,\"aversion\":1000,"
                    + "\"limits\":{\"quantity\":100000,\"position\":100000,\"collar_bps\":500}}";

    private static Contracts deribit() {
        List<Contract> all = new ArrayList<>();
        all.add(new Contract(
                new Instrument("BTC-PERPETUAL", 1, 0),
                "deribit",
                new Terms.Inverse("BTC", "USD", 1, true),
                5,
                10,
                10,
                Fees.NONE));
        for (double strike : STRIKES) {
            all.add(new Contract(
                    new Instrument("BTC-" + (int) strike + "-C", 4, 1),
                    "deribit",
                    new Terms.CoinOption("BTC", "BTC-PERPETUAL", new InverseOption(OptionType.CALL, strike, EXPIRY)),
                    5,
                    1,
                    1,
                    Fees.NONE));
        }
        return Contracts.of(all);
    }

    private static double price(DeskStage stage, double strike) {
        double k = Math.log(strike / FORWARD);
        return new InverseOption(OptionType.CALL, strike, EXPIRY)
                .mark(FORWARD, 0.6 - 0.2 * k + 0.3 * k * k, Instant.ofEpochSecond(0, stage.now))
                .price();
    }

    private static void options(DeskStage stage, boolean all) {
        for (int i = 0; i < STRIKES.length; i++) {
            if (all || i + 1 != CALL) {
                long middle = Math.round(price(stage, STRIKES[i]) * 1e4);
                stage.top(i + 1, middle - 10, middle + 10);
            }
        }
    }

    private static DeskStage stage(Capital capital, String more) {
        DeskStage stage = DeskStage.of(deribit(), DeskTerms.usual("btc_options", capital));
        String json = DeskStage.json(",\"vol_of_vol\":0.01", more)
                .replace(
                        "\"venue\":\"binance\",\"symbol\":\"BTCUSDT\"",
                        "\"venue\":\"deribit\",\"symbol\":\"BTC-60000-C\"")
                .replace("\"fair\":\"mid\"", "\"fair\":\"option_mark\"")
                .replace("\"size\":0.01", "\"size\":0.5")
                .replace("\"quantity\":0.05,\"position\":0.03", "\"quantity\":5,\"position\":2")
                .replace("\"collar_bps\":500", "\"collar_bps\":2000");
        stage.desk.strategy(stage.now, 0, StrategyTermsTest.read(json));
        stage.desk.connected(stage.now, 0);
        stage.desk.truth(stage.now, 0, stage.now);
        stage.desk.truthEnds(stage.now, 0);
        return stage;
    }

    private static DeskStage warm(DeskStage stage) {
        for (int i = 0; i < 40; i++) {
            stage.after(100);
            options(stage, true);
            stage.top(PERPETUAL, 600_000 + 5L * (i % 2), 600_010 + 5L * (i % 2)).accept();
        }
        stage.top(PERPETUAL, 600_000, 600_010).accept();
        return stage;
    }

    private static DeskStage quoting(String more) {
        return warm(stage(Capital.parse("5 BTC"), more));
    }

    @Test
    void nothingIsQuotedOrMeasuredBeforeTheCoinHasAPrice() {
        DeskStage stage = stage(Capital.of(Map.of("BTC", 5.0)), "");
        for (int i = 0; i < 30; i++) {
            options(stage.after(1_000), true);
        }

        assertThat(stage.desk.breaker()).isEqualTo(BreakerState.NORMAL);
        assertThat(stage.desk.seats(0).getFirst().pulled()).contains(Pulled.NO_INDEX);
        assertThat(stage.sent()).noneMatch(line -> line.startsWith("place"));

        warm(stage);

        assertThat(stage.desk.breaker()).isEqualTo(BreakerState.NORMAL);
        assertThat(stage.desk.seats(0).getFirst().pulled()).isEmpty();
        assertThat(stage.desk.ledger().equity()).isCloseTo(5 * FORWARD, within(1e-6));
    }

    @Test
    void optionsBoughtAreHedgedInTheInversePerpetualAndTheAccountAddsUp() {
        DeskStage stage = quoting(HEDGE);
        stage.desk.covariance(stage.now, "BTC", "BTC", 1e-7);
        long id = stage.desk.orders().id(DeskTest.openSide(stage, Side.BUY));
        stage.desk.filled(stage.now, id, CALL, 1, Side.BUY, 600, 5, 15_000, true);
        double delta = stage.desk.gate().delta(0, "BTC");
        stage.heard();

        String hedge = "";
        for (int i = 0; i < 30 && hedge.isEmpty(); i++) {
            stage.after(100);
            options(stage, true);
            stage.top(PERPETUAL, 600_000, 600_010);
            hedge = stage.sent().stream()
                    .filter(line -> line.contains("IMMEDIATE_OR_CANCEL"))
                    .findFirst()
                    .orElse("");
        }

        assertThat(hedge).contains(" 0 SELL ");
        String[] words = hedge.split(" ");
        long dollars = Long.parseLong(words[4].split("@")[0]);
        assertThat(dollars / FORWARD).isBetween(0.5 * delta, 1.01 * delta);
        long hedged = Long.parseLong(words[1]);
        stage.desk.accepted(stage.now, hedged, PERPETUAL);
        stage.desk.filled(stage.now, hedged, PERPETUAL, 1, Side.SELL, 600_000, dollars, 400, false);
        stage.desk.funding(stage.now, PERPETUAL, stage.now, -250);
        stage.top(PERPETUAL, 612_000, 612_010);
        options(stage, true);
        identities(stage.desk.ledger(), 61_200.5);
        assertThat(Math.abs(stage.desk.gate().delta(0, "BTC"))).isLessThan(0.6 * delta);
    }

    private static void identities(Ledger ledger, double coin) {
        double coins = 0;
        int whole = ledger.whole();
        for (int contract : new int[] {PERPETUAL, CALL}) {
            BigDecimal costs =
                    ledger.exact(Part.FEES, whole, contract).add(ledger.exact(Part.FUNDING, whole, contract));
            BigDecimal total = ledger.exact(Part.TOTAL, whole, contract);
            assertThat(ledger.exact(Part.CASH, whole, contract)
                            .add(ledger.exact(Part.MARK, whole, contract))
                            .subtract(costs))
                    .isEqualByComparingTo(total);
            assertThat(ledger.exact(Part.REALISED, whole, contract)
                            .add(ledger.exact(Part.UNREALISED, whole, contract))
                            .subtract(costs))
                    .isEqualByComparingTo(total);
            coins += total.doubleValue();
        }
        assertThat(coins).isNotZero();
        assertThat(ledger.deposited()).isCloseTo(5 * coin, within(1e-6));
        assertThat(ledger.capital()).as("of when it had its first price").isBetween(5 * 60_000.0, 5 * 60_001.5);
        assertThat(ledger.equity()).isCloseTo((5 + coins) * coin, within(1e-6));
    }

    @Test
    void equityAndDrawdownFallWithTheCoinAndTradingDoesNot() {
        DeskStage stage = quoting("");
        stage.desk.quoting(stage.now, false, "ana", "only the deposit");

        stage.top(PERPETUAL, 540_000, 540_010).after(1_100);

        Ledger ledger = stage.desk.ledger();
        assertThat(ledger.usd(Part.TOTAL, ledger.whole())).isZero();
        assertThat(stage.desk.risk().orElseThrow().track().drawdown()).isCloseTo(0.1, within(1e-4));
        assertThat(stage.desk.risk().orElseThrow().track().profit()).isCloseTo(-30_000, within(5.0));
        assertThat(stage.desk.gate().delta(0, "BTC"))
                .as("the deposit is no delta")
                .isZero();
    }

    @Test
    void anOptionWithoutABidOrAnAskIsQuotedByTheSmileOfTheOthers() {
        DeskStage stage = quoting("");
        double mark = price(stage, 60_000);

        stage.desk.market(CALL).top(stage.now / DeskStage.MILLI, stage.now, 1_000_000, 0, 0, 0, 0);
        stage.accept();
        Seat seat = stage.desk.seats(0).getFirst();

        assertThat(seat.pulled()).isEmpty();
        assertThat(seat.target().fair()).isCloseTo(mark, within(3e-4));
        assertThat(seat.standingTicks(Side.BUY, 0)).isBetween(Math.round(0.8e4 * mark), Math.round(1e4 * mark));

        for (int i = 0; i < 10; i++) {
            // The option is heard, its neighbours are not.
            stage.after(400).top(PERPETUAL, 600_000, 600_010);
            stage.desk.market(CALL).top(stage.now / DeskStage.MILLI, stage.now, 1_000_001 + i, 0, 0, 0, 0);
        }
        assertThat(seat.pulled()).contains(Pulled.BOOK);
    }

    @Test
    void aBidAboveTheMarkContradictsTheSmile() {
        DeskStage stage = quoting("");
        long high = Math.round(1.1e4 * price(stage, 60_000));

        stage.desk.market(CALL).top(stage.now / DeskStage.MILLI, stage.now, 1_000_000, high, 10, 0, 0);

        assertThat(stage.desk.seats(0).getFirst().pulled()).contains(Pulled.NO_FAIR_VALUE);
    }

    @Test
    void capitalIsReadAsItIsWritten() {
        assertThat(Capital.parse("100000")).isEqualTo(Capital.dollars(100_000));
        assertThat(Capital.parse("40 ETH, 0.5 BTC")).hasToString("0.5 BTC, 40 ETH");
        assertThat(Capital.parse(Capital.parse("2e3 USD, 5 BTC").toString()))
                .isEqualTo(Capital.of(Map.of("BTC", 5.0, "USD", 2_000.0)));
        for (String wrong : List.of("", "BTC", "5 BTC, 6 BTC", "5 BTC ETH", "5 btc", "0 BTC", "NaN", "1e12")) {
            assertThatThrownBy(() -> Capital.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("capital");
        }
        assertThatThrownBy(() -> DeskStage.of(deribit(), DeskTerms.usual("btc_options", Capital.parse("5 SOL"))))
                .hasMessageContaining("prices in dollars: SOL");
    }
}
