package dev.tranche.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.release.Horizon;
import dev.tranche.release.Metric;
import dev.tranche.release.Reading;
import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The windows are a fold: counted live, counted again after a restart, or counted from the middle, they say
/// the same.
class WindowsReplayTest {
    private static final long BEGIN = 1_760_000_000L;

    @TempDir
    private Path folder;

    private DecisionJournal open() throws Exception {
        LogSettings small = LogSettings.of(Durability.ASYNC).withSegmentBytes(1 << 20);
        return DecisionJournal.open(folder.resolve("journal"), small, 1);
    }

    private TimeIndex index(DecisionJournal journal) {
        return TimeIndex.open(folder.resolve("times"), journal.start());
    }

    /// Ten minutes of traffic, two decisions a second, each shadowed, every third with an outcome.
    private static void traffic(DecisionJournal journal) {
        Random random = new Random(7);
        for (int i = 0; i < 1200; i++) {
            long micros = (BEGIN + i / 2) * 1_000_000L + i % 2 * 300_000L;
            DecisionId id = journal.append(Records.decision(random, micros));
            journal.append(Records.shadow(random, id, micros + 100_000));
            if (i % 3 == 0) {
                journal.append(Records.outcome(random, id, micros + 200_000));
            }
        }
    }

    private static Windows fold(DecisionJournal journal, TimeIndex index, long from) throws Exception {
        Windows windows = Windows.over(journal, index, from);
        try (JournalTail tail = JournalTail.start(journal, from, index, windows)) {
            assertThat(tail.await(journal.end(), Duration.ofSeconds(30))).isTrue();
        }
        return windows;
    }

    private static Map<String, Object> everything(Windows windows) {
        Instant now = Instant.ofEpochSecond(BEGIN + 600);
        Map<String, Object> found = new LinkedHashMap<>();
        for (String version : List.of(Records.ONE.name(), Records.TWO.name(), Records.POLICY.name())) {
            for (Metric metric : Metric.values()) {
                for (Horizon horizon : List.of(
                        new Horizon.SinceStage(),
                        new Horizon.Trailing(Duration.ofSeconds(60)),
                        new Horizon.Trailing(Duration.ofMinutes(30)),
                        new Horizon.Matured(Duration.ofSeconds(90)))) {
                    found.put(
                            version + " " + metric + " " + horizon,
                            windows.reading(Records.PRODUCT, version, metric, horizon, now));
                }
            }
        }
        found.put("arms", windows.arms("exp"));
        found.put("snapshot", windows.snapshot(Records.PRODUCT, now));
        return found;
    }

    private static Followed stage() {
        return new Followed(
                Records.TWO.name(), true, Instant.ofEpochSecond(BEGIN + 100), Instant.ofEpochSecond(BEGIN + 300));
    }

    @Test
    void afterARestartTheyAreEqual() throws Exception {
        Map<String, Object> before;
        try (DecisionJournal journal = open()) {
            TimeIndex index = index(journal);
            Windows windows = Windows.over(journal, index, journal.start());
            windows.follow(Records.PRODUCT, stage());
            try (JournalTail tail = JournalTail.start(journal, journal.start(), index, windows)) {
                traffic(journal);
                assertThat(tail.await(journal.end(), Duration.ofSeconds(30))).isTrue();
            }
            before = everything(windows);
        }
        try (DecisionJournal journal = open()) {
            Windows again = fold(journal, index(journal), journal.start());
            again.follow(Records.PRODUCT, stage());
            assertThat(everything(again)).isEqualTo(before);
        }
    }

    @Test
    void aStageFollowedLateIsCountedFromItsBeginning() throws Exception {
        try (DecisionJournal journal = open()) {
            traffic(journal);
            TimeIndex index = index(journal);
            Windows late = fold(journal, index, journal.start());
            late.follow(Records.PRODUCT, stage());
            Windows early = Windows.over(journal, index, journal.start());
            early.follow(Records.PRODUCT, stage());
            try (JournalTail tail = JournalTail.start(journal, journal.start(), early)) {
                assertThat(tail.await(journal.end(), Duration.ofSeconds(30))).isTrue();
            }
            assertThat(everything(late)).isEqualTo(everything(early));
            Windows tailOnly = fold(journal, index, index.before(BEGIN + 500, journal.start()));
            tailOnly.follow(Records.PRODUCT, stage());
            assertThat(tailOnly.reading(
                            Records.PRODUCT,
                            Records.ONE.name(),
                            Metric.REQUESTS,
                            new Horizon.SinceStage(),
                            Instant.ofEpochSecond(BEGIN + 600)))
                    .isEqualTo(early.reading(
                            Records.PRODUCT,
                            Records.ONE.name(),
                            Metric.REQUESTS,
                            new Horizon.SinceStage(),
                            Instant.ofEpochSecond(BEGIN + 600)));
        }
    }

