package dev.tranche.market.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.Instrument;
import dev.tranche.market.Trials;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.volatility.CovarianceTerms;
import dev.tranche.market.volatility.LiveCovariance;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CovarianceWatchTest {
    private static final long SECOND = 1_000_000_000L;
    private static final CovarianceTerms TERMS = CovarianceTerms.weighted(50, List.of(0.01, 0.02), 0.8);

    private static Contract contract(String base) {
        return new Contract(
                new Instrument(base + "USDT", 2, 3),
                "binance",
                new Terms.Linear(base, "USDT", true),
                1,
                1,
                1,
                Fees.NONE);
    }

    private static Assets assets() {
        return new Assets(Contracts.of(List.of(contract("ETH"), contract("BTC"))));
    }

    private static StrategyTerms.Covariance terms(String... names) {
        return new StrategyTerms.Covariance(Duration.ofMinutes(1), List.of(names), TERMS);
    }

    @Test
    void itSaysWhatTheEstimateSaysOfTheSameBars() {
        Assets assets = assets();
        CovarianceWatch watch = new CovarianceWatch(assets, terms("BTC", "ETH"));
        LiveCovariance live = LiveCovariance.of(TERMS);
        RandomGenerator random = Trials.chance(3);
        double[] close = {60_000, 3_000};
        double[] bar = new double[2];
        for (long minute = 0; minute < 200; minute++) {
            for (int i = 0; i < 2; i++) {
                double move = 1e-3 * random.nextGaussian();
                bar[i] = 100 * move;
                close[i] *= Math.exp(move);
            }
            if (minute > 0) {
                live.on(bar);
            }
            assets.price(assets.names().indexOf("BTC"), close[0]);
            assets.price(assets.names().indexOf("ETH"), close[1]);
            watch.time(minute * 60 * SECOND);
            assets.price(assets.names().indexOf("BTC"), close[0] * 1.1);
            watch.time((minute * 60 + 30) * SECOND);
        }
        int btc = assets.names().indexOf("BTC");
        int eth = assets.names().indexOf("ETH");
        double expected = live.covariance(0, 1) / 1e4 / 60;
        assertThat(watch.covariance(btc, eth)).isCloseTo(expected, within(1e-9 * Math.abs(expected)));
        assertThat(watch.covariance(eth, eth)).isCloseTo(live.covariance(1, 1) / 1e4 / 60, within(1e-12));
    }

    @Test
    void aBarWithoutAPriceOrAfterASilenceIsLeftOut() {
        Assets assets = assets();
        CovarianceWatch watch = new CovarianceWatch(assets, terms("ETH", "BTC"));
        double before = watch.covariance(0, 1);
        watch.time(0);
        assets.price(0, 3_000);
        watch.time(60 * SECOND);
        assets.price(1, 60_000);
        watch.time(120 * SECOND);
        watch.time(600 * SECOND);
        assertThat(watch.covariance(0, 1)).isEqualTo(before);
        watch.time(660 * SECOND);
        assertThat(watch.covariance(0, 0)).isLessThan(0.01 / 1e4 / 60);
    }

    @Test
    void assetsThatAreNotThereAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CovarianceWatch(assets(), terms("BTC", "SOL")))
                .withMessageContaining("[SOL]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> terms("BTC"))
                .withMessage("covariance: assets must name each of 2 series once: [BTC]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StrategyTerms.Covariance(Duration.ZERO, List.of("BTC", "ETH"), TERMS))
                .withMessageContaining("1s..1d: PT0S");
    }
}
