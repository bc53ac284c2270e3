package dev.tranche.market.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class Black76Test {
    @Test
    void anOptionAtExpiryIsWorthItsPayoff() {
        assertThat(Black76.price(OptionType.CALL, 110, 100, 0, 0.5)).isEqualTo(10);
        assertThat(Black76.price(OptionType.PUT, 110, 100, 0, 0.5)).isZero();
        assertThat(Black76.greeks(OptionType.CALL, 110, 100, 0, 0.5)).isEqualTo(new Greeks(10, 1, 0, 0, 0, 0, 0));
    }

    @Test
    void exactlyAtTheStrikeTheDeltaAtExpiryIsOneHalf() {
        assertThat(Black76.greeks(OptionType.PUT, 100, 100, 0, 0.5).delta()).isEqualTo(-0.5);
    }

    @Test
    void aPriceAtOrBelowThePayoffHasNoVolatilityAndTheAnswerSaysWhy() {
        ImpliedVolatility implied = Black76.impliedVolatility(OptionType.CALL, 110, 100, 0.1, 9.5);

        assertThat(implied).isEqualTo(new ImpliedVolatility.OutOfBounds(9.5, 10, 110));
        assertThat(implied).hasToString("price must lie above 10.0 and below 110.0: 9.5");
        assertThatIllegalArgumentException().isThrownBy(implied::orThrow).withMessageContaining("9.5");
    }

    @Test
    void notANumberIsRefusedWithItsName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Black76.price(OptionType.CALL, Double.NaN, 100, 1, 0.5))
                .withMessage("forward must be positive and finite: NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Black76.price(OptionType.CALL, 100, 100, -1, 0.5))
                .withMessage("years must be finite and at least 0: -1.0");
        assertThat(Black76.impliedVolatility(OptionType.CALL, 100, 100, 1, Double.NaN))
                .isInstanceOf(ImpliedVolatility.OutOfBounds.class);
    }

    @Test
    void aTextbookOptionHasItsTextbookPrice() {
        // Hull, Options, Futures and Other Derivatives, example of Black's model: F = K = 20, 4 months, 25 %, r = 9 %.
        double discount = Math.exp(-0.09 * 4 / 12);

        assertThat(discount * Black76.price(OptionType.PUT, 20, 20, 4 / 12.0, 0.25))
                .isCloseTo(1.12, within(0.005));
    }
}
