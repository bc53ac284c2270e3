package dev.tranche.runtime.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.runtime.Trials;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TicksTest {
    private static final Instant START = Instant.parse("2026-11-20T08:00:00.000000001Z");

    @Test
    void aSettableClockStandsStillAdvancesAndSteps() {
        SettableTicks ticks = SettableTicks.at(START);
        assertThat(ticks.now()).isEqualTo(START);
        ticks.advance(Duration.ofMillis(5));
        assertThat(ticks.now()).isEqualTo(START.plusMillis(5));
        assertThat(ticks.nanos()).isEqualTo(5_000_000);
        ticks.step(Instant.EPOCH);
        assertThat(ticks.now()).isEqualTo(Instant.EPOCH);
        assertThat(ticks.nanos()).isEqualTo(5_000_000);
        assertThatThrownBy(() -> ticks.advance(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theMachinesClocksMoveForward() {
        Ticks ticks = Ticks.system();
        long before = ticks.nanos();
        assertThat(ticks.nanos()).isGreaterThanOrEqualTo(before);
        assertThat(Epoch.instant(ticks.epochNanos())).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
    }

    @Test
    void epochNanosAndInstantsAreTheSameTime() throws Exception {
        Trials.run(500, random -> {
            long nanos = random.nextLong();
            assertThat(Epoch.nanos(Epoch.instant(nanos))).isEqualTo(nanos);
        });
        assertThatThrownBy(() -> Epoch.nanos(Instant.MAX)).isInstanceOf(ArithmeticException.class);
    }
}
