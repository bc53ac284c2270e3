package dev.tranche.server.measured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.release.Horizon;
import dev.tranche.release.Metric;
import dev.tranche.release.Reading;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredTest {
    private static final String VERSION = "divergence_btc_v1.0";
    private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
    private static final Horizon MINUTE = new Horizon.Trailing(Duration.ofMinutes(1));
    private static final Horizon STAGE = new Horizon.SinceStage();

    @TempDir
    Path folder;

    private Measured measured;

    @BeforeEach
    void open() {
        measured = Measured.in(folder.resolve("measured"));
    }

    @AfterEach
    void close() {
        measured.close();
    }

    private static String line(String entity, String sender, long seq, Instant end, String fields) {
        return "tranche_signal,product=divergence,version=" + VERSION + ",entity=" + entity + ",mode=read-only,sender="
                + sender + " seq=" + seq + "," + fields + " " + end.toEpochMilli();
    }

    private Measured.Taken post(Instant now, String... lines) {
        return measured.take(String.join("\n", lines), Precision.MILLISECONDS, VERSION::equals, now);
    }

    /// A line a second for each entity, from `from` on.
    private void told(Instant from, int seconds, String fields, String... entities) {
        for (int i = 1; i <= seconds; i++) {
            Instant end = from.plusSeconds(i);
            for (String entity : entities) {
                assertThat(post(end, line(entity, "h1", from.getEpochSecond() + i, end, fields))
                                .refused())
                        .isZero();
            }
        }
    }

    private Reading read(Metric metric, Horizon horizon, Instant now, String... entities) {
        Scope scope = new Scope(Optional.of(START), List.of(entities));
        return measured.reading("divergence", VERSION, metric, horizon, scope, now);
    }

    @Test
    void countsOfSecondsAndEntitiesAddUp() {
        told(START, 10, "events=40,errors=1,detection_latency=\"97:2 200:1\"", "BTCUSDT", "ETHUSDT");
        Instant now = START.plusSeconds(10);
        assertThat(read(Metric.REQUESTS, STAGE, now, "BTCUSDT", "ETHUSDT")).isEqualTo(new Reading.Count(800, now));
        assertThat(read(Metric.REQUESTS, STAGE, now, "BTCUSDT")).isEqualTo(new Reading.Count(400, now));
        assertThat(read(Metric.ERROR_RATE, MINUTE, now)).isEqualTo(new Reading.Proportion(20, 800, now));
        assertThat(read(Metric.DETECTION_LATENCY_P95, MINUTE, now))
                .isInstanceOfSatisfying(Reading.Quantile.class, found -> {
                    assertThat(found.n()).isEqualTo(60);
                    assertThat(found.value()).as("bucket 200 is 2.9 ms").isBetween(2.7, 3.1);
                });
        assertThat(read(Metric.EVENT_LATENCY_P95, MINUTE, now).level()).isEmpty();
        assertThat(read(Metric.REQUESTS, new Horizon.Trailing(Duration.ofSeconds(3)), now, "BTCUSDT"))
                .isEqualTo(new Reading.Count(120, now));
    }

    @Test
    void theClosureErrorIsTheShareOfSignalsThatTheSidesMiss() {
        told(START, 10, "events=1,closed_all=10,closed_bull=4,closed_bear=3,closed_conflict=1", "BTCUSDT");
        Instant now = START.plusSeconds(10);
        assertThat(read(Metric.CLOSURE_ERROR, MINUTE, now)).isEqualTo(new Reading.Proportion(20, 100, now));
        told(now, 10, "events=1,closed_bull=4", "ETHUSDT");
        assertThat(read(Metric.CLOSURE_ERROR, MINUTE, now.plusSeconds(10), "ETHUSDT")
                        .level())
                .as("signals of a side that nobody counted are no better")
                .hasValue(1);
    }

    @Test
    void healthChecksThatFailInARowAreCountedAndOneThatPassesBeginsAnew() {
        told(START, 60, "events=1", "BTCUSDT", "ETHUSDT");
        Instant well = START.plusSeconds(60);
        assertThat(read(Metric.HEALTH_FAILURES, MINUTE, well, "BTCUSDT")).isEqualTo(new Reading.Count(0, well));
        told(well, 40, "events=1", "ETHUSDT");
        Instant silent = well.plusSeconds(40);
        assertThat(read(Metric.HEALTH_FAILURES, MINUTE, silent, "ETHUSDT").level())
                .hasValue(0);
        assertThat(read(Metric.HEALTH_FAILURES, MINUTE, silent, "BTCUSDT", "ETHUSDT")
                        .level())
                .as("three whole checks of ten seconds, and three seconds under way")
                .hasValue(3);
        told(silent, 7, "events=1,up=false", "ETHUSDT");
        told(silent, 13, "events=1", "BTCUSDT");
        assertThat(read(Metric.HEALTH_FAILURES, MINUTE, silent.plusSeconds(13), "BTCUSDT")
                        .level())
                .hasValue(0);
        assertThat(read(Metric.HEALTH_FAILURES, MINUTE, silent.plusSeconds(13), "ETHUSDT")
                        .level())
                .as("it speaks and is not up")
                .hasValue(1);
    }

    @Test
    void silenceFromTheBeginningFailsHealthChecksOnlyAfterTheEngineWasDue() {
        assertThat(read(Metric.HEALTH_FAILURES, MINUTE, START.plusSeconds(41), "BTCUSDT")
                        .level())
                .hasValue(0);
        assertThat(read(Metric.HEALTH_FAILURES, MINUTE, START.plusSeconds(63), "BTCUSDT")
                        .level())
                .hasValue(3);
        assertThat(read(Metric.HEALTH_FAILURES, MINUTE, START.plusSeconds(63)).level())
                .as("nobody at all")
                .hasValue(3);
    }

    @Test
    void moneyAddsUpOverTheEntitiesAndTheDeepestDrawdownCounts() {
        Instant now = START.plusSeconds(1);
        post(now, line("BTCUSDT", "h1", 1, now, "events=1").replace("tranche_signal", "tranche_desk"));
        assertThat(read(Metric.PNL, MINUTE, now).level()).isEmpty();
        Instant next = START.plusSeconds(2);
        desk(next, "BTCUSDT", 2, "pnl=12.5,drawdown=0.01,quote_latency=\"97:5\"");
        assertThat(read(Metric.PNL, MINUTE, next)).isEqualTo(new Reading.Gauge(12.5, next));
        desk(next, "ETHUSDT", 1, "pnl=-20,drawdown=0.03,quote_latency=\"97:7\"");
        assertThat(read(Metric.PNL, MINUTE, next)).isEqualTo(new Reading.Gauge(-7.5, next));
        assertThat(read(Metric.DRAWDOWN, MINUTE, next)).isEqualTo(new Reading.Gauge(0.03, next));
        assertThat(read(Metric.QUOTE_LATENCY_P95, MINUTE, next))
                .isEqualTo(read(Metric.LATENCY_P95, MINUTE, next))
                .isInstanceOfSatisfying(
                        Reading.Quantile.class, found -> assertThat(found.n()).isEqualTo(12));
        Instant later = START.plusSeconds(3);
        desk(later, "ETHUSDT", 2, "quotes=1");
        assertThat(read(Metric.PNL, MINUTE, later).level()).as("it stands").hasValue(-7.5);
    }

    private void desk(Instant at, String entity, long seq, String fields) {
        assertThat(post(at, line(entity, "h1", seq, at, "events=1," + fields).replace("tranche_signal", "tranche_desk"))
                        .refused())
                .isZero();
    }

    @Test
    void theOrderOfLinesAndRepeatedPostsChangeNothing() {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= 600; i++) {
            lines.add(line("BTCUSDT", "h" + i % 3, 1 + i / 3, START.plusSeconds(i), "events=" + i));
        }
        Instant now = START.plusSeconds(600);
        Random chance = new Random(7);
        List<String> twice = new ArrayList<>(lines);
        twice.addAll(lines);
        Collections.shuffle(twice, chance);
        for (String each : twice) {
            assertThat(post(now, each).refused()).isZero();
        }
        assertThat(read(Metric.REQUESTS, STAGE, now)).isEqualTo(new Reading.Count(600 * 601 / 2, now));
        assertThat(read(Metric.REQUESTS, new Horizon.Trailing(Duration.ofSeconds(2)), now))
                .as("at the second that it ended")
                .isEqualTo(new Reading.Count(599 + 600, now));
    }

    @Test
    void aNumberCountsOnceWhateverItSaysTheSecondTimeAndOneTooFarBackIsRefused() {
        Instant now = START.plusSeconds(5);
        post(now, line("BTCUSDT", "h1", 5_000, now, "events=10"));
        assertThat(post(now, line("BTCUSDT", "h1", 5_000, now, "events=99")).written())
                .isEqualTo(1);
        assertThat(post(now, line("BTCUSDT", "h1", 3_977, now, "events=1")).refused())
                .isZero();
        assertThat(post(now, line("BTCUSDT", "h1", 3_976, now, "events=1"))
                        .reasons()
                        .getFirst()
                        .reason())
                .contains("seq 3976 lies too far behind");
        assertThat(post(now, line("BTCUSDT", "h2", 1, now, "events=100")).refused())
                .as("an engine that starts anew begins anew")
                .isZero();
        assertThat(read(Metric.REQUESTS, STAGE, now)).isEqualTo(new Reading.Count(111, now));
    }

    @Test
    void badLinesAreNamedByNumberAndAllOthersAreTaken() {
        Measured.Taken taken = post(
                START,
                "# a comment",
                line("BTCUSDT", "h1", 1, START, "events=1"),
                "",
                "nonsense",
                line("BTCUSDT", "h1", 2, START, "events=1") + "\r",
                line("BTCUSDT", "h1", 3, START, "events=1,note=\"no quote"),
                line("BTCUSDT", "h1", 4, START, "events=1").replace("v1.0", "v9.0"),
                line("BTCUSDT", "h1", 5, START, "events=1"));
        assertThat(taken.written()).isEqualTo(3);
        assertThat(taken.reasons()).extracting(Measured.Refusal::line).containsExactly(4, 6, 7);
        assertThat(taken.reasons().getLast().reason()).isEqualTo("no version is registered as divergence_btc_v9.0");
        assertThatThrownBy(() -> post(START, "\n".repeat(Measured.LINES)))
                .hasMessage("a post has at most 5000 lines: 5001");
    }

    @Test
    void nothingToldReadsAsNothingMeasured() {
        assertThat(read(Metric.ERROR_RATE, MINUTE, START).level()).isEmpty();
        assertThat(read(Metric.DETECTION_LATENCY_P95, MINUTE, START).level()).isEmpty();
        assertThat(read(Metric.REQUESTS, STAGE, START)).isEqualTo(new Reading.Count(0, START));
        assertThat(read(Metric.DATA_AGE, STAGE, START)).isInstanceOf(Reading.Unavailable.class);
        assertThat(read(Metric.MEMORY_USED, STAGE, START)).isInstanceOf(Reading.Unavailable.class);
        assertThat(read(Metric.AVAILABILITY, MINUTE, START).level()).isEmpty();
        assertThat(read(Metric.APPROVAL_RATE, MINUTE, START)).isInstanceOf(Reading.Unavailable.class);
    }

    @Test
    void anEntityOfTheStageThatIsNotHeardOfMakesTheStageUnavailable() {
        told(START, 10, "events=40", "BTCUSDT");
        Instant now = START.plusSeconds(10);
        assertThat(read(Metric.ERROR_RATE, STAGE, now, "BTCUSDT", "ETHUSDT"))
                .isEqualTo(new Reading.Unavailable("nothing was heard of ETHUSDT since the stage began"));
        assertThat(read(Metric.DATA_AGE, STAGE, now, "BTCUSDT", "ETHUSDT")).isInstanceOf(Reading.Unavailable.class);
        assertThat(read(Metric.DATA_AGE, STAGE, now, "BTCUSDT")).isEqualTo(new Reading.Gauge(0, now));
    }

    @Test
    void dataAgeIsThatOfTheEntityHeardOfLongestAgo() {
        told(START, 10, "events=40", "BTCUSDT", "ETHUSDT");
        told(START.plusSeconds(10), 5, "events=40", "BTCUSDT");
        assertThat(read(Metric.DATA_AGE, STAGE, START.plusSeconds(16), "BTCUSDT", "ETHUSDT")
                        .level())
                .hasValue(6);
    }

    @Test
    void whatWasCountedGoesStaleInSilenceAndAvailabilityFalls() {
        told(START, 100, "events=40", "BTCUSDT");
        Instant quiet = START.plusSeconds(100 + 33);
        assertThat(read(Metric.ERROR_RATE, MINUTE, quiet, "BTCUSDT").fresh(quiet))
                .isInstanceOf(Reading.Unavailable.class);
        assertThat(read(Metric.AVAILABILITY, MINUTE, quiet, "BTCUSDT").fresh(quiet))
                .isEqualTo(new Reading.Proportion(29, 60, quiet));
        Instant later = quiet.plusSeconds(3_600);
        assertThat(read(Metric.AVAILABILITY, MINUTE, later, "BTCUSDT")).isEqualTo(new Reading.Proportion(0, 60, later));
    }

    @Test
    void anEngineThatNeverSpeaksIsDownAfterItsGrace() {
        Instant early = START.plusSeconds(30);
        assertThat(read(Metric.AVAILABILITY, MINUTE, early, "BTCUSDT").level()).isEmpty();
        Instant late = START.plusSeconds(30 + 20 + 2);
        assertThat(read(Metric.AVAILABILITY, MINUTE, late, "BTCUSDT")).isEqualTo(new Reading.Proportion(0, 20, late));
        told(START.plusSeconds(30), 22, "events=1", "BTCUSDT");
        assertThat(read(Metric.AVAILABILITY, MINUTE, late, "BTCUSDT", "ETHUSDT").level())
                .as("the silent one of two")
                .hasValue(0.5);
    }

    @Test
    void aSecondIsUpWhenHalfOfItIsCoveredByLinesThatSaySo() {
        told(START, 20, "events=1,up=true", "BTCUSDT");
        told(START.plusSeconds(20), 20, "events=0,up=false", "BTCUSDT");
        Instant now = START.plusSeconds(42);
        assertThat(read(Metric.AVAILABILITY, MINUTE, now, "BTCUSDT")).isEqualTo(new Reading.Proportion(20, 40, now));
        Instant end = START.plusMillis(44_700);
        post(end, line("ETHUSDT", "h1", 1, end, "events=1,span_ms=3300"));
        Instant asked = START.plusSeconds(47);
        assertThat(read(Metric.AVAILABILITY, MINUTE, asked, "ETHUSDT"))
                .as("41.4 to 44.7 of what is due from 30 on: four seconds by half or more")
                .isEqualTo(new Reading.Proportion(4, 15, asked));
    }

    @Test
    void longStagesAndWindowsAreCountedByTheMinute() {
        for (int minute = 0; minute < 120; minute++) {
            Instant end = START.plusSeconds(60L * minute + 60);
            post(end, line("BTCUSDT", "h1", minute + 1, end, "events=600,span_ms=60000"));
        }
        Instant now = START.plusSeconds(7_203);
        assertThat(read(Metric.REQUESTS, STAGE, now, "BTCUSDT").level()).hasValue(72_000);
        assertThat(read(Metric.REQUESTS, new Horizon.Trailing(Duration.ofHours(1)), now, "BTCUSDT")
                        .level())
                .hasValueCloseTo(36_000.0, within(600.0));
        assertThat(read(Metric.AVAILABILITY, STAGE, now, "BTCUSDT").level()).hasValue(1);
    }

    @Test
    void aStageCountsWhatEndedInItAndALaterStageBeginsAnew() {
        told(START.minusSeconds(20), 40, "events=1", "BTCUSDT");
        Instant now = START.plusSeconds(20);
        assertThat(read(Metric.REQUESTS, STAGE, now).level()).hasValue(20);
        Scope next = new Scope(Optional.of(now), List.of("BTCUSDT"));
        assertThat(measured.reading("divergence", VERSION, Metric.REQUESTS, STAGE, next, now))
                .isEqualTo(new Reading.Unavailable("nothing was heard of BTCUSDT since the stage began"));
        told(now, 10, "events=5", "BTCUSDT");
        Instant later = now.plusSeconds(10);
        assertThat(measured.reading("divergence", VERSION, Metric.REQUESTS, STAGE, next, later)
                        .level())
                .hasValue(50);
    }

    @Test
    void aRestartCountsTheSameAgainAndStillKnowsWhatItTook() {
        told(START, 100, "events=40,errors=2,detection_latency=\"97:2\"", "BTCUSDT");
        Instant now = START.plusSeconds(100);
        List<Reading> before = readings(now);
        measured.close();
        measured = Measured.in(folder.resolve("measured"));
        assertThat(readings(now)).isEqualTo(before);
        assertThat(post(now, line("BTCUSDT", "h1", START.getEpochSecond() + 100, now, "events=40"))
                        .written())
                .isEqualTo(1);
        assertThat(readings(now)).as("a repeated post is still known").isEqualTo(before);
        assertThat(measured.snapshot("divergence", now)).singleElement().satisfies(view -> {
            assertThat(view.events()).isEqualTo(60 * 40);
            assertThat(view.mode()).isEqualTo("read-only");
            assertThat(view.upSeconds()).isEqualTo(59);
        });
    }

    private List<Reading> readings(Instant now) {
        return List.of(
                read(Metric.REQUESTS, MINUTE, now, "BTCUSDT"),
                read(Metric.ERROR_RATE, MINUTE, now, "BTCUSDT"),
                read(Metric.DETECTION_LATENCY_P95, MINUTE, now, "BTCUSDT"),
                read(Metric.AVAILABILITY, MINUTE, now, "BTCUSDT"),
                read(Metric.DATA_AGE, MINUTE, now, "BTCUSDT"));
    }
}
