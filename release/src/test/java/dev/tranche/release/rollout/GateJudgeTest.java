package dev.tranche.release.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.release.Horizon;
import dev.tranche.release.Metric;
import dev.tranche.release.Observation;
import dev.tranche.release.Reading;
import dev.tranche.release.Subject;
import dev.tranche.release.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateJudgeTest {
    private static final Instant NOW = Drive.START;

    private static Verdict judge(String gate, Observation observation) {
        return new GateJudge(observation, NOW, false, 0, 1).judge(Gate.parse(gate));
    }

    private static Measured measured() {
        return Measured.at(NOW);
    }

    @Test
    void approvalsNearLivePassAndFarFromLiveFail() {
        String gate = "approval_rate within 5pp of live";
        assertThat(judge(
                                gate,
                                measured()
                                        .rate(Metric.APPROVAL_RATE, 2_450, 5_000)
                                        .liveRate(Metric.APPROVAL_RATE, 2_500, 5_000))
                        .word())
                .isEqualTo("pass");
        assertThat(judge(
                                gate,
                                measured()
                                        .rate(Metric.APPROVAL_RATE, 500, 5_000)
                                        .liveRate(Metric.APPROVAL_RATE, 2_500, 5_000))
                        .word())
                .isEqualTo("fail");
        Verdict early =
                judge(gate, measured().rate(Metric.APPROVAL_RATE, 50, 100).liveRate(Metric.APPROVAL_RATE, 52, 100));
        assertThat(early.word()).isEqualTo("wait");
        assertThat(early.reason()).contains("more would settle it");
        assertThat(early.numbers()).containsKeys("difference", "lower", "upper", "limit", "n");
    }

    @Test
    void errorsNoWorseThanLive() {
        String gate = "error_rate no worse than live by 0.5pp";
        assertThat(judge(gate, measured().rate(Metric.ERROR_RATE, 50, 20_000).liveRate(Metric.ERROR_RATE, 50, 20_000))
                        .word())
                .isEqualTo("pass");
        assertThat(judge(gate, measured().rate(Metric.ERROR_RATE, 500, 20_000).liveRate(Metric.ERROR_RATE, 50, 20_000))
                        .word())
                .isEqualTo("fail");
        assertThat(judge(gate, measured().rate(Metric.ERROR_RATE, 0, 100).liveRate(Metric.ERROR_RATE, 0, 100))
                        .word())
                .isEqualTo("wait");
        String upwards = "availability no worse than live by 0.5pp";
        assertThat(judge(
                                upwards,
                                measured()
                                        .rate(Metric.AVAILABILITY, 19_000, 20_000)
                                        .liveRate(Metric.AVAILABILITY, 19_990, 20_000))
                        .word())
                .isEqualTo("fail");
        assertThat(judge(
                                upwards,
                                measured()
                                        .rate(Metric.AVAILABILITY, 20_000, 20_000)
                                        .liveRate(Metric.AVAILABILITY, 19_000, 20_000))
                        .word())
                .isEqualTo("pass");
    }

    @Test
    void calibrationNeedsOutcomesBeforeItSaysAnything() {
        String gate = "calibration_ratio between 0.8 and 1.25";
        assertThat(judge(gate, calibration(600, 600, 2_000)).word()).isEqualTo("pass");
        assertThat(judge(gate, calibration(600, 1_200, 2_000)).word()).isEqualTo("fail");
        assertThat(judge(gate, calibration(6, 6, 20)).word()).isEqualTo("wait");
        assertThat(judge(gate, calibration(0, 0, 0)).word()).isEqualTo("wait");
    }

    @Test
    void levelsOfProportionsAreJudgedByTheirInterval() {
        String gate = "decision_flip_rate < 15%";
        assertThat(judge(gate, measured().rate(Metric.DECISION_FLIP_RATE, 40, 500))
                        .word())
                .isEqualTo("pass");
        assertThat(judge(gate, measured().rate(Metric.DECISION_FLIP_RATE, 150, 500))
                        .word())
                .isEqualTo("fail");
        assertThat(judge(gate, measured().rate(Metric.DECISION_FLIP_RATE, 0, 5)).word())
                .isEqualTo("wait");
        assertThat(judge("availability >= 99%", measured().rate(Metric.AVAILABILITY, 10_000, 10_000))
                        .word())
                .isEqualTo("pass");
    }

    @Test
    void aQuantileNeedsASampleThatCouldShowIt() {
        String gate = "latency_p95 < 50ms";
        assertThat(judge(gate, measured().quantile(Metric.LATENCY_P95, 12, 58)).word())
                .isEqualTo("wait");
        assertThat(judge(gate, measured().quantile(Metric.LATENCY_P95, 12, 59)).word())
                .isEqualTo("pass");
        assertThat(judge(gate, measured().quantile(Metric.LATENCY_P95, 51, 59)).word())
                .isEqualTo("fail");
        assertThat(Bounds.leastForQuantile(Metric.LATENCY_P99)).isEqualTo(299);
    }

    @Test
    void oldDataBreaksInsteadOfFailing() {
        assertThat(judge("data_age < 30s", measured().gauge(Metric.DATA_AGE, 4)).word())
                .isEqualTo("pass");
        assertThat(judge("data_age < 30s", measured().gauge(Metric.DATA_AGE, 45))
                        .word())
                .isEqualTo("broken");
        Observation old = (_, _, _) -> new Reading.Proportion(1, 1_000_000, NOW.minusSeconds(31));
        assertThat(judge("error_rate < 50%", old))
                .isEqualTo(Verdict.broken("error_rate could not be measured: last measured 31s ago"));
    }

    @Test
    void meansAreComparedOnceThereAreEnough() {
        String gate = "score_mean within 0.05 of live";
        assertThat(judge(gate, means(2_000, 0.30, 0.30)).word()).isEqualTo("pass");
        assertThat(judge(gate, means(2_000, 0.50, 0.30)).word()).isEqualTo("fail");
        assertThat(judge(gate, means(99, 0.30, 0.30)).word()).isEqualTo("wait");
        assertThat(judge(
                                "score_shift < 0.05",
                                measured()
                                        .with(
                                                Metric.SCORE_SHIFT,
                                                Subject.CANDIDATE,
                                                new Reading.Sample(5_000, 0.01, 0.0004, NOW)))
                        .word())
                .isEqualTo("pass");
    }

    @Test
    void maturityAsksForDecisionsOldEnough() {
        List<Horizon> asked = new ArrayList<>();
        judge("outcomes >= 100 older than 30d", (metric, subject, horizon) -> {
            asked.add(horizon);
            return new Reading.Count(100, NOW);
        });
        judge("calibration_ratio between 0.8 and 1.25 older than 30d", (metric, subject, horizon) -> {
            asked.add(horizon);
            return new Reading.Calibration(600, 600, 2_000, NOW);
        });
        assertThat(asked).containsOnly(new Horizon.Matured(Duration.ofDays(30))).hasSize(2);
    }

    @Test
    void aSourceThatAnswersSomethingElseIsBroken() {
        Observation wrong = (_, _, _) -> new Reading.State("HALTED", NOW);
        for (String gate : List.of(
                "requests >= 1",
                "error_rate < 1%",
                "approval_rate within 5pp of live",
                "calibration_ratio between 0.8 and 1.25")) {
            assertThat(judge(gate, wrong).word()).as(gate).isEqualTo("broken");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "requests >= 1", "outcomes >= 1 older than 1d", "approval_rate within 100pp of live",
                        "error_rate no worse than live by 100pp",
                "calibration_ratio between 0 and 1000", "decision_flip_rate <= 100%", "latency_p95 < 1d",
                        "score_mean within 1000 of live",
                "error_rate < 100% for 1s", "approval"
            })
    void nothingMeasuredIsNeverAPassAndNeverAFail(String gate) {
        Observation empty = (metric, subject, horizon) -> switch (metric.form()) {
            case COUNT -> new Reading.Count(0, NOW);
            case PROPORTION -> new Reading.Proportion(0, 0, NOW);
            case MEAN -> new Reading.Sample(0, 0, 0, NOW);
            case QUANTILE -> new Reading.Quantile(0, 0, NOW);
            case CALIBRATION -> new Reading.Calibration(0, 0, 0, NOW);
            case GAUGE, STATE -> new Reading.Unavailable("nothing");
        };
        assertThat(judge(gate, empty).word()).isEqualTo("wait");
        assertThat(judge(gate, Observation.unavailable("down")).word()).isIn("broken", "wait");
    }

    private static Measured calibration(long observed, double expected, long of) {
        return measured()
                .with(
                        Metric.CALIBRATION_RATIO,
                        Subject.CANDIDATE,
                        new Reading.Calibration(observed, expected, of, NOW));
    }

    private static Measured means(long n, double candidate, double live) {
        return measured()
                .with(Metric.SCORE_MEAN, Subject.CANDIDATE, new Reading.Sample(n, candidate, 0.04, NOW))
                .with(Metric.SCORE_MEAN, Subject.LIVE, new Reading.Sample(n, live, 0.04, NOW));
    }
}
