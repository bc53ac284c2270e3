package dev.tranche.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class SpokenTest {

    @Test
    void durationsAreSaidInTheirTwoLargestUnits() {
        assertThat(Spoken.of(Duration.ZERO)).isEqualTo("0s");
        assertThat(Spoken.of(Duration.ofMillis(850))).isEqualTo("850ms");
        assertThat(Spoken.of(Duration.ofSeconds(48))).isEqualTo("48s");
        assertThat(Spoken.of(Duration.ofSeconds(182))).isEqualTo("3m 02s");
        assertThat(Spoken.of(Duration.ofMinutes(5))).isEqualTo("5m");
        assertThat(Spoken.of(Duration.ofMinutes(90))).isEqualTo("1h 30m");
        assertThat(Spoken.of(Duration.ofDays(14))).isEqualTo("14d");
        assertThat(Spoken.of(Duration.ofHours(161))).isEqualTo("6d 17h");
        assertThat(Spoken.seconds(Double.NaN)).isEqualTo("-");
    }

    @Test
    void momentsAreOnTheClockOfTheZoneWithTheirDateUnlessItIsToday() {
        Instant now = Instant.parse("2026-03-03T18:00:00Z");
        ZoneId shanghai = ZoneId.of("Asia/Shanghai");
        assertThat(Spoken.moment("2026-03-03T17:00:00Z", now, shanghai)).isEqualTo("01:00:00");
        assertThat(Spoken.moment("2026-03-03T14:00:00Z", now, shanghai)).isEqualTo("2026-03-03 22:00:00");
        assertThat(Spoken.moment("soon", now, shanghai)).isEqualTo("soon");
    }

    @Test
    void numbersNotMeasuredAreDashes() {
        assertThat(Spoken.percent(0.64)).isEqualTo("64.00 %");
        assertThat(Spoken.percent(Double.NaN)).isEqualTo("-");
        assertThat(Spoken.number(1203.456, 1)).isEqualTo("1,203.5");
        assertThat(Spoken.count(1_000_000)).isEqualTo("1,000,000");
    }
}