    @Test
    void aNewStageIsReadFromItsBeginningAndKeepsTheMaturedOutcomes() throws Exception {
        try (DecisionJournal journal = open()) {
            traffic(journal);
            TimeIndex index = index(journal);
            Instant started = Instant.ofEpochSecond(BEGIN);
            Followed first = new Followed(Records.TWO.name(), true, started, started);
            Followed second = new Followed(Records.TWO.name(), true, started, Instant.ofEpochSecond(BEGIN + 400));
            Windows moved = fold(journal, index, journal.start());
            moved.follow(Records.PRODUCT, first);
            moved.follow(Records.PRODUCT, second);
            Windows fresh = fold(journal, index, journal.start());
            fresh.follow(Records.PRODUCT, second);
            assertThat(everything(moved)).isEqualTo(everything(fresh));
            assertThat(matured(moved)).isEqualTo(matured(fresh)).isNotEqualTo(0L);
            assertThat(moved.countedSince(Instant.ofEpochSecond(BEGIN + 600))).isBeforeOrEqualTo(started);
        }
    }

    private static long matured(Windows windows) {
        Reading outcomes = windows.reading(
                Records.PRODUCT,
                Records.TWO.name(),
                Metric.OUTCOMES,
                new Horizon.Matured(Duration.ofSeconds(10)),
                Instant.ofEpochSecond(BEGIN + 600));
        return outcomes instanceof Reading.Count count ? count.n() : -1;
    }

    @Test
    void theNumbersAreThoseOfTheRecords() throws Exception {
        try (DecisionJournal journal = open()) {
            traffic(journal);
            Windows windows = fold(journal, index(journal), journal.start());
            Random random = new Random(7);
            long requests = 0;
            long errors = 0;
            for (int i = 0; i < 1200; i++) {
                long micros = (BEGIN + i / 2) * 1_000_000L + i % 2 * 300_000L;
                DecisionRecord decision = Records.decision(random, micros);
                Records.shadow(random, new DecisionId(1, 0), micros);
                if (i % 3 == 0) {
                    Records.outcome(random, new DecisionId(1, 0), micros);
                }
                if (decision.model().equals(Records.ONE) && decision.placement().role() != Placement.Role.PINNED) {
                    requests++;
                    Answer.Cause cause = decision.answer().cause();
                    errors += cause == Answer.Cause.DEADLINE || cause == Answer.Cause.FAILURE ? 1 : 0;
                }
            }
            Horizon all = new Horizon.Trailing(Duration.ofMinutes(30));
            Instant now = Instant.ofEpochSecond(BEGIN + 601);
            Reading rate = windows.reading(Records.PRODUCT, Records.ONE.name(), Metric.ERROR_RATE, all, now);
            assertThat(rate).isEqualTo(new Reading.Proportion(errors, requests, now));
            assertThat(errors).isPositive();
        }
    }

    @Test
    void whatWasNeverMeasuredIsNotANumber() throws Exception {
        try (DecisionJournal journal = open()) {
            Windows windows = fold(journal, index(journal), journal.start());
            Instant now = Instant.ofEpochSecond(BEGIN);
            assertThat(windows.reading("nobody", "v", Metric.DATA_AGE, new Horizon.SinceStage(), now))
                    .isInstanceOf(Reading.Unavailable.class);
            assertThat(windows.reading("nobody", "v", Metric.BREAKER, new Horizon.SinceStage(), now))
                    .isInstanceOf(Reading.Unavailable.class);
            assertThat(windows.reading("nobody", "v", Metric.ERROR_RATE, new Horizon.SinceStage(), now)
                            .level())
                    .isEmpty();
        }
    }
}
