package dev.tranche.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BarTest {

    @Test
    void itFillsInEighthsOfAColumn() {
        assertThat(Bar.of(0, 4)).isEqualTo("░░░░");
        assertThat(Bar.of(0.5, 4)).isEqualTo("██░░");
        assertThat(Bar.of(0.125, 4)).isEqualTo("▌░░░");
        assertThat(Bar.of(1, 4)).isEqualTo("████");
    }

    @Test
    void itIsAlwaysAsWideAsAsked() {
        for (int percent = -10; percent <= 110; percent++) {
            assertThat(Text.width(Bar.of(percent / 100.0, 7))).isEqualTo(7);
        }
        assertThat(Bar.of(Double.NaN, 3)).isEqualTo("░░░");
    }

    @Test
    void itNeedsAColumn() {
        assertThatThrownBy(() -> Bar.of(0.5, 0)).hasMessage("a bar must have at least 1 column: 0");
    }
}
