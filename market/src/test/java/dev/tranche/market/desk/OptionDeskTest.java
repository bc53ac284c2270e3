package dev.tranche.market.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.pricing.InverseOption;
import dev.tranche.market.pricing.OptionType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A desk that quotes options in coin by the smile of their own market, and hedges them.
class OptionDeskTest {
    private static final Instant EXPIRY = Instant.ofEpochSecond(1_700_000_000L + 30 * 86_400L);
    private static final double FORWARD = 60_000.5;
    private static final double[] STRIKES = {50_000, 54_000, 57_000, 60_000, 63_000, 66_000, 70_000};

    /// The perpetual, then the calls.
    private static Contracts chain() {
        List<Contract> all = new ArrayList<>();
        all.add(DeskStage.perpetual("BTCUSDT", "BTC", Fees.NONE));
        for (double strike : STRIKES) {
            all.add(new Contract(
                    new Instrument("BTC-" + (int) strike + "-C", 4, 1),
                    "binance",
                    new Terms.CoinOption("BTC", "BTCUSDT", new InverseOption(OptionType.CALL, strike, EXPIRY)),
                    5,
                    1,
                    1,
                    Fees.NONE));
        }
        return Contracts.of(all);
    }

    /// A smile with a skew: 60 % at the money.
    private static double volatility(double strike) {
        double k = Math.log(strike / FORWARD);
        return 0.6 - 0.2 * k + 0.3 * k * k;
    }

    private static double price(DeskStage stage, double strike) {
        return new InverseOption(OptionType.CALL, strike, EXPIRY)
                .mark(FORWARD, volatility(strike), Instant.ofEpochSecond(0, stage.now))
                .price();
    }

    /// Two ticks around its value for each option but the one at 60,000, whose market is wide.
    private static void markets(DeskStage stage) {
        stage.top(0, 600_000, 600_010);
        for (int i = 0; i < STRIKES.length; i++) {
            long middle = Math.round(price(stage, STRIKES[i]) * 1e4);
            long wide = STRIKES[i] == 60_000 ? 60 : 10;
            stage.top(i + 1, middle - wide, middle + wide);
        }
    }

    private static DeskStage quoting(String more) {
        DeskStage stage = DeskStage.of(chain());
        String json = DeskStage.json(",\"vol_of_vol\":0.01", more)
                .replace(
                        "\"symbol\":\"BTCUSDT\"}],\"fair\":\"mid\"",
                        "\"symbol\":\"BTC-60000-C\"}],\"fair\":\"option_mark\"")
                .replace("\"size\":0.01", "\"size\":0.5")
                .replace("\"quantity\":0.05,\"position\":0.03", "\"quantity\":5,\"position\":2")
                .replace("\"collar_bps\":500", "\"collar_bps\":9000");
        stage.desk.strategy(stage.now, 0, StrategyTermsTest.read(json));
        stage.desk.connected(stage.now, 0);
        stage.desk.truth(stage.now, 0, stage.now);
        stage.desk.truthEnds(stage.now, 0);
        for (int i = 0; i < 40; i++) {
            stage.after(100);
            markets(stage);
            stage.top(0, 600_000 + i % 2, 600_010 + i % 2).accept();
        }
        return stage;
    }

    @Test
    void anOptionIsQuotedAroundTheSmileOfItsNeighbours() {
        DeskStage stage = quoting("");
        Seat seat = stage.desk.seats(0).getFirst();

        assertThat(seat.pulled()).isEmpty();
        assertThat(seat.target().fair()).isCloseTo(price(stage, 60_000), within(3e-4));
        assertThat(seat.standingTicks(Side.BUY, 0))
                .isPositive()
                .isLessThan(Math.round(1e4 * seat.target().fair()));
        assertThat(seat.standingTicks(Side.SELL, 0))
                .isGreaterThan(Math.round(1e4 * seat.target().fair()));
        assertThat(seat.standingTicks(Side.BUY, 0) % 5).isZero();
    }

    @Test
    void anOptionBoughtMovesItsQuotesDownAndCountsInDeltaAndVega() {
        DeskStage stage = quoting("");
        Seat seat = stage.desk.seats(0).getFirst();
        long id = stage.desk.orders().id(DeskTest.openSide(stage, Side.BUY));

        stage.desk.filled(stage.now, id, 4, 1, Side.BUY, seat.standingTicks(Side.BUY, 0), 5, 0, true);
        stage.accept();

        assertThat(stage.desk.gate().delta(0, "BTC")).isBetween(0.15, 0.35);
        assertThat(stage.desk.gate().vega(0, "BTC")).isPositive();
        assertThat(seat.target().inventory()).isCloseTo(0.5, within(1e-6));
        assertThat(seat.target().shift()).isNegative();
    }

    @Test
    void whatIsBoughtInOptionsIsSoldInThePerpetual() {
        DeskStage stage = quoting(",\"hedge\":{\"with\":[{\"venue\":\"binance\",\"symbol\":\"BTCUSDT\"}],\"band\":0.01,"
                + "\"normal\":0.02,\"urgent\":0.05,\"every\":\"1s\",\"most_share\":1,\"aversion\":1000}");
        stage.desk.covariance(stage.now, "BTC", "BTC", 1e-7);
        long id = stage.desk.orders().id(DeskTest.openSide(stage, Side.BUY));
        stage.desk.filled(stage.now, id, 4, 1, Side.BUY, 600, 5, 0, true);
        stage.heard();
        double delta = stage.desk.gate().delta(0, "BTC");

        for (int i = 0; i < 30; i++) {
            stage.after(100);
            markets(stage);
            stage.accept();
        }

        String hedge = stage.sent().stream()
                .filter(line -> line.contains("IMMEDIATE_OR_CANCEL"))
                .findFirst()
                .orElseThrow();
        assertThat(hedge).contains(" 0 SELL ");
        double coins = Long.parseLong(hedge.split(" ")[4].split("@")[0]) / 1e3;
        assertThat(coins).isBetween(0.5 * delta, 1.01 * delta);
        assertThat(stage.desk.hedges(0)).isPositive();
    }

    @Test
    void inTheLastHalfHourTheMarkIsAnAverageAndNothingIsQuotedByIt() {
        DeskStage stage = quoting("");
        stage.now = EXPIRY.getEpochSecond() * DeskStage.SECOND - 1_700 * DeskStage.SECOND;
        stage.top(0, 600_000, 600_010).top(4, 590, 620);

        assertThat(stage.desk.seats(0).getFirst().pulled()).contains(Pulled.NO_FAIR_VALUE);
    }
}
