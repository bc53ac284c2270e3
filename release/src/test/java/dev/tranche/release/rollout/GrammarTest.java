package dev.tranche.release.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tranche.release.Metric;
import dev.tranche.release.Mode;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrammarTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "requests >= 500",
                "outcomes >= 100 older than 30d",
                "approval_rate within 5pp of live",
                "approval_rate within 5pp of live at 99% confidence",
                "error_rate no worse than live by 0.5pp",
                "score_mean within 0.02 of live",
                "calibration_ratio between 0.8 and 1.25",
                "calibration_ratio between 0.8 and 1.25 older than 30d at 90% confidence",
                "decision_flip_rate < 15%",
                "latency_p95 < 50ms",
                "error_rate <= 1% for 10m over 1m",
                "data_age < 30s",
                "memory_used < 80% for 5m",
                "approval"
            })
    void gatesRoundTrip(String text) {
        assertThat(Gate.parse(text)).hasToString(text);
        assertThat(Gate.parse(Gate.parse(text).toString())).isEqualTo(Gate.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "error_rate > 1% for 10m",
                "error_rate > 1% for 10m over 1m",
                "latency_p95 > 200ms for 5m",
                "health_failures >= 3",
                "breaker = HALTED",
                "breaker = HALTED for 30s",
                "memory_used > 80% for 5m",
                "availability < 99% for 5m",
                "error_rate worse than live by 0.5pp"
            })
    void guardsRoundTrip(String text) {
        assertThat(Guard.parse(text)).hasToString(text);
    }

    @Test
    void theWindowMayStandBeforeTheDuration() {
        assertThat(Guard.parse("latency_p95 > 200ms over 1m for 5m")).hasToString("latency_p95 > 200ms for 5m over 1m");
        assertThat(Gate.parse("latency_p95 < 50ms over 1m for 5m")).hasToString("latency_p95 < 50ms for 5m over 1m");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | metric",
                "eror_rate < 1% | eror_rate",
                "error_rate | relation",
                "error_rate == 1% | ==",
                "error_rate < | limit",
                "error_rate < 5ms | percentage",
                "latency_p95 < 5% | duration",
                "requests >= 0.5 | whole number",
                "requests >= 500 please | please",
                "latency_p95 within 5ms of live | proportions and means",
                "approval_rate no worse than live by 5pp | no worse side",
                "decision_flip_rate within 5pp of live | by itself",
                "approval_rate within 5pp of control | of live",
                "calibration_ratio between 1.25 and 0.8 | below the upper",
                "latency_p95 < 50ms older than 30d | older than",
                "error_rate < 1% over 1m | 'for'",
                "breaker < 3 | state",
                "error_rate < 1% at 20% confidence | 50%..99.99%"
            })
    void aGateThatMeansNothingIsRefusedWithTheReason(String text, String expected) {
        assertThatIllegalArgumentException().isThrownBy(() -> Gate.parse(text)).withMessageContaining(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "error_rate = HALTED",
                "breaker = ",
                "breaker > 3",
                "latency_p95 worse than live by 5ms",
                "approval",
                "error_rate > 1% for long"
            })
    void aGuardThatMeansNothingIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Guard.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shadow 100% for 7d",
                "live 5% for 14d: requests >= 500; error_rate no worse than live by 0.5pp",
                "read-only BTCUSDT,ETHUSDT for 45m: approval",
                "live 100%"
            })
    void stagesRoundTrip(String text) {
        assertThat(Stage.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2 before live", "1 before read-only,live"})
    void approvalsRoundTrip(String text) {
        assertThat(Approvals.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10", "1 before", "1 after live", "1 before dry-run"})
    void otherApprovalsAreRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Approvals.parse(text));
    }

    @Test
    void quantitiesComeInTheUnitOfTheMetric() {
        assertThat(Quantity.parse("1%").of(Metric.ERROR_RATE)).isEqualTo(0.01);
        assertThat(Quantity.parse("5pp").of(Metric.APPROVAL_RATE)).isEqualTo(0.05);
        assertThat(Quantity.parse("0.2s").of(Metric.LATENCY_P95)).isEqualTo(200);
        assertThat(Quantity.parse("1m").of(Metric.DATA_AGE)).isEqualTo(60);
        assertThat(Quantity.parse("500").of(Metric.REQUESTS)).isEqualTo(500);
    }

    @Test
    void holdingAndConfidenceAreParts() {
        assertThat(Gate.parse("error_rate < 1% for 10m").holding()).isEqualTo(Duration.ofMinutes(10));
        assertThat(Gate.parse("approval").holding()).isZero();
        assertThat(Approvals.parse("2 before live")).isEqualTo(new Approvals(Set.of(Mode.LIVE), 2));
    }
}
