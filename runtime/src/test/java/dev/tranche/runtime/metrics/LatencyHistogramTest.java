package dev.tranche.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.runtime.Trials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    private static final double PROMISED = 0.05;

    @Test
    void bucketsFollowEachOtherWithoutGapsAndHoldTheirOwnBounds() {
        for (int i = 0; i < LatencyBuckets.COUNT - 1; i++) {
            assertThat(LatencyBuckets.index(LatencyBuckets.lower(i))).isEqualTo(i);
            assertThat(LatencyBuckets.index(LatencyBuckets.lower(i + 1) - 1)).isEqualTo(i);
        }
        assertThat(LatencyBuckets.index(Long.MAX_VALUE)).isEqualTo(LatencyBuckets.COUNT - 1);
    }

    @Test
    void anyDurationFromOneMicrosecondTo100SecondsIsShownWithinFivePercent() throws Exception {
        Trials.run(2000, random -> {
            long nanos = (long) Math.pow(10, 3 + 8 * random.nextDouble());
            LatencyHistogram histogram = LatencyHistogram.create();
            histogram.record(nanos);
            double shown = histogram.snapshot().quantile(0.5).orElseThrow().toNanos();
            assertThat(Math.abs(shown - nanos) / nanos).isLessThan(PROMISED);
        });
    }

    @Test
    void quantilesAgreeWithTheSortedListAndWithHdrHistogram() throws Exception {
        Trials.run(50, random -> {
            LatencyHistogram histogram = LatencyHistogram.create();
            Histogram peer = new Histogram(3);
            long[] all = new long[1 + random.nextInt(3000)];
            for (int i = 0; i < all.length; i++) {
                all[i] = (long) Math.exp(Math.log(1e5) + random.nextGaussian()) + 1000;
                histogram.record(all[i]);
                peer.recordValue(all[i]);
            }
            Arrays.sort(all);
            LatencySnapshot snapshot = histogram.snapshot();
            assertThat(snapshot.count()).isEqualTo(all.length);
            assertThat(snapshot.sumNanos()).isEqualTo(Arrays.stream(all).sum());
            for (double q : new double[] {0, 0.1, 0.5, 0.9, 0.95, 0.99, 1}) {
                double shown = snapshot.quantile(q).orElseThrow().toNanos();
                double exact = all[(int) Math.max(0, Math.ceil(q * all.length) - 1)];
                assertThat(Math.abs(shown - exact) / exact).isLessThan(PROMISED);
                double hdr = peer.getValueAtPercentile(100 * q);
                assertThat(Math.abs(shown - hdr) / hdr).isLessThan(PROMISED + 0.001);
            }
        });
    }

    @Test
    void mergingIsCountingTogetherAndSubtractingUndoesIt() throws Exception {
        Trials.run(50, random -> {
            LatencyHistogram one = LatencyHistogram.create();
            LatencyHistogram two = LatencyHistogram.create();
            LatencyHistogram both = LatencyHistogram.create();
            for (int i = random.nextInt(500); i > 0; i--) {
                long nanos = random.nextLong(1L << random.nextInt(1, 40));
                (random.nextBoolean() ? one : two).record(nanos);
                both.record(nanos);
            }
            LatencySnapshot merged = one.snapshot().merge(two.snapshot());
            assertThat(merged.count()).isEqualTo(both.snapshot().count());
            assertThat(merged.quantile(0.9)).isEqualTo(both.snapshot().quantile(0.9));
            LatencySnapshot back = merged.minus(two.snapshot());
            assertThat(back.count()).isEqualTo(one.snapshot().count());
            assertThat(back.sumNanos()).isEqualTo(one.snapshot().sumNanos());
            assertThat(back.quantile(0.5)).isEqualTo(one.snapshot().quantile(0.5));
        });
    }

    @Test
    void concurrentRecordsAreAllCounted() throws Exception {
        LatencyHistogram histogram = LatencyHistogram.create();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 100_000; i++) {
                    histogram.record(i);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(histogram.snapshot().count()).isEqualTo(400_000);
        assertThat(histogram.snapshot().sumNanos()).isEqualTo(4 * (99_999L * 100_000 / 2));
    }

    @Test
    void nothingMeasuredHasNoQuantileAndMisuseIsNamed() {
        LatencySnapshot empty = LatencySnapshot.empty();
        assertThat(empty.quantile(0.5)).isEmpty();
        LatencyHistogram histogram = LatencyHistogram.create();
        histogram.record(-5);
        histogram.record(Duration.ofMillis(300).toNanos());
        assertThat(histogram.snapshot().countAbove(Duration.ofMillis(200))).isEqualTo(1);
        assertThatThrownBy(() -> empty.minus(histogram.snapshot())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> empty.quantile(1.5)).hasMessageContaining("1.5");
    }

    @Test
    void aSnapshotIsReadBackFromItsText() {
        LatencyHistogram histogram = LatencyHistogram.create();
        for (long nanos : new long[] {0, 511, 512, 1_000, 1_000_000, 1_000_100, 1L << 40}) {
            histogram.record(nanos);
        }
        LatencySnapshot taken = histogram.snapshot();
        LatencySnapshot again = LatencySnapshot.parse(taken.text());
        assertThat(again.text()).isEqualTo(taken.text()).startsWith("0:2 1:1 ").endsWith(" 449:1");
        assertThat(again.count()).isEqualTo(7);
        assertThat(again.quantile(0.5)).isEqualTo(taken.quantile(0.5));
        assertThat(LatencySnapshot.empty().text()).isEmpty();
        assertThat(LatencySnapshot.parse("").count()).isZero();
    }

    @Test
    void aTextThatIsNoHistogramIsRefusedWithThePair() {
        for (String wrong :
                new String[] {"450:1", "3:1 2:1", "3:1 3:1", "3:0", "3", "3:-1", " 3:1", "3:1 ", "3:9999999999"}) {
            assertThatThrownBy(() -> LatencySnapshot.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("bucket:count pairs");
        }
    }
}
