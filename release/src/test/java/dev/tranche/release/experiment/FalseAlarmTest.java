package dev.tranche.release.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.release.Share;
import dev.tranche.release.Trials;
import dev.tranche.release.VersionName;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// How often the sequential tests are wrong when they are looked at all the time, and how soon they are
/// right, by simulation with fixed seeds. The figures printed here are those of
/// `docs/concepts/statistics.md`.
class FalseAlarmTest {
    private static final double ALPHA = 0.05;
    private static final int RUNS = 400;
    private static final int LOOKS = 60;

    /// `knowledge` fact 7: 500 requests an arm and minute at 0.5 % errors, one look a minute for an hour.
    @Test
    void twoEqualArmsRaiseNoMoreFalseAlarmsThanStated() {
        assertThat(share(0.005, 0.005, 500, 500, 1)).isLessThanOrEqualTo(ALPHA);
        assertThat(share(0.40, 0.40, 500, 500, 2)).isLessThanOrEqualTo(ALPHA);
        assertThat(share(0.40, 0.40, 50, 950, 3)).isLessThanOrEqualTo(ALPHA);
        assertThat(share(0.001, 0.001, 20, 20, 4)).isLessThanOrEqualTo(ALPHA);

        assertThat(share(0.02, 0.02, 50, 950, 6)).isLessThanOrEqualTo(ALPHA);
    }

    /// The same looks with a plain z-test: what happens without a sequential test.
    @Test
    void aPlainTestLookedAtEveryMinuteRaisesManyTimesMore() {
        int alarms = 0;
        for (int run = 0; run < RUNS; run++) {
            RandomGenerator chance = Trials.chance(100 + run);
            long a = 0;
            long b = 0;
            for (int look = 1; look <= LOOKS; look++) {
                a += hits(chance, 500, 0.005);
                b += hits(chance, 500, 0.005);
                double n = 500.0 * look;
                double pooled = (a + b) / (2 * n);
                if (pooled > 0 && Math.abs(a - b) / n > 1.96 * Math.sqrt(2 * pooled * (1 - pooled) / n)) {
                    alarms++;
                    break;
                }
            }
        }
        assertThat((double) alarms / RUNS).isBetween(0.20, 0.45);
    }

    @Test
    void aRiseFromHalfAPercentToTwoIsSeenWithinMinutes() {
        int[] minutes = detection(0.02, 0.005, 500, 500);
        System.out.printf(
                "0.5 %% -> 2 %% at 500 requests an arm and minute: median %d min, p95 %d min%n",
                minutes[RUNS / 2], minutes[RUNS * 95 / 100]);
        assertThat(minutes[RUNS / 2]).isLessThanOrEqualTo(6);
        assertThat(minutes[RUNS * 95 / 100]).isLessThanOrEqualTo(8);
    }

    @Test
    void aFallOfApprovalsFromFortyToThirtyPercentIsSeenWithinMinutes() {
        int[] minutes = detection(0.30, 0.40, 500, 500);
        System.out.printf(
                "approvals 40 %% -> 30 %%: median %d min, p95 %d min%n", minutes[RUNS / 2], minutes[RUNS * 95 / 100]);
        assertThat(minutes[RUNS / 2]).isLessThanOrEqualTo(4);
    }

    /// Both arms answer the same units, agreeing on most of them: the paired interval must hold too.
    @Test
    void armsThatAnswerTheSameUnitsRaiseNoMoreEither() {
        int alarms = 0;
        for (int run = 0; run < 300; run++) {
            RandomGenerator chance = Trials.chance(5_000 + run);
            long a = 0;
            long b = 0;
            boolean alarm = false;
            for (int look = 1; look <= LOOKS && !alarm; look++) {
                for (int i = 0; i < 100; i++) {
                    boolean common = chance.nextDouble() < 0.4;
                    a += (chance.nextDouble() < 0.1 ? chance.nextDouble() < 0.4 : common) ? 1 : 0;
                    b += (chance.nextDouble() < 0.1 ? chance.nextDouble() < 0.4 : common) ? 1 : 0;
                }
                alarm = excludesZero(Difference.interval(a, 100L * look, b, 100L * look, ALPHA, true));
            }
            alarms += alarm ? 1 : 0;
        }
        assertThat(alarms / 300.0).isLessThanOrEqualTo(ALPHA);
    }

