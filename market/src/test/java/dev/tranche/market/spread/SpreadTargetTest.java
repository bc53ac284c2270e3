package dev.tranche.market.spread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.market.Side;
import dev.tranche.market.feed.MarketSink;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SpreadTargetTest {
    private static final Offset<Double> CLOSE = Offset.offset(1e-9);
    private static final long UNKNOWN = MarketSink.UNKNOWN;
    private static final long SAMPLE = 100_000_000;

    private final SpreadRecorder recorder = SpreadRecorder.of(100);
    private long now = 1_700_000_000_000_000_000L;

    /// A best price of `mid - 1` to `mid + 1` ticks for so many samples.
    private void quiet(long mid, int samples) {
        recorder.top(UNKNOWN, now, UNKNOWN, mid - 1, 5, mid + 1, 5);
        now += samples * SAMPLE;
    }

    private void trade(long ticks, long lots, Side taker) {
        recorder.trade(UNKNOWN, now, UNKNOWN, ticks, lots, taker);
    }

    private SpreadTape tape() {
        recorder.top(UNKNOWN, now, UNKNOWN, 1, 5, 3, 5);
        return recorder.tape();
    }

    @Test
    void everyReadySampleIsOnTheTapeOnce() {
        quiet(100_000, 25);
        quiet(100_010, 10);
        SpreadTape tape = tape();
        assertThat(tape.size()).isEqualTo(15);
        assertThat(tape.mid(4)).isEqualTo(100_000);
        assertThat(tape.mid(5)).isEqualTo(100_010);
        assertThat(tape.nanos(14) - tape.nanos(0)).isEqualTo(14 * SAMPLE);
        assertThat(tape.whole(0, 14)).isTrue();
        assertThat(tape.whole(0, 15)).isFalse();
    }

    @Test
    void theMoveIsTwiceWhatTheMidGoesOverTheHorizonEitherWay() {
        quiet(100_000, 25);
        quiet(99_900, 10);
        SpreadTape tape = tape();
        double[] targets = SpreadTarget.MOVE.of(tape, 5);
        assertThat(targets[0]).isCloseTo(2e4 * Math.log(100_000 / 99_900.0), CLOSE);
        assertThat(targets[5]).isZero();
        assertThat(targets[9]).isZero();
        assertThat(targets[10]).as("the recording ends").isNaN();
    }

    @Test
    void theMarkoutIsTheMoveForWhoTradedWeightedWithQuantities() {
        quiet(100_000, 25);
        trade(100_001, 3, Side.BUY);
        trade(99_999, 1, Side.SELL);
        now += SAMPLE;
        quiet(100_050, 10);
        SpreadTape tape = tape();
        double[] targets = SpreadTarget.MARKOUT.of(tape, 3);
        double move = 1e4 * Math.log(100_050 / 100_000.0);
        assertThat(targets[4]).isCloseTo(2 * move * (3 - 1) / 4, CLOSE);
        assertThat(targets[3]).as("nobody traded").isNaN();
    }

    @Test
    void theSeedsTargetIsTheNarrowestUnlessTheMidGoesFurtherThanHalfOfIt() {
        assertThat(SpreadTarget.cheapest(0)).isEqualTo(5);
        assertThat(SpreadTarget.cheapest(-2.5)).isEqualTo(5);
        assertThat(SpreadTarget.cheapest(2.6)).isEqualTo(5 + 95 / 11.0);
        assertThat(SpreadTarget.cheapest(24)).isEqualTo(5 + 5 * 95 / 11.0);
        assertThat(SpreadTarget.cheapest(400))
                .as("above 50 each half is worth more than its penalty")
                .isEqualTo(100);
        quiet(100_000, 25);
        quiet(100_100, 10);
        double[] targets = SpreadTarget.SEED.of(tape(), 5);
        assertThat(targets[0]).as("a mean of 2 in 5 of 10 bp").isEqualTo(5);
        assertThat(targets[4]).as("a mean of 10 bp").isEqualTo(5 + 2 * 95 / 11.0);
    }

    @Test
    void aHorizonOfNothingIsRefused() {
        assertThatThrownBy(() -> SpreadTarget.MOVE.of(tape(), 0)).hasMessage("horizon must be at least 1 sample: 0");
    }

    @Test
    void aTrialFillsWhatTradesGoThroughAndValuesItLater() {
        quiet(100_000, 25);
        trade(99_980, 1, Side.SELL);
        trade(100_030, 1, Side.BUY);
        now += SAMPLE;
        quiet(100_020, 10);
        SpreadTape tape = tape();
        double[] spreads = new double[tape.size()];
        java.util.Arrays.fill(spreads, 4);
        SpreadTrial trial = SpreadTrial.of(tape, spreads, 3, 1, .5);
        assertThat(trial.count()).as("the bid at 99980 is only touched").isEqualTo(1);
        assertThat(trial.fills()[4]).isEqualTo(1);
        assertThat(trial.capturedMean()).isCloseTo(2, CLOSE);
        assertThat(trial.total()).as("sold at 100020, worth 100020, and a fee").isCloseTo(-.5, CLOSE);
        assertThat(trial.earned()[4]).isEqualTo(trial.total());
    }

    @Test
    void aTrialLaysQuotesOnTheTickAwayFromTheMid() {
        quiet(100_003, 25);
        trade(99_989, 1, Side.SELL);
        now += SAMPLE;
        quiet(100_003, 10);
        SpreadTape tape = tape();
        double[] spreads = new double[tape.size()];
        java.util.Arrays.fill(spreads, 2);
        assertThat(SpreadTrial.of(tape, spreads, 3, 1, 0).capturedMean()).isCloseTo(1e4 * 11 / 100_003, CLOSE);
        assertThat(SpreadTrial.of(tape, spreads, 3, 10, 0).capturedMean()).isCloseTo(1e4 * 13 / 100_003, CLOSE);
        assertThat(SpreadTrial.of(tape, spreads, 3, 1_000, 0).count()).isZero();
        spreads[4] = Double.NaN;
        assertThat(SpreadTrial.of(tape, spreads, 3, 1, 0).count()).isZero();
    }
}
