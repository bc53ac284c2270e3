package dev.tranche.batch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTest {
    @Test
    void theEndsOfTheValuesAreTheEndsOfTheSide() {
        Scale scale = new Scale(10, 20, 100, 0);
        assertThat(scale.at(10)).isEqualTo(100);
        assertThat(scale.at(20)).isZero();
        assertThat(scale.at(15)).isEqualTo(50);
        assertThatThrownBy(() -> new Scale(1, 1, 0, 1)).hasMessageContaining("high must lie above");
    }

    @Test
    void ticksAreRoundAndInside() {
        for (double high : new double[] {0.013, 0.9, 7, 83, 1234, 98_765}) {
            Scale scale = new Scale(high / 3, high, 0, 1);
            List<Double> ticks = scale.ticks(5);
            assertThat(ticks)
                    .hasSizeBetween(2, 7)
                    .allSatisfy(tick -> assertThat(tick).isBetween(high / 3, high));
            assertThat(ticks.stream().map(scale::number)).doesNotHaveDuplicates();
        }
    }

    @Test
    void aQuarterIsNotWrittenAsAnotherNumber() {
        Scale scale = new Scale(89, 101, 0, 1);
        assertThat(scale.ticks(5).stream().map(scale::number)).contains("92.5", "95.0");
        assertThat(Texts.tick(.475)).isEqualTo("47.5 %");
        assertThat(Texts.tick(.5)).isEqualTo("50 %");
    }

    @Test
    void timesAreRoundInUtc() {
        double from = Instant.parse("2024-12-20T00:00:00Z").toEpochMilli();
        Scale days = new Scale(from, from + 6 * 86_400_000.0, 0, 1);
        assertThat(days.times(7))
                .hasSize(7)
                .allSatisfy(time -> assertThat(time % 86_400_000).isZero());
        assertThat(days.time(from)).isEqualTo("20 Dec");
        Scale minutes = new Scale(from, from + 345_000, 0, 1);
        assertThat(minutes.time(minutes.times(7).getLast())).isEqualTo("00:05:00");
        Scale hours = new Scale(from, from + 36 * 3_600_000.0, 0, 1);
        assertThat(hours.time(hours.times(4).getLast())).isEqualTo("21 Dec 12:00");
    }

    @Test
    void valuesThatAreAllOneStillHaveAScale() {
        Scale scale = Scale.around(5, 5, 0, 1);
        assertThat(scale.at(5)).isBetween(0.4, 0.6);
    }
}
