package dev.tranche.market.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tranche.market.Trials;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A detector that tells nothing allocates nothing, however long the stream: all it keeps is made with
/// it.
class DetectorMemoryTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void aLongStreamWithSwapsAndResetsAllocatesNothingUnlessItIsTold() {
        Parameters silent = Parameters.SEED.with(Map.of("z_mid", 40, "z_hi", 50, "warmup", 10));
        Parameters wider = silent.with(Map.of("swing_L", 21));
        Detector detector = Detector.of(silent, Set.of(Source.values()), event -> {});
        ParameterBook book = ParameterBook.of(
                silent,
                List.of(new Adjustment(
                        Optional.of("BTCUSDT"),
                        Optional.empty(),
                        Optional.of(Liquidity.QUIET),
                        Optional.empty(),
                        Map.of("swing_L", 21.0))));
        Watch watch = Watch.of("BTCUSDT", book, Set.of(Source.values()), event -> {});
        Tape tape = Tape.random(Trials.chance(1), 20_000);
        long thread = Thread.currentThread().threadId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 6; round++) {
            long shift = round * 1_000_000_000L;
            long before = THREADS.getThreadAllocatedBytes(thread);
            for (int bar = 0; bar < tape.bars(); bar++) {
                if (bar % 1000 == 0) {
                    detector.swap(bar % 2000 == 0 ? wider : silent);
                }
                if (bar % 7000 == 0) {
                    detector.reset();
                }
                long at = tape.millis()[bar] + shift;
                double high = tape.high()[bar];
                double low = tape.low()[bar];
                double close = tape.close()[bar];
                double[][] z = tape.z();
                detector.on(at, high, low, close, z[0][bar], z[1][bar], z[2][bar]);
                Liquidity liquidity = bar / 500 % 2 == 0 ? Liquidity.QUIET : Liquidity.ACTIVE;
                watch.on(at, high, low, close, z[0][bar], z[1][bar], z[2][bar], liquidity);
            }
            least = Math.min(least, THREADS.getThreadAllocatedBytes(thread) - before);
        }

        // What the compiler and the loop itself leave behind in the best round, not a byte a bar.
        assertThat(least).isLessThan(tape.bars() / 10);
    }
}