    @Test
    void calibratedScoresRaiseNoMoreFalseAlarmsThanStated() {
        assertThat(calibrationAlarms(1.0)).isLessThanOrEqualTo(ALPHA);
        assertThat(calibrationAlarms(0.5)).isGreaterThan(0.99);
    }

    @Test
    void aLevelOnItsLimitRaisesNoMoreFalseAlarmsThanStated() {
        int alarms = 0;
        for (int run = 0; run < RUNS; run++) {
            RandomGenerator chance = Trials.chance(9_000 + run);
            long hits = 0;
            for (int n = 1; n <= 1_000; n++) {
                hits += chance.nextDouble() < 0.05 ? 1 : 0;
                if (ProportionSequence.of(hits, n).evidence(0.05) > -Math.log(ALPHA)) {
                    alarms++;
                    break;
                }
            }
        }
        assertThat((double) alarms / RUNS).isLessThanOrEqualTo(ALPHA);
    }

    @Test
    void keptSharesRaiseAlmostNoMismatchAndABrokenSplitIsSeen() {
        List<Arm> arms = List.of(
                new Arm(VersionName.parse("a_b_v1.0"), Share.ofPercent(30)),
                new Arm(VersionName.parse("a_b_v1.1"), Share.ofPercent(70)));
        int alarms = 0;
        int seen = 0;
        for (int run = 0; run < 300; run++) {
            alarms += mismatch(arms, Trials.chance(20_000 + run), 0.30) ? 1 : 0;
            seen += mismatch(arms, Trials.chance(30_000 + run), 0.33) ? 1 : 0;
        }
        assertThat(alarms).isLessThanOrEqualTo(3);
        assertThat(seen).isGreaterThan(290);
    }

    private static boolean mismatch(List<Arm> arms, RandomGenerator chance, double real) {
        long first = 0;
        for (long n = 200; n <= 20_000; n += 200) {
            first += hits(chance, 200, real);
            if (SampleRatio.mismatch(arms, List.of(first, n - first))) {
                return true;
            }
        }
        return false;
    }

    private static double calibrationAlarms(double truth) {
        int alarms = 0;
        for (int run = 0; run < 300; run++) {
            RandomGenerator chance = Trials.chance(40_000 + run);
            long observed = 0;
            double expected = 0;
            for (int n = 1; n <= 2_000; n++) {
                double score = 0.05 + 0.5 * chance.nextDouble();
                expected += score;
                observed += chance.nextDouble() < score * truth ? 1 : 0;
                if (RatioSequence.of(observed, expected).evidence(1) > -Math.log(ALPHA)) {
                    alarms++;
                    break;
                }
            }
        }
        return alarms / 300.0;
    }

    private static double share(double p, double q, int n, int otherN, int seed) {
        int alarms = 0;
        for (int run = 0; run < RUNS; run++) {
            alarms += alarm(Trials.chance(seed * 100_000L + run), p, q, n, otherN) <= LOOKS ? 1 : 0;
        }
        System.out.printf(
                "A/A at %.1f %%, %d and %d a minute, an hour of looks: %.1f %% false alarms%n",
                100 * p, n, otherN, 100.0 * alarms / RUNS);
        return (double) alarms / RUNS;
    }

    private static int[] detection(double p, double q, int n, int otherN) {
        int[] minutes = new int[RUNS];
        for (int run = 0; run < RUNS; run++) {
            minutes[run] = alarm(Trials.chance(700_000 + run), p, q, n, otherN);
        }
        Arrays.sort(minutes);
        return minutes;
    }

    /// The look at which zero is excluded; one more than the last if never.
    private static int alarm(RandomGenerator chance, double p, double q, int n, int otherN) {
        long a = 0;
        long b = 0;
        for (int look = 1; look <= LOOKS; look++) {
            a += hits(chance, n, p);
            b += hits(chance, otherN, q);
            if (excludesZero(Difference.interval(a, (long) n * look, b, (long) otherN * look, ALPHA, false))) {
                return look;
            }
        }
        return LOOKS + 1;
    }

    private static boolean excludesZero(Interval interval) {
        return interval.lower() > 0 || interval.upper() < 0;
    }

    private static int hits(RandomGenerator chance, int n, double p) {
        int hits = 0;
        for (int i = 0; i < n; i++) {
            hits += chance.nextDouble() < p ? 1 : 0;
        }
        return hits;
    }
}
