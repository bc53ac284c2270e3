package dev.tranche.market.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.pricing.InverseOption.Delivery;
import dev.tranche.market.pricing.InverseOption.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InverseOptionTest {
    private static final Instant EXPIRY = Instant.parse("2026-03-27T08:00:00Z");
    private static final InverseOption CALL = new InverseOption(OptionType.CALL, 100_000, EXPIRY);
    private static final InverseOption PUT = new InverseOption(OptionType.PUT, 100_000, EXPIRY);

    @Test
    void whatTheVenueMarkedOnTheSeventhOfJune2020ComesOut() {
        // BTC-9JUN20-9875-P as Deribit published it at 1591574399.413 with a forward of 9756.36 and 62.89 %.
        InverseOption option = new InverseOption(OptionType.PUT, 9875, Instant.parse("2020-06-09T08:00:00Z"));

        Value value = option.mark(9756.36, 0.6289, Instant.ofEpochMilli(1_591_574_399_413L));

        assertThat(value.delta()).isCloseTo(-0.61752, within(1e-5));
        assertThat(value.gamma()).isCloseTo(0.00103, within(5e-6));
        assertThat(value.vega()).isCloseTo(2.24964, within(5e-5));
        assertThat(value.theta()).isCloseTo(-53.0566, within(5e-3));
        assertThat(value.rho()).isCloseTo(-0.22796, within(1e-5));
        assertThat(value.price()).isCloseTo(0.0221044, within(1e-5));
        assertThat(value.netDelta()).isEqualTo(value.delta() - value.price());
    }

    @Test
    void callLessPutIsTheForwardLessTheStrikeInCoin() {
        Instant now = EXPIRY.minus(Duration.ofDays(20));
        double difference =
                CALL.mark(92_000, 0.5, now).price() - PUT.mark(92_000, 0.5, now).price();

        assertThat(difference).isCloseTo((92_000 - 100_000) / 92_000.0, within(1e-15));
    }

    @Test
    void rhoIsTheDerivativeByTheInterestThatMovesTheForward() {
        Instant now = EXPIRY.minus(Duration.ofDays(73));
        double index = 92_000;
        double step = 1e-4;
        double up = index * Math.exp(step * 0.2);
        double down = index * Math.exp(-step * 0.2);
        // With interest in the quote currency alone the price in coin at the index is Black's, discounted, by it.
        double slope = (usd(CALL, up, now, step) - usd(CALL, down, now, -step)) / (2 * step);

        assertThat(CALL.mark(index, 0.5, now).rho()).isCloseTo(slope / 100, within(1e-4));
    }

    private static double usd(InverseOption option, double forward, Instant now, double interest) {
        return option.mark(forward, 0.5, now).price() * forward * Math.exp(-interest * option.years(now));
    }

    @Test
    void theVolatilityComesBackFromThePriceInCoin() {
        Instant now = EXPIRY.minus(Duration.ofDays(3));
        double price = PUT.mark(97_000, 0.43, now).price();

        assertThat(PUT.impliedVolatility(97_000, price, now).orThrow()).isCloseTo(0.43, within(1e-12));
    }

    @Test
    void anAverageIsWorthWhatPathsOfTheIndexSayOnAverage() {
        Random random = new Random(30);
        Instant now = EXPIRY.minus(Duration.ofMinutes(45));
        double volatility = 3;
        double forward = 100_100;
        int paths = 40_000;
        int steps = 45;
        double minute = 60 / (365.0 * 86400);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < paths; i++) {
            double price = forward;
            double average = 0;
            for (int step = 1; step <= steps * 4; step++) {
                double dt = minute / 4;
                price *= Math.exp(
                        -0.5 * volatility * volatility * dt + volatility * Math.sqrt(dt) * random.nextGaussian());
                if (step > 15 * 4) {
                    average += price / 120;
                }
            }
            double payoff = OptionType.CALL.payoff(average, 100_000);
            sum += payoff;
            squares += payoff * payoff;
        }
        double mean = sum / paths;
        double error = Math.sqrt((squares / paths - mean * mean) / paths);
        double ours = CALL.value(forward, volatility, now, Delivery.AVERAGE, OptionalDouble.empty())
                        .price()
                * forward;

        assertThat(ours).isCloseTo(mean, within(3.5 * error));
        assertThat(CALL.mark(forward, volatility, now).price() * forward).isGreaterThan(mean + 10 * error);
    }

    @Test
    void nothingJumpsWhenTheWindowBegins() {
        Instant begin = EXPIRY.minus(InverseOption.WINDOW);
        Value before = CALL.value(99_500, 0.6, begin, Delivery.AVERAGE, OptionalDouble.empty());
        Value after = CALL.value(99_500, 0.6, begin.plusNanos(1000), Delivery.AVERAGE, OptionalDouble.of(99_500));

        assertThat(after.price()).isCloseTo(before.price(), within(1e-9));
        assertThat(after.delta()).isCloseTo(before.delta(), within(1e-6));
    }

    @Test
    void deltaDecaysToNothingWithinTheWindow() {
        double last = 1;
        for (int minutes = 29; minutes >= 0; minutes--) {
            Instant now = EXPIRY.minus(Duration.ofMinutes(minutes));
            double delta = CALL.value(120_000, 0.6, now, Delivery.AVERAGE, OptionalDouble.of(120_000))
                    .delta();
            assertThat(delta).isCloseTo(minutes / 30.0, within(1e-9)).isLessThan(last);
            last = delta;
        }
        assertThat(last).isZero();
    }

    @Test
    void withinTheWindowTheAverageSoFarIsAskedFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        CALL.value(99_500, 0.6, EXPIRY.minusSeconds(60), Delivery.AVERAGE, OptionalDouble.empty()))
                .withMessageContaining("the average index so far is needed");
    }
}
