package dev.tranche.market.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.Trials;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.pricing.Black76;
import dev.tranche.market.pricing.OptionType;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GreekAttributionTest {
    private static final Instant NOW = Listed.EXPIRY.minus(Duration.ofDays(30));
    private static final Contract CALL = Listed.ALL.get(Listed.OPTION);

    private static double call(double forward, double sigma, Instant now) {
        double years = Duration.between(now, Listed.EXPIRY).toSeconds() / (365 * 86_400.0);
        return Black76.price(OptionType.CALL, forward, 60_000, years, sigma);
    }

    @Test
    void theTermsAndTheResidualAreTheFullRevaluationOverAnyPath() {
        Trials.of(200, chance -> {
            GreekAttribution attribution = GreekAttribution.of(CALL);
            double forward = 60_000;
            double sigma = 0.6;
            double held = 0;
            double full = 0;
            double before = call(forward, sigma, NOW);
            Instant now = NOW;
            attribution.look(now, held, forward, sigma);
            for (int i = 0; i < 50; i++) {
                forward *= Math.exp(0.02 * chance.nextGaussian());
                sigma = Math.max(0.05, sigma + 0.02 * chance.nextGaussian());
                now = now.plusSeconds(chance.nextInt(40_000));
                double value = call(forward, sigma, now);
                full += held * (value - before);
                before = value;
                held = chance.nextInt(-50, 50);
                attribution.look(now, held, forward, sigma);
            }
            double terms = attribution.byDelta() + attribution.byGamma() + attribution.byVega() + attribution.byTheta();
            assertThat(attribution.total()).isCloseTo(full, within(1e-6));
            assertThat(attribution.residual()).isCloseTo(full - terms, within(1e-6));
        });
    }

    @Test
    void whatIsLeftOverOfASmallStepIsOfHigherOrder() {
        double[] left = new double[2];
        for (int i = 0; i < 2; i++) {
            double step = i == 0 ? 1 : 0.5;
            GreekAttribution attribution = GreekAttribution.of(CALL);
            attribution.look(NOW, 10, 60_000, 0.6);
            attribution.look(NOW, 10, 60_000 * (1 + 0.01 * step), 0.6);
            left[i] = attribution.residual();
            assertThat(attribution.byVega()).isZero();
            assertThat(attribution.byTheta()).isZero();
            assertThat(Math.abs(left[i])).isLessThan(attribution.byGamma() / 20);
        }
        // Third order: half the step, an eighth of the rest.
        assertThat(left[0] / left[1]).isBetween(7.0, 9.0);
    }

    @Test
    void timeAloneIsThetaAndVolatilityAloneIsVega() {
        GreekAttribution time = GreekAttribution.of(CALL);
        time.look(NOW, 1, 60_000, 0.6);
        time.look(NOW.plusSeconds(60), 1, 60_000, 0.6);
        assertThat(time.byTheta()).isNegative().isCloseTo(time.total(), within(1e-4));
        GreekAttribution sigma = GreekAttribution.of(CALL);
        sigma.look(NOW, 1, 60_000, 0.6);
        sigma.look(NOW, 1, 60_000, 0.601);
        assertThat(sigma.byVega()).isPositive().isCloseTo(sigma.total(), within(1e-3));
        assertThat(sigma.byDelta()).isZero();
    }

    @Test
    void withYearsInTheSteadOfAMomentItIsTheSame() {
        GreekAttribution moments = GreekAttribution.of(CALL);
        GreekAttribution years = GreekAttribution.of(CALL);
        moments.look(NOW, 3, 60_000, 0.6);
        years.look(30 / 365.0, 3, 60_000, 0.6);
        moments.look(NOW.plus(Duration.ofDays(1)), 0, 61_000, 0.62);
        years.look(29 / 365.0, 0, 61_000, 0.62);
        assertThat(years.hash()).isEqualTo(moments.hash());
        assertThat(years.held()).isZero();
        assertThat(years.theta()).isEqualTo(moments.theta()).isNegative();
        assertThat(years.total()).isPositive();
    }

    @Test
    void aFutureIsAllDelta() {
        GreekAttribution linear = GreekAttribution.of(Listed.ALL.get(Listed.BTCUSDT));
        linear.look(NOW, 2, 60_000, 0);
        linear.look(NOW.plusSeconds(5), 2, 60_100, 0);
        assertThat(linear.byDelta()).isEqualTo(200);
        assertThat(linear.residual()).isZero();
        GreekAttribution inverse = GreekAttribution.of(Listed.ALL.get(Listed.INVERSE));
        inverse.look(NOW, 6_000, 60_000, 0);
        inverse.look(NOW.plusSeconds(5), 6_000, 60_100, 0);
        assertThat(inverse.byDelta()).isCloseTo(10, within(1e-9));
        assertThat(inverse.residual()).isCloseTo(0, within(1e-9));
        assertThatThrownBy(() -> linear.look(NOW, 2, 0, 0))
                .hasMessage("price must be positive and finite and the quantity finite: 0.0, 2.0");
    }
}
