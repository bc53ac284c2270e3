package dev.tranche.market.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tranche.market.Instrument;
import dev.tranche.market.Recording;
import dev.tranche.market.feed.BinanceDecoder;
import dev.tranche.market.feed.FeedLimits;
import dev.tranche.market.feed.FeedMonitor;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// From bytes to scored bars nothing is allocated, however long the stream.
class OrderFlowAllocationTest {
    private static final Instrument ETH = new Instrument("ETHUSDT", 2, 3);
    private static final int WARM = 40_000;
    private static final int LINES = 30_000;
    /// What looking at the counter costs, and nothing a line.
    private static final long LOOKING = 4_096;
    /// A kept book that reaches a new size makes room for it, up to its capacity; this is two bytes a line.
    private static final long BOOK_GROWS = 80_000;

    @ParameterizedTest
    @EnumSource(OrderFlow.Source.class)
    void aStreamOfAnyLengthAllocatesNothing(OrderFlow.Source source) {
        Recording recording = Recording.level2("usdm", "ethusdt");
        allocated(recording, source);

        long most = switch (source) {
            case TOP -> LOOKING;
            case BOOK -> LOOKING + BOOK_GROWS;
        };
        assertThat(allocated(recording, source)).isLessThan(most);
    }

    private static long allocated(Recording recording, OrderFlow.Source source) {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int[] scored = new int[1];
        OrderFlow flow = OrderFlow.of(
                ETH,
                source,
                1_000,
                BarIndicators.before(
                        BarIndicators.Settings.USUAL,
                        (closeMillis, high, low, close, zOfi, zCvd, zFusion) -> scored[0] += zFusion < 9 ? 1 : 0),
                (fault, at, heard, found, expected) -> {});
        BinanceDecoder decoder =
                BinanceDecoder.of(ETH, BinanceDecoder.Trades.EACH, FeedMonitor.before(FeedLimits.USUAL, flow));
        recording.lines(0, WARM, decoder::line);
        long before = thread.getCurrentThreadAllocatedBytes();
        recording.lines(WARM, LINES, decoder::line);
        long after = thread.getCurrentThreadAllocatedBytes();
        assertThat(scored[0]).isGreaterThan(100);
        return after - before;
    }
}
