package dev.tranche.market.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tranche.market.Side;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeedMonitorTest {
    private static final long T = 1_700_000_000_000L;
    private static final long UNKNOWN = MarketSink.UNKNOWN;

    private final Said said = new Said();
    private final FeedMonitor monitor = FeedMonitor.before(FeedLimits.USUAL, said);

    @Test
    void aTradeSeenBeforeIsNamedAndDropped() {
        trade(T, 5);
        trade(T, 5);
        trade(T, 6);

        faults(Map.of(Fault.DUPLICATE, 1L));
        assertThat(said.events())
                .hasSize(3)
                .element(1)
                .isEqualTo("DUPLICATE at " + T + ": 5 was seen before, the last was 5");
    }

    @Test
    void tradesLeftOutAreAGapAndTheNextOneIsUsed() {
        trade(T, 5);
        trade(T, 9);

        assertThat(said.events()).element(1).isEqualTo("GAP at " + T + ": trade id 9 where 6 was due");
        assertThat(said.events()).hasSize(3);
    }

    @Test
    void anIdWithoutATradeContinuesTheIds() {
        trade(T, 5);
        monitor.noTrade(T, UNKNOWN, 6);
        trade(T, 7);

        faults(Map.of());
    }

    @Test
    void idsThatBeginAgainFarBelowAreARestart() {
        trade(T, 5_000_000);
        trade(T + 1, 1);
        trade(T + 2, 2);

        faults(Map.of(Fault.RESTART, 1L));
    }

    @Test
    void aTimeFarBackIsARestartAndALittleBackIsOnlyTold() {
        trade(T, 1);
        trade(T - 10, 2);
        trade(T - 100_000, 3);
        trade(T - 99_000, 4);

        faults(Map.of(Fault.OUT_OF_ORDER, 1L, Fault.RESTART, 1L));
        assertThat(said.events()).hasSize(6);
    }

    @Test
    void aTradeWithoutAnIdThatRepeatsTheOneBeforeIsDroppedUnlessTheRecordingIsWhole() {
        trade(T, UNKNOWN);
        trade(T, UNKNOWN);
        faults(Map.of(Fault.REPEAT, 1L));

        Said whole = new Said();
        FeedMonitor keeping = FeedMonitor.before(FeedLimits.USUAL.keepingRepeats(), whole);
        keeping.trade(T, UNKNOWN, UNKNOWN, 10, 1, Side.BUY);
        keeping.trade(T, UNKNOWN, UNKNOWN, 10, 1, Side.BUY);
        assertThat(whole.events()).hasSize(2);
        assertThat(whole.faults().total()).isZero();
    }

    @Test
    void aChangeThatDoesNotContinueTheLastIsASequenceBreak() {
        change(T, 1, 5, 0);
        change(T, 8, 9, 7);
        assertThat(said.events()).element(1).asString().contains("continues 7, the book stands at 5");
        change(T, 3, 9, 1);
        change(T, 10, 12, 9);

        faults(Map.of(Fault.SEQUENCE_BREAK, 1L, Fault.DUPLICATE, 1L));
        assertThat(said.events()).filteredOn(event -> event.startsWith("depth")).hasSize(3);
    }

    @Test
    void onSpotIdsFollowWithoutALink() {
        change(T, 1, 5, UNKNOWN);
        change(T, 6, 9, UNKNOWN);
        change(T, 11, 12, UNKNOWN);

        faults(Map.of(Fault.SEQUENCE_BREAK, 1L));
    }

    @Test
    void aCrossedTopIsNamedAndDropped() {
        monitor.top(T, UNKNOWN, 1, 100, 1, 100, 1);
        monitor.top(T, UNKNOWN, 2, 100, 1, 0, 0);

        faults(Map.of(Fault.CROSSED_BOOK, 1L));
        assertThat(said.events()).hasSize(2);
    }

    @Test
    void silenceIsSaidOnceByTheClockOrByTheNextEvent() {
        trade(T, 1);
        monitor.quiet(T + 60_000);
        faults(Map.of());
        monitor.quiet(T + 60_001);
        monitor.quiet(T + 90_000);
        trade(T + 100_000, 2);
        faults(Map.of(Fault.SILENCE, 1L));
        trade(T + 200_000, 3);
        faults(Map.of(Fault.SILENCE, 2L));
    }

    @Test
    void aReceiverWhoseClockIsBehindIsNamedOnceForAStretch() {
        heard(T, T - 1_270, 1);
        heard(T + 10, T - 1_250, 2);
        heard(T + 20, T + 19, 3);
        heard(T + 30, T + 33, 4);
        heard(T + 40, T + 20, 5);

        faults(Map.of(Fault.CLOCK_BEHIND, 2L));
        assertThat(monitor.clockBehindMillis()).isEqualTo(1_270);
        assertThat(said.events()).filteredOn(event -> event.startsWith("trade")).hasSize(5);
    }

    @Test
    void aReceiveTimeOfTheNextDayIsAJumpOfTheClock() {
        heard(T, T + 3, 1);
        heard(T + 1, T + 86_400_004, 2);
        heard(T + 2, T + 5, 3);

        faults(Map.of(Fault.CLOCK_JUMP, 2L));
    }

    @Test
    void faultsOfTheDecoderPassThrough() {
        monitor.fault(Fault.MALFORMED, T, UNKNOWN, 3, 0);

        assertThat(said.events()).containsExactly("MALFORMED at " + T + ": the message is malformed at byte 3");
    }

    @Test
    void aLimitOutOfRangeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeedLimits.USUAL.silence(0))
                .withMessage("silenceMillis must be at least 1: 0");
    }

    private void trade(long at, long id) {
        monitor.trade(at, UNKNOWN, id, 10, 1, Side.BUY);
    }

    private void heard(long at, long heardMillis, long id) {
        monitor.trade(at, heardMillis * 1_000_000, id, 10, 1, Side.BUY);
    }

    private void change(long at, long first, long last, long previous) {
        monitor.depth(at, UNKNOWN, first, last, previous);
        monitor.level(Side.BUY, 10, 1);
        monitor.end();
    }

    private void faults(Map<Fault, Long> expected) {
        assertThat(said.faults().seen()).isEqualTo(expected);
    }
}
