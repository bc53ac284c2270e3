package dev.tranche.market.desk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.market.quoting.AvellanedaStoikov;
import dev.tranche.market.quoting.Glft;
import dev.tranche.market.risk.BreakerLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategyTermsTest {
    static final String LEAST = """
            {"strategy":{"name":"btc_mm_glft_v1.0","quotes":[{"venue":"binance","symbol":"BTCUSDT"}],"fair":"mid",
            "quoting":{"model":"glft","gamma":0.1,"arrival_a":1.2,"arrival_k":0.5,"size":0.01},
            "limits":{"quantity":0.05,"position":0.2,"collar_bps":200}}}""";

    private static final String WHOLE = """
            {"breaker":{"daily_loss_warning":0.03,"daily_loss_limit":0.05,"cooldown":"10m"},
            "strategy":{"name":"btc_mm_as_v2.1",
            "quotes":[{"venue":"binance","symbol":"BTCUSDT"},{"venue":"deribit","symbol":"BTC-PERPETUAL"}],
            "fair":"micro",
            "quoting":{"model":"avellaneda_stoikov","gamma":0.2,"arrival_a":2,"arrival_k":0.4,"horizon":"60s",
              "size":0.02,"levels":3,"level_step_bps":2,"least_spread_bps":1,"most_spread_bps":90,
              "most_shift_bps":20,"refresh":"0ms","move_ticks":5,"stale":"500ms","late":"300ms","amend":true,
              "vol_of_vol":0.02,"correlation":-0.4},
            "spread":{"source":"model","product":"btc_spread","low_bps":2,"high_bps":50,"late":"500us","stale":"3s",
              "sample":"200ms","base_bps":10,"reference_volatility":0.6},
            "volatility":{"sample":"500ms","half_life":"2m","warm":20},
            "regime":{"low":0.7,"medium":1.1,"high":2,"detector":{"bars":"5m","window":30,
              "start":[0.2,0.5,0.3],"move":[[0.9,0.05,0.05],[0.05,0.9,0.05],[0.05,0.05,0.9]],
              "means":[[0,0.001],[0,0.002],[0,0.004]],
              "covariances":[[[1e-6,0],[0,1e-7]],[[4e-6,0],[0,4e-7]],[[9e-6,0],[0,9e-7]]],
              "persistence":2,"confidence":0.6,"hysteresis":0.2}},
            "hedge":{"with":[{"venue":"binance","symbol":"ETHUSDT"}],"scale":{"BTC":1,"ETH":20},"band":0.05,
              "normal":0.1,"urgent":0.15,"most_share":0.4,"every":"10m","lasts":"20m","aversion":0.05,"least":0.002,
              "covariance":{"bars":"1m","assets":["BTC","ETH"],"form":"garch",
                "parameters":[[0,0.01,0.1,0.85],[0,0.02,0.1,0.85]],"presample":[0.2,0.4],"a":0.04,"b":0.93,
                "mean":[[1,0.8],[0.8,1]]}},
            "limits":{"quantity":0.05,"notional":5000,"position":0.2,"open":20000,"collar_bps":150,"collar_ticks":3,
              "reference_age":"1s","orders_a_second":50,"executions":20,"execution_window":"2s","duplicate":"100ms",
              "delta":1,"gamma":0.1,"vega":100}}}""";

    static StrategyTerms read(String json) {
        return StrategyTerms.read(json.getBytes(UTF_8));
    }

    @Test
    void whatIsLeftOutIsAsTheReferenceSays() {
        StrategyTerms terms = read(LEAST);

        assertThat(terms.name()).isEqualTo("btc_mm_glft_v1.0");
        assertThat(terms.fair()).isEqualTo(Fair.MID);
        assertThat(terms.quoting().theory()).isEqualTo(Glft.of(0.1, 1.2, 0.5, 0.01));
        assertThat(terms.quoting().refresh()).isEqualTo(Duration.ofMillis(50));
        assertThat(terms.quoting().stale()).isEqualTo(Duration.ofSeconds(2));
        assertThat(terms.spread()).isEqualTo(StrategyTerms.Spread.THEORY);
        assertThat(terms.volatility()).isEqualTo(StrategyTerms.Volatility.USUAL);
        assertThat(terms.regime()).isEqualTo(StrategyTerms.Regime.SEED);
        assertThat(terms.hedge()).isEmpty();
        assertThat(terms.breaker()).isEmpty();
        assertThat(terms.limits().collar()).isEqualTo(0.02);
        assertThat(terms.limits().notional()).isInfinite();
        assertThat(terms.limits().ordersASecond()).isEqualTo(100);
    }

    @Test
    void everyKeyIsRead() {
        StrategyTerms terms = read(WHOLE);

        assertThat(terms.quotes())
                .containsExactly(
                        new StrategyTerms.Named("binance", "BTCUSDT"),
                        new StrategyTerms.Named("deribit", "BTC-PERPETUAL"));
        assertThat(terms.fair()).isEqualTo(Fair.MICRO);
        assertThat(terms.quoting().theory()).isEqualTo(new AvellanedaStoikov(0.2, 0.4, 0.02));
        assertThat(terms.quoting().levels()).isEqualTo(3);
        assertThat(terms.quoting().amend()).isTrue();
        assertThat(terms.quoting().mostShiftBps()).isEqualTo(20);
        assertThat(terms.quoting().correlation()).isEqualTo(-0.4);
        assertThat(terms.spread().source()).isEqualTo(StrategyTerms.Source.MODEL);
        assertThat(terms.spread().product()).isEqualTo("btc_spread");
        assertThat(terms.spread().limits().lateNanos()).isEqualTo(500_000);
        assertThat(terms.spread().sample()).isEqualTo(Duration.ofMillis(200));
        assertThat(terms.volatility())
                .isEqualTo(new StrategyTerms.Volatility(Duration.ofMillis(500), Duration.ofMinutes(2), 20));
        assertThat(terms.regime().multiplier(2)).isEqualTo(2);
        assertThat(terms.regime().detector().orElseThrow().window()).isEqualTo(30);
        StrategyTerms.Covariance covariance =
                terms.hedge().orElseThrow().covariance().orElseThrow();
        assertThat(covariance.bars()).isEqualTo(Duration.ofMinutes(1));
        assertThat(covariance.assets()).containsExactly("BTC", "ETH");
        assertThat(covariance.terms().b()).isEqualTo(0.93);
        assertThat(terms.regime().detector().orElseThrow().change().persistence())
                .isEqualTo(2);
        assertThat(terms.hedge().orElseThrow().scales()).isEqualTo(Map.of("BTC", 1.0, "ETH", 20.0));
        assertThat(terms.hedge().orElseThrow().terms().mostShare()).isEqualTo(0.4);
        assertThat(terms.hedge().orElseThrow().terms().seconds()).isEqualTo(1200);
        assertThat(terms.limits().executions()).isEqualTo(20);
        assertThat(terms.limits().stale()).isEqualTo(Duration.ofSeconds(1));
        assertThat(terms.limits().vega()).isEqualTo(100);
        BreakerLimits breaker = terms.breaker().orElseThrow();
        assertThat(breaker.dailyLossLimit()).isEqualTo(0.05);
        assertThat(breaker.cooldown()).isEqualTo(Duration.ofMinutes(10));
        assertThat(breaker.drawdownLimit()).isEqualTo(BreakerLimits.SEED.drawdownLimit());
    }

    @Test
    void termsAreTheSameTextInEveryProcess() {
        // Read in another order than that of the names; a map that is hashed has another order in each process.
        String scales = "\"scale\":{\"XRP\":6,\"SOL\":5,\"ETH\":4,\"DOGE\":3,\"BTC\":2,\"ADA\":1}";
        StrategyTerms terms = read(WHOLE.replace("\"scale\":{\"BTC\":1,\"ETH\":20}", scales));

        assertThat(terms.toString()).contains("scales={ADA=1.0, BTC=2.0, DOGE=3.0, ETH=4.0, SOL=5.0, XRP=6.0}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"gamma\":0.1 | \"gama\":0.1 | quoting needs the key \"gamma\"",
                "\"size\":0.01 | \"size\":0.01,\"sizes\":1 | quoting has no key \"sizes\"",
                "\"fair\":\"mid\" | \"fair\":\"middle\" | \"middle\"",
                "\"gamma\":0.1 | \"gamma\":-1 | gamma must be above 0: -1.0",
                "\"size\":0.01 | \"size\":0.01,\"levels\":9 | levels must be within 1.0..8.0: 9.0",
                "\"size\":0.01 | \"size\":0.01,\"levels\":1.5 | must be a whole number",
                "\"size\":0.01 | \"size\":0.01,\"refresh\":\"50\" | must be a duration like",
                "\"position\":0.2 | \"position\":0 | position must be above 0: 0.0",
                "\"quotes\":[{\"venue\":\"binance\"\\,\"symbol\":\"BTCUSDT\"}] | \"quotes\":[] | at least 1 contract",
            })
    void whatIsWrongIsRefusedByItsName(String right, String wrong, String said) {
        String text = LEAST.replace(right.replace("\\", ""), wrong);

        assertThat(text).isNotEqualTo(LEAST);
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }

    @Test
    void anUnknownSectionIsRefusedByItsName() {
        assertThatThrownBy(() -> read(LEAST.replace("\"limits\"", "\"kill\":{},\"limits\"")))
                .hasMessageContaining("strategy has no key \"kill\"");
        assertThatThrownBy(() -> read(LEAST.replace("{\"strategy\"", "{\"name\":1,\"strategy\"")))
                .hasMessageContaining("strategy.yaml has no key \"name\"");
    }

    @Test
    void aModelNeedsItsProduct() {
        assertThatThrownBy(() -> read(LEAST.replace("\"limits\"", "\"spread\":{\"source\":\"model\"},\"limits\"")))
                .hasMessageContaining("spread needs the key \"product\"");
    }

    @Test
    void aDetectorHasThreeStatesAndTwoFeatures() {
        String two = WHOLE.replace("\"start\":[0.2,0.5,0.3]", "\"start\":[0.5,0.5]");

        assertThatThrownBy(() -> read(two)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theStricterOfTwoBreakersHoldsNumberByNumber() {
        BreakerLimits seed = BreakerLimits.SEED;
        BreakerLimits asked = read(WHOLE).breaker().orElseThrow();

        BreakerLimits both = Strictest.of(seed, asked);

        assertThat(List.of(both.dailyLossWarning(), both.dailyLossLimit(), both.drawdownLimit()))
                .containsExactly(0.03, 0.05, seed.drawdownLimit());
        assertThat(both.cooldown()).isEqualTo(Duration.ofMinutes(10));
        assertThat(both.patience()).isEqualTo(seed.patience());
    }
}
