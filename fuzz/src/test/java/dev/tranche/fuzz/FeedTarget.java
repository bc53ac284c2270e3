package dev.tranche.fuzz;

import dev.tranche.market.Instrument;
import dev.tranche.market.divergence.OrderFlow;
import dev.tranche.market.feed.BarSink;
import dev.tranche.market.feed.BinanceDecoder;
import dev.tranche.market.feed.CsvDecoder;
import dev.tranche.market.feed.FeedLimits;
import dev.tranche.market.feed.FeedMonitor;
import java.nio.charset.StandardCharsets;

/// Lines of a market's stream, decoded, watched and made into bars: any bytes end in an event, a named fault
/// or nothing. A first byte of `C` makes them a CSV recording whose first line is its header.
public final class FeedTarget {
    private static final Instrument BTC = new Instrument("BTCUSDT", 2, 3);
    private static final int MILLION = 1_000_000;

    private FeedTarget() {}

    /// Called by the fuzzer with ever other bytes.
    public static void fuzzerTestOneInput(byte[] bytes) {
        int[] bars = new int[1];
        OrderFlow flow = OrderFlow.of(
                BTC,
                OrderFlow.Source.BOOK,
                1_000,
                BarSink.of(_ -> bars[0]++),
                (fault, eventMillis, receivedNanos, found, expected) -> fault.describe(found, expected));
        FeedMonitor monitor = FeedMonitor.before(FeedLimits.USUAL, flow);
        if (bytes.length > 0 && bytes[0] == 'C') {
            recording(bytes, monitor);
        } else {
            BinanceDecoder decoder = BinanceDecoder.of(BTC, BinanceDecoder.Trades.EACH, monitor);
            lines(bytes, 0, decoder::line);
        }
        if (bars[0] > MILLION) {
            throw new AssertionError("a few bytes made " + bars[0] + " bars");
        }
    }

    private static void recording(byte[] bytes, FeedMonitor monitor) {
        int end = 1;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        CsvDecoder decoder;
        try {
            decoder = CsvDecoder.of(BTC, new String(bytes, 1, end - 1, StandardCharsets.UTF_8), monitor);
        } catch (IllegalArgumentException refused) {
            return;
        }
        lines(bytes, Math.min(end + 1, bytes.length), decoder::row);
        decoder.end();
    }

    private interface Line {
        boolean read(byte[] bytes, int from, int to);
    }

    private static void lines(byte[] bytes, int begin, Line line) {
        for (int from = begin; from < bytes.length; ) {
            int to = from;
            while (to < bytes.length && bytes[to] != '\n') {
                to++;
            }
            line.read(bytes, from, to);
            from = to + 1;
        }
    }
}
