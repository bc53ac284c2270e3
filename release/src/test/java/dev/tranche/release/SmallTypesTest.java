package dev.tranche.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmallTypesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

    @Test
    void aDigestIsTheSha256OfTheBytes() {
        assertThat(Digest.of(new byte[0]))
                .hasToString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Digest.parse(Digest.of(new byte[] {1}).toString())).isEqualTo(Digest.of(new byte[] {1}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Digest.parse("E3B0"))
                .withMessageContaining("E3B0");
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void metricsAreWrittenInLowerCase(Metric metric) {
        assertThat(Metric.parse(metric.toString())).isEqualTo(metric);
    }

    @Test
    void anUnknownWordIsRefusedWithTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Metric.parse("eror_rate"))
                .withMessageContaining("error_rate")
                .withMessageContaining("eror_rate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mode.parse("dry-run"))
                .withMessageContaining("shadow");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VersionKind.parse("engine"))
                .withMessageContaining("engine");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void modesRoundTrip(Mode mode) {
        assertThat(Mode.parse(mode.toString())).isEqualTo(mode);
    }

    @ParameterizedTest
    @EnumSource(VersionKind.class)
    void kindsRoundTrip(VersionKind kind) {
        assertThat(VersionKind.parse(kind.toString())).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7d", "10m", "1h30m", "200ms", "0s", "1d2h3m4s5ms"})
    void durationsRoundTrip(String text) {
        assertThat(DurationText.print(DurationText.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "5 m", "-1s", "1s1m", "1.5h", "7D"})
    void otherDurationsAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parse(text))
                .withMessageContaining("7d");
    }

    @Test
    void durationsAreNormalised() {
        assertThat(DurationText.print(Duration.ofMinutes(90))).isEqualTo("1h30m");
        assertThat(DurationText.parse("90m")).isEqualTo(Duration.ofMinutes(90));
    }

    @Test
    void nothingMeasuredHasNoLevel() {
        assertThat(new Reading.Proportion(0, 0, NOW).level()).isEmpty();
        assertThat(new Reading.Sample(0, 0, 0, NOW).level()).isEmpty();
        assertThat(new Reading.Quantile(Double.NaN, 0, NOW).level()).isEmpty();
        assertThat(new Reading.Calibration(0, 0, 0, NOW).level()).isEmpty();
        assertThat(new Reading.Unavailable("down").level()).isEmpty();
        assertThat(new Reading.State("HALTED", NOW).level()).isEmpty();
        assertThat(new Reading.Count(0, NOW).level()).hasValue(0);
        assertThat(new Reading.Gauge(0.5, NOW).level()).hasValue(0.5);
        assertThat(new Reading.Calibration(30, 60, 100, NOW).level()).hasValue(0.5);
    }

    @Test
    void anOldReadingIsAsGoodAsNone() {
        Reading reading = new Reading.Count(5, NOW);
        assertThat(reading.fresh(NOW.plusSeconds(30))).isEqualTo(reading);
        assertThat(reading.fresh(NOW.plusSeconds(31))).isEqualTo(new Reading.Unavailable("last measured 31s ago"));
        assertThat(reading.age(NOW.minusSeconds(9))).isZero();
    }

    @Test
    void impossibleReadingsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Reading.Proportion(3, 2, NOW))
                .withMessageContaining("3 of 2");
        assertThatIllegalArgumentException().isThrownBy(() -> new Reading.Gauge(Double.NaN, NOW));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reading.Sample(2, 1, -1, NOW));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reading.Quantile(Double.NaN, 1, NOW));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reading.Count(-1, NOW));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reading.Calibration(2, 1, 1, NOW));
    }

    @Test
    void aVerdictKeepsItsNumbersSortedAndToItself() {
        TreeMap<String, Double> numbers = new TreeMap<>();
        numbers.put("n", 3.0);
        Verdict verdict = Verdict.of("wait", "too few", numbers);
        numbers.put("other", 1.0);
        assertThat(verdict).isEqualTo(new Verdict.Wait("too few", verdict.numbers()));
        assertThat(verdict.numbers()).hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Verdict.of("ok", "", numbers))
                .withMessageContaining("ok");
    }
}
