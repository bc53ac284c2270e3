package dev.tranche.batch.divergence.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SpanTest {
    @Test
    void lengthsReadAndWriteTheSame() {
        for (String text : new String[] {"250ms", "1s", "90s", "5m", "4h", "1d", "7d"}) {
            assertThat(Span.text(Span.millis(text))).isEqualTo(text);
        }
        assertThat(Span.millis("5m")).isEqualTo(300_000);
        assertThat(Span.text(3_600_000)).isEqualTo("1h");
    }

    @Test
    void whatIsNoLengthIsToldWithTheRange() {
        for (String text : new String[] {"", "5", "m", "-5m", "0s", "8d", "1.5h", "1234567s"}) {
            assertThatThrownBy(() -> Span.millis(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1ms to 7d")
                    .hasMessageEndingWith(text);
        }
    }
}
