package dev.tranche.market.spread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.tranche.market.Side;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.MarketSink;
import java.lang.management.ManagementFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SpreadFeaturesTest {
    private static final long UNKNOWN = MarketSink.UNKNOWN;
    private static final Offset<Double> EXACT = Offset.offset(1e-12);

    private final Feeder feeder = Feeder.begin();
    private final SpreadFeatures features = feeder.features();

    @Test
    void thereIsNoValueBeforeTwentyMovesAreKnown() {
        feeder.samples(20);
        assertThat(features.ready()).isFalse();
        assertThat(features.value(SpreadFeature.CURRENT_SPREAD_BPS)).isNaN();
        assertThat(features.volatility()).isNaN();
        feeder.samples(1);
        assertThat(features.ready()).isTrue();
        assertThat(features.value(SpreadFeature.CURRENT_SPREAD_BPS)).isEqualTo(1e4 * 2 / 100_001);
        assertThat(features.volatility()).isZero();
    }

    @Test
    void aSampleKnowsWhatWasReceivedBeforeItAndNotAtIt() {
        feeder.samples(21);
        feeder.top(100_000, 9, 100_002, 1);
        assertThat(features.value(SpreadFeature.CURRENT_IMBALANCE)).isZero();
        feeder.samples(1);
        assertThat(features.value(SpreadFeature.CURRENT_IMBALANCE)).isEqualTo(.8);
        assertThat(features.value(SpreadFeature.IMBALANCE_CHANGE)).isEqualTo(.8);
        assertThat(features.value(SpreadFeature.MICROPRICE_BPS)).isCloseTo(1e4 * .8 / 100_001, EXACT);
        feeder.samples(1);
        assertThat(features.value(SpreadFeature.IMBALANCE_CHANGE)).isZero();
    }

    @Test
    void tradesAreComparedWithTwentySamplesOfThem() {
        feeder.samples(21);
        feeder.trade(30, Side.BUY);
        feeder.trade(10, Side.SELL);
        feeder.trade(60, null);
        feeder.samples(1);
        assertThat(features.value(SpreadFeature.VOLUME_RATIO)).isEqualTo(20);
        assertThat(features.value(SpreadFeature.VOLUME_IMBALANCE)).isEqualTo(.5);
        assertThat(features.value(SpreadFeature.TRADE_RATE)).isCloseTo(1.5, EXACT);
        feeder.samples(5);
        assertThat(features.value(SpreadFeature.VOLUME_RATIO)).isZero();
        assertThat(features.value(SpreadFeature.VOLUME_IMBALANCE_5)).isZero();
        assertThat(features.value(SpreadFeature.VOLUME_IMBALANCE)).isEqualTo(.5);
        feeder.samples(20);
        assertThat(features.value(SpreadFeature.VOLUME_RATIO)).isEqualTo(1);
    }

    @Test
    void oneMoveOfTheMidIsSeenByEachWindowItIsIn() {
        feeder.samples(301);
        feeder.top(100_100, 5, 100_102, 5);
        feeder.samples(1);
        double move = 1e4 * Math.log(100_101 / 100_001.0);
        assertThat(features.value(SpreadFeature.PRICE_CHANGE_5)).isCloseTo(move, EXACT);
        assertThat(features.value(SpreadFeature.VOLATILITY_5)).isCloseTo(move * Math.sqrt(.2), EXACT);
        assertThat(features.value(SpreadFeature.VOLATILITY_20)).isCloseTo(move * Math.sqrt(.05), EXACT);
        assertThat(features.value(SpreadFeature.REALISED_BPS)).isCloseTo(move / Math.sqrt(30), EXACT);
        assertThat(features.value(SpreadFeature.MOVE_RATE)).isCloseTo(.5, EXACT);
        assertThat(features.volatility()).isCloseTo(move / 1e4 * Math.sqrt(365 * 86_400 / 30.0), EXACT);
        feeder.samples(5);
        assertThat(features.value(SpreadFeature.PRICE_CHANGE_5)).isZero();
        assertThat(features.value(SpreadFeature.PRICE_CHANGE_10)).isCloseTo(move, EXACT);
    }

    @Test
    void anOlderBestPriceDoesNotReplaceANewerOne() {
        feeder.samples(21);
        feeder.say(sink -> sink.top(UNKNOWN, feeder.now(), 500, 99_000, 1, 99_002, 1));
        feeder.say(sink -> sink.top(UNKNOWN, feeder.now(), 400, 98_000, 1, 98_002, 1));
        feeder.samples(1);
        assertThat(features.mid()).isEqualTo(99_001);
    }

    @Test
    void aBreakOrASideWithoutOrdersBeginsTheWindowAnew() {
        feeder.samples(21);
        feeder.say(sink -> sink.fault(Fault.GAP, UNKNOWN, feeder.now(), 7, 5));
        assertThat(features.ready()).isFalse();
        feeder.top(100_000, 5, 100_002, 5);
        feeder.samples(21);
        assertThat(features.ready()).isTrue();
        assertThat(features.value(SpreadFeature.DEPTH_IMBALANCE))
                .as("no book since the break")
                .isNaN();
        feeder.top(100_000, 5, 0, 0);
        feeder.samples(1);
        assertThat(features.ready()).isFalse();
    }

    @Test
    void aFaultThatOnlyDropsOrNotesChangesNothing() {
        feeder.samples(21);
        long before = features.hash();
        feeder.say(sink -> sink.fault(Fault.DUPLICATE, UNKNOWN, feeder.now(), 7, 7));
        feeder.say(sink -> sink.fault(Fault.OUT_OF_ORDER, UNKNOWN, feeder.now(), 7, 8));
        assertThat(features.ready()).isTrue();
        assertThat(features.hash()).isEqualTo(before);
    }

    @Test
    void theHashTellsStatesApartThatDifferOnlyInWhatWillCountLater() {
        Feeder other = Feeder.begin();
        for (Feeder each : new Feeder[] {feeder, other}) {
            each.samples(21);
            each.trade(each == feeder ? 7 : 8, Side.BUY);
            each.samples(20);
            each.trade(5, Side.BUY);
            each.samples(1);
        }
        assertThat(other.features().hash()).isEqualTo(features.hash());
        feeder.trade(7, Side.BUY);
        other.trade(8, Side.BUY);
        assertThat(other.features().hash()).isNotEqualTo(features.hash());
    }

    @Test
    void withoutReceiveTimesTheClockIsThatOfTheEvents() {
        SpreadFeed feed = SpreadFeed.of(1_000);
        for (int second = 0; second < 23; second++) {
            feed.top(1_700_000_000_000L + second * 1_000L, UNKNOWN, UNKNOWN, 10, 1, 12, 3);
        }
        assertThat(feed.features().samples()).isEqualTo(22);
        assertThat(feed.features().ready()).isTrue();
        assertThat(feed.features().sampledNanos()).isEqualTo(1_700_000_022_000_000_000L);
        assertThat(feed.features().value(SpreadFeature.SAMPLE_MILLIS)).isEqualTo(1_000);
    }

    @Test
    void aLengthOfASampleOutOfRangeIsRefused() {
        assertThatThrownBy(() -> SpreadFeed.of(9)).hasMessage("intervalMillis must be within 10..60000: 9");
        assertThatThrownBy(() -> SpreadFeed.of(60_001)).hasMessageContaining("60001");
    }

    @Test
    void eventsAndSamplesAllocateNothing() {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        drive(2_000);
        long before = thread.getCurrentThreadAllocatedBytes();
        drive(20_000);
        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000);
        assertThat(features.samples()).isGreaterThan(20_000);
    }

    private void drive(int samples) {
        for (int i = 0; i < samples; i++) {
            feeder.top(100_000 + i % 7, 5 + i % 3, 100_002 + i % 7, 5);
            feeder.trade(3, Side.SELL);
            feeder.samples(1);
        }
    }
}
