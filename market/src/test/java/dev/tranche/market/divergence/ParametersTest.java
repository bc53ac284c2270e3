package dev.tranche.market.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tranche.market.Trials;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersTest {
    @Test
    void theirNamesAreThoseOfTheSeed() {
        assertThat(Parameters.SEED.values())
                .hasToString("{swing_L=12.0, z_hi=1.5, z_mid=0.7, min_separation=6.0, cooldown=1.0, warmup=100.0,"
                        + " max_lag=2.0, weak_threshold=35.0, weight_flow=0.35, weight_pivots=0.25, weight_price=0.25,"
                        + " weight_agreement=0.15}");
    }

    @Test
    void writtenAndReadTheyAreTheSame() {
        Trials.of(100, chance -> {
            Parameters parameters = Tape.parameters(chance);
            assertThat(Parameters.SEED.with(parameters.values())).isEqualTo(parameters);
        });
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Parameters.SEED.with(Map.of("swing", 8)))
                .withMessage(
                        "unknown parameter swing; known are swing_L, z_hi, z_mid, min_separation, cooldown, warmup,"
                                + " max_lag, weak_threshold, weight_flow, weight_pivots, weight_price, weight_agreement");
    }

    @Test
    void aValueOutOfItsRangeIsRefusedWithTheRange() {
        refused(Map.of("swing_L", 0), "swing_L must be a whole number within 1..200: 0.0");
        refused(Map.of("swing_L", 8.5), "swing_L must be a whole number within 1..200: 8.5");
        refused(Map.of("z_hi", Double.NaN), "z_hi must be within 0.0..50.0: NaN");
        refused(Map.of("cooldown", -1), "cooldown must be within 0.0..86400.0: -1.0");
        refused(Map.of("weak_threshold", 101), "weak_threshold must be within 0.0..100.0: 101.0");
        refused(Map.of("weight_flow", 1.5), "weight_flow must be within 0.0..1.0: 1.5");
    }

    @Test
    void valuesThatDoNotFitEachOtherAreRefused() {
        refused(Map.of("z_mid", 1.5), "z_mid must be below z_hi 1.5: 1.5");
        refused(Map.of("max_lag", 7), "max_lag must be within 0..6, half of swing_L 12: 7");
        refused(
                Map.of("weight_flow", 0, "weight_pivots", 0, "weight_price", 0),
                "weight_flow + weight_pivots + weight_price must be positive: 0.0 + 0.0 + 0.0");
    }

    private static void refused(Map<String, ? extends Number> changes, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Parameters.SEED.with(changes))
                .withMessage(message);
    }
}
