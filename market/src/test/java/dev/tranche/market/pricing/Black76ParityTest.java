package dev.tranche.market.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.opengamma.strata.pricer.impl.option.BlackFormulaRepository;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Against OpenGamma Strata 2.12.48 on random options, and against itself where no oracle is needed.
class Black76ParityTest {
    private static final int OPTIONS = 20_000;

    private record Option(OptionType type, double forward, double strike, double years, double volatility) {
        static Option draw(Random random) {
            double years = Math.exp(-7 + 8 * random.nextDouble());
            double volatility = 0.05 + 1.95 * random.nextDouble();
            double forward = Math.exp(-2 + 13 * random.nextDouble());
            double strike = forward * Math.exp(4 * random.nextGaussian() * volatility * Math.sqrt(years) / 2);
            return new Option(
                    random.nextBoolean() ? OptionType.CALL : OptionType.PUT, forward, strike, years, volatility);
        }

        double price() {
            return Black76.price(type, forward, strike, years, volatility);
        }

        Greeks greeks() {
            return Black76.greeks(type, forward, strike, years, volatility);
        }

        boolean call() {
            return type == OptionType.CALL;
        }
    }

    @Test
    void pricesAgreeWithStrataToTenDigitsOfTheForward() {
        Random random = new Random(76);
        for (int i = 0; i < OPTIONS; i++) {
            Option o = Option.draw(random);
            double theirs = BlackFormulaRepository.price(o.forward, o.strike, o.years, o.volatility, o.call());
            double unit = Math.max(o.forward, o.strike);
            assertThat(o.price()).as("%s", o).isCloseTo(theirs, within(1e-10 * unit));
            assertThat(o.greeks().price()).as("%s", o).isCloseTo(o.price(), within(1e-14 * unit));
        }
    }

    @Test
    void greeksAgreeWithStrata() {
        Random random = new Random(77);
        for (int i = 0; i < OPTIONS; i++) {
            Option o = Option.draw(random);
            Greeks ours = o.greeks();
            close(ours.delta(), BlackFormulaRepository.delta(o.forward, o.strike, o.years, o.volatility, o.call()), o);
            close(ours.gamma(), BlackFormulaRepository.gamma(o.forward, o.strike, o.years, o.volatility), o);
            close(ours.vega(), BlackFormulaRepository.vega(o.forward, o.strike, o.years, o.volatility), o);
            close(ours.theta(), BlackFormulaRepository.driftlessTheta(o.forward, o.strike, o.years, o.volatility), o);
            close(ours.vanna(), BlackFormulaRepository.vanna(o.forward, o.strike, o.years, o.volatility), o);
            close(ours.volga(), BlackFormulaRepository.vomma(o.forward, o.strike, o.years, o.volatility), o);
        }
    }

    @Test
    void theVolatilityComesBackFromThePriceOfAnOptionOutOfTheMoney() {
        Random random = new Random(78);
        for (int i = 0; i < OPTIONS; i++) {
            Option o = Option.draw(random);
            OptionType out = o.strike > o.forward ? OptionType.CALL : OptionType.PUT;
            double price = Black76.price(out, o.forward, o.strike, o.years, o.volatility);
            if (price < 1e-290) {
                continue;
            }
            double back = Black76.impliedVolatility(out, o.forward, o.strike, o.years, price)
                    .orThrow();
            // What the price, rounded to a double near its bound, can tell at best.
            double known = 4 * Math.ulp(Math.max(price, o.forward)) / o.greeks().vega();
            double limit = 1e-12 * o.volatility + (price > 0.5 * Math.min(o.forward, o.strike) ? known : 0);
            assertThat(back).as("%s", o).isCloseTo(o.volatility, within(limit));
        }
    }

    private static void close(double ours, double theirs, Option option) {
        assertThat(ours).as("%s", option).isCloseTo(theirs, within(1e-10 * Math.max(1, Math.abs(theirs))));
    }
}
