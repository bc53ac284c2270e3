package dev.tranche.market.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.tranche.market.Trials;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ChainGreeksTest {
    private static Offset<Double> near(double value, double unit) {
        return within(1e-12 * Math.max(Math.abs(value), unit));
    }

    @Test
    void everyNumberIsThatOfBlacksFormula() {
        Trials.of(200, random -> {
            ChainGreeks chain = ChainGreeks.of(1);
            for (int i = 0; i < 50; i++) {
                OptionType type = random.nextBoolean() ? OptionType.CALL : OptionType.PUT;
                double strike = Math.exp(random.nextDouble(8, 13));
                double forward = strike * Math.exp(random.nextGaussian() * 0.7);
                double years = random.nextInt(10) == 0 ? 0 : Math.exp(random.nextDouble(-10, 1));
                double volatility = random.nextInt(10) == 0 ? 0 : random.nextDouble(0.05, 3);
                chain.option(0, type, strike);
                chain.years(0, years);
                chain.market(0, forward, volatility);
                chain.compute();
                Greeks greeks = Black76.greeks(type, forward, strike, years, volatility);
                assertThat(chain.price(0)).isCloseTo(greeks.price(), near(greeks.price(), forward));
                assertThat(chain.delta(0)).isCloseTo(greeks.delta(), near(greeks.delta(), 1));
                assertThat(chain.gamma(0)).isCloseTo(greeks.gamma(), near(greeks.gamma(), 1 / forward));
                assertThat(chain.vega(0)).isCloseTo(greeks.vega(), near(greeks.vega(), forward));
                assertThat(chain.theta(0)).isCloseTo(greeks.theta(), near(greeks.theta(), forward));
                assertThat(chain.vanna(0)).isCloseTo(greeks.vanna(), near(greeks.vanna(), 1));
                assertThat(chain.volga(0)).isCloseTo(greeks.volga(), near(greeks.volga(), forward));
            }
        });
    }

    @Test
    void tailsKeepTheirDigits() {
        ChainGreeks chain = ChainGreeks.of(1);
        chain.option(0, OptionType.CALL, 300);
        chain.years(0, 0.01);
        for (double volatility : new double[] {0.35, 0.5, 1}) {
            chain.market(0, 100, volatility);
            chain.compute();
            Greeks greeks = Black76.greeks(OptionType.CALL, 100, 300, 0.01, volatility);
            assertThat(chain.delta(0)).isCloseTo(greeks.delta(), within(1e-10 * greeks.delta()));
            assertThat(chain.vega(0)).isCloseTo(greeks.vega(), within(1e-10 * greeks.vega()));
        }
    }

    @Test
    void inCoinItIsWhatTheVenuePublishes() {
        InverseOption option = new InverseOption(OptionType.PUT, 9875, Instant.parse("2020-06-09T08:00:00Z"));
        InverseOption.Value value = option.mark(9756.36, 0.6289, 0.0035);
        ChainGreeks chain = ChainGreeks.of(2);
        chain.option(1, OptionType.PUT, 9875);
        chain.years(1, 0.0035);
        chain.market(1, 9756.36, 0.6289);
        chain.compute();
        assertThat(chain.coins(1)).isCloseTo(value.price(), within(1e-14));
        assertThat(chain.netDelta(1)).isCloseTo(value.netDelta(), within(1e-13));
        assertThat(chain.price(0)).as("an option that was never set").isNaN();
    }

    @Test
    void whatIsOutOfRangeIsRefusedOrNoNumber() {
        ChainGreeks chain = ChainGreeks.of(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chain.option(0, OptionType.CALL, -1))
                .withMessage("strike must be positive and finite: -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chain.years(0, Double.NaN))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> ChainGreeks.of(0)).withMessageContaining("1..1000000: 0");
        chain.option(0, OptionType.CALL, 100);
        chain.years(0, 1);
        for (double[] bad : new double[][] {{Double.NaN, 1}, {0, 1}, {100, -1}, {100, Double.NaN}}) {
            chain.market(0, bad[0], bad[1]);
            chain.compute();
            assertThat(chain.price(0)).isNaN();
            assertThat(chain.gamma(0)).isNaN();
        }
    }

    @Test
    void aChainAllocatesNothing() {
        ChainGreeks chain = ChainGreeks.of(200);
        RandomGenerator random = Trials.chance(1);
        for (int i = 0; i < chain.size(); i++) {
            chain.option(i, OptionType.CALL, random.nextDouble(50, 150));
            chain.years(i, 0.1);
        }
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < 20 && bytes > 0; round++) {
            long before = thread.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 100; i++) {
                for (int option = 0; option < chain.size(); option++) {
                    chain.market(option, 100, 0.5);
                }
                chain.compute();
            }
            bytes = thread.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(bytes).isZero();
    }
}
