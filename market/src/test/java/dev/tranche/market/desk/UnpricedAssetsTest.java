package dev.tranche.market.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.Side;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.order.Orders;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnpricedAssetsTest {
    private static final Fees FREE = new Fees(0, 0, Double.POSITIVE_INFINITY);
    private static final Contracts THREE = Contracts.of(List.of(
            DeskStage.perpetual("BTCUSDT", "BTC", FREE),
            DeskStage.perpetual("ETHUSDT", "ETH", FREE),
            DeskStage.perpetual("SOLUSDT", "SOL", FREE)));
    private static final int BTC = 0;
    private static final int ETH = 1;
    private static final int SOL = 2;

    private long now;

    @Test
    void covariancesOfPricedAssetsAreKnownThoughAnotherIsNeverPriced() {
        Assets assets = new Assets(THREE);
        samples(assets, 120, false);

        // Moves of one per cent up and down each second, and of half a per cent with them.
        assertThat(assets.covariance(BTC, BTC)).isEqualTo(1e-4, within(2e-6));
        assertThat(assets.covariance(BTC, ETH)).isEqualTo(0.5e-4, within(2e-6));
        assertThat(assets.covariance(SOL, SOL)).isNaN();
        assertThat(assets.covariance(BTC, SOL)).isNaN();
    }

    @Test
    void anAssetThatIsPricedLaterHasItsOwnVarianceAtOnceAndTheMatrixStaysACovariance() {
        Assets assets = new Assets(THREE);
        samples(assets, 600, false);
        samples(assets, 60, true);

        assertThat(assets.covariance(SOL, SOL)).isEqualTo(4e-4, within(8e-6));
        double both = assets.covariance(BTC, SOL);
        assertThat(both * both)
                .isPositive()
                .isLessThanOrEqualTo(assets.covariance(BTC, BTC) * assets.covariance(SOL, SOL));
        samples(assets, 3000, true);
        assertThat(assets.covariance(BTC, SOL)).isEqualTo(2e-4, within(4e-6));
    }

    private void samples(Assets assets, int seconds, boolean all) {
        for (int i = 0; i < seconds; i++) {
            double move = i % 2 == 0 ? 0.01 : 0;
            assets.price(BTC, 60_000 * Math.exp(move));
            assets.price(ETH, 3000 * Math.exp(move / 2));
            if (all) {
                assets.price(SOL, 200 * Math.exp(2 * move));
            }
            now += DeskStage.SECOND;
            assets.time(now);
        }
    }

    @Test
    void whatHasAPriceIsHedgedAndWhatHasNoneIsNamed() {
        String leg = "{\"venue\":\"binance\",\"symbol\":\"";
        String hedge = ",\"hedge\":{\"with\":[" + leg + "ETHUSDT\"}," + leg + "SOLUSDT\"}],\"band\":0.001,"
                + "\"normal\":0.002,\"urgent\":0.004,\"every\":\"1s\",\"most_share\":1,\"aversion\":1000,"
                + "\"limits\":{\"quantity\":1,\"position\":1,\"collar_bps\":500}}";
        DeskStage stage = DeskStage.of(THREE).begin(DeskStage.terms("", hedge)).accept();
        int slot = stage.desk.orders().firstOpen();
        Orders orders = stage.desk.orders();
        while (orders.side(slot) != Side.BUY) {
            slot = orders.nextOpen(slot);
        }
        stage.desk.filled(stage.now, orders.id(slot), BTC, 1, Side.BUY, orders.ticks(slot), 10, 0, true);

        for (int i = 0; i < 40; i++) {
            stage.after(1000).top(BTC, 600_000 + i % 2 * 60, 600_010 + i % 2 * 60);
            stage.top(ETH, 30_000 + i % 2 * 9 + i % 3, 30_002 + i % 2 * 9 + i % 3)
                    .accept();
        }

        List<String> heard = stage.heard();
        assertThat(heard).anyMatch(line -> line.matches("place \\d+ 1 SELL .* IMMEDIATE_OR_CANCEL"));
        assertThat(heard).noneMatch(line -> line.matches("place \\d+ 2 .*"));
        assertThat(heard).filteredOn(line -> line.contains("UNPRICED")).containsExactly("notice UNPRICED 2 0 0");
    }
}
