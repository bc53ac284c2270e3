package dev.tranche.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BarTest {
    @Test
    void whatTakersBoughtLessWhatTheySoldIsItsVolumeDelta() {
        Bar bar = new Bar(0, 60_000, 10, 12, 9, 11, 5, 2, Double.NaN);

        assertThat(bar.volumeDelta()).isEqualTo(-1);
    }

    @Test
    void aBarWhoseLowIsAboveItsCloseIsRefusedWithItsPrices() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Bar(0, 60_000, 10, 12, 11.5, 11, 5, 2, Double.NaN))
                .withMessageContaining("low 11.5");
    }

    @Test
    void takersCannotBuyMoreThanWasTraded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Bar(0, 60_000, 10, 12, 9, 11, 5, 6, Double.NaN))
                .withMessage("takerBuyVolume must be within 0..5.0: 6.0");
    }
}
