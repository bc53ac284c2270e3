package dev.tranche.release.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.release.Metric;
import dev.tranche.release.Observation;
import dev.tranche.release.Reading;
import dev.tranche.release.Subject;
import dev.tranche.release.Verdict;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Canaries that Kayenta's judge lets pass (issues kayenta#426, #780, #799, spinnaker#5622, #6278): each must
/// be anything but a pass here. Their figures are per-minute error counts or latencies; a minute is taken as
/// 100 requests.
class KnownBadTest {
    private static final String NO_WORSE = "error_rate no worse than live by 0.5pp";

    @Test
    void sparseErrorsAgainstNone() {
        assertThat(errors(LongStream.of(0, 1, 2, 1, 0, 0), 6).word()).isEqualTo("wait");
        assertThat(errors(LongStream.of(1, 4, 2, 3, 1), 5).word()).isNotEqualTo("pass");
    }

    /// The same errors a thousand times over do not pass by sheer size: they fail.
    @Test
    void sparseErrorsAgainstNoneForLongEnoughFail() {
        Observation many = Measured.at(Drive.START)
                .rate(Metric.ERROR_RATE, 11_000, 500_000)
                .liveRate(Metric.ERROR_RATE, 0, 500_000);
        assertThat(judge(NO_WORSE, many).word()).isEqualTo("fail");
    }

    /// spinnaker#5622: the baseline never reported (ten NaN), the canary had five errors.
    @Test
    void errorsAgainstABaselineThatReportedNothing() {
        Measured canary = Measured.at(Drive.START).rate(Metric.ERROR_RATE, 5, 1_000);
        assertThat(judge(NO_WORSE, canary).word()).isEqualTo("broken");
        assertThat(judge(NO_WORSE, canary.liveRate(Metric.ERROR_RATE, 0, 0)).word())
                .isEqualTo("wait");
    }

    /// spinnaker#6278: [100 x 7, 1 x 3] against [1 x 10] passes the Mann-Whitney test.
    @Test
    void sevenLargeValuesOfTen() {
        DoubleStream values = DoubleStream.of(100, 100, 100, 100, 100, 100, 100, 1, 1, 1);
        double[] canary = values.toArray();
        assertThat(means(canary, new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, 1).word())
                .isNotEqualTo("pass");
        assertThat(means(canary, new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, 50)
                        .word())
                .isEqualTo("fail");
    }

    /// kayenta#780: the middle stays, the spread blows up; a limit on the tail sees it.
    @Test
    void aSpreadThatBlowsUpIsSeenAtTheTail() {
        Measured wide = Measured.at(Drive.START).quantile(Metric.LATENCY_P95, 480, 600);
        assertThat(judge("latency_p95 < 50ms", wide).word()).isEqualTo("fail");
    }

    private static Verdict errors(LongStream perMinute, long minutes) {
        long of = minutes * 100;
        return judge(
                NO_WORSE,
                Measured.at(Drive.START)
                        .rate(Metric.ERROR_RATE, perMinute.sum(), of)
                        .liveRate(Metric.ERROR_RATE, 0, of));
    }

    private static Verdict means(double[] canary, double[] live, int times) {
        return judge(
                "score_mean within 5 of live",
                Measured.at(Drive.START)
                        .with(Metric.SCORE_MEAN, Subject.CANDIDATE, sample(canary, times))
                        .with(Metric.SCORE_MEAN, Subject.LIVE, sample(live, times)));
    }

    private static Reading sample(double[] values, int times) {
        double mean = DoubleStream.of(values).average().orElseThrow();
        double squares = DoubleStream.of(values)
                .map(each -> (each - mean) * (each - mean))
                .sum();
        return new Reading.Sample((long) values.length * times, mean, squares / (values.length - 1), Drive.START);
    }

    private static Verdict judge(String gate, Observation observation) {
        return new GateJudge(observation, Drive.START, false, 0, 1).judge(Gate.parse(gate));
    }
}
