package dev.tranche.engine.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void aPaceIsReadBackFromWhatItPrints() {
        for (String text : new String[] {"real", "fast", "20x", "0.5x"}) {
            assertThat(Pace.parse(text)).hasToString(text);
        }
        assertThat(Pace.parse("1x")).isEqualTo(Pace.REAL);
    }

    @Test
    void timeIsDividedByThePace() {
        assertThat(Pace.REAL.due(Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
        assertThat(Pace.parse("20x").due(Duration.ofSeconds(3))).isEqualTo(Duration.ofMillis(150));
        assertThat(Pace.FAST.due(Duration.ofDays(3))).isZero();
    }

    @Test
    void whatIsNoPaceIsRefusedWithTheValue() {
        for (String wrong : new String[] {"", "0x", "-1x", "slow", "x", "1e9x"}) {
            assertThatThrownBy(() -> Pace.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(wrong);
        }
    }

    @Test
    void waitsDoubleUpToTheirLimitAndBeginAgainAfterASuccess() {
        Backoff backoff = Backoff.of(Duration.ofMillis(100), Duration.ofMillis(1000), new Random(1));
        long[] limits = {100, 200, 400, 800, 1000, 1000};
        for (long limit : limits) {
            assertThat(backoff.next()).isBetween(Duration.ofMillis(limit / 2), Duration.ofMillis(limit));
        }
        backoff.reset();
        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(100));
        assertThatThrownBy(() -> Backoff.of(Duration.ofMillis(2), Duration.ofMillis(1), new Random(1)))
                .hasMessageContaining("PT0.001S");
    }
}
