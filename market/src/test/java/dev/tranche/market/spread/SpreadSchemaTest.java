package dev.tranche.market.spread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What is no spread model is refused when it is opened, not when it is asked.
class SpreadSchemaTest {
    private static ThrowingCallable opened(Linear linear) {
        return () -> SpreadModel.of(linear.open(), SpreadLimits.SEED);
    }

    @Test
    void theInputsMayBeAnyOfTheFeaturesInAnyOrder() {
        assertThat(SpreadSchema.places(Linear.usual().open())).containsExactly(1, 20);
    }

    @Test
    void anotherOutcomeIsRefused() {
        assertThatThrownBy(opened(Linear.usual().with("model.yaml", "spread_bps", "half_spread")))
                .hasMessage("a spread model answers a value named spread_bps: coin_spread_linear_v1.0 answers a value"
                        + " named half_spread");
    }

    @Test
    void aFeatureThatNobodyMeasuresIsRefused() {
        assertThatThrownBy(opened(Linear.usual()
                        .with("features.json", "current_imbalance", "moon_phase")
                        .with("model.pmml", "current_imbalance", "moon_phase")))
                .hasMessageContaining("must be numbers of its schema, among [current_spread_bps, ")
                .hasMessageEndingWith("coin_spread_linear_v1.0 asks for moon_phase");
    }

    @Test
    void samplesOfAnotherLengthThanItWasMadeForAreRefused() {
        assertThatThrownBy(() -> SpreadModel.of(Linear.usual().open(), SpreadLimits.SEED, 1_000))
                .hasMessage(
                        "samples are of 1000 ms: coin_spread_linear_v1.0 was made for Range[low=100.0, high=100.0]");
        assertThatThrownBy(opened(Linear.usual()
                        .with("features.json", "\"sample_millis\"", "\"trade_rate\"")
                        .with("model.pmml", "sample_millis", "trade_rate")))
                .hasMessageEndingWith("coin_spread_linear_v1.0 does not");
    }

    @Test
    void aTransformBeforeTheModelIsRefused() {
        Linear transformed = Linear.usual().plus("transform.yaml", """
                {"output":["current_imbalance","sample_millis"],"steps":[{"input":"current_imbalance","op":"clip","lower":-0.5,"upper":0.5}]}""");
        assertThatThrownBy(opened(transformed)).hasMessageContaining("takes its features as they are");
    }
}
