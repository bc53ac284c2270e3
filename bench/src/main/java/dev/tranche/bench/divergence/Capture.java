package dev.tranche.bench.divergence;

import dev.tranche.bench.Report;
import dev.tranche.market.Instrument;
import dev.tranche.market.feed.BinanceDecoder;
import dev.tranche.market.feed.MarketSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/// A recorded websocket in memory, a line a message, and what decoding it costs.
final class Capture {
    private final Instrument instrument;
    private final byte[] bytes;
    private final int[] ends;

    private Capture(Instrument instrument, byte[] bytes, int[] ends) {
        this.instrument = instrument;
        this.bytes = bytes;
        this.ends = ends;
    }

    static Capture read(Instrument instrument, Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            byte[] bytes = in.readAllBytes();
            int[] ends = new int[1 << 20];
            int lines = 0;
            for (int at = 0; at < bytes.length; at++) {
                if (bytes[at] == '\n') {
                    ends[lines++] = at;
                }
            }
            return new Capture(instrument, bytes, Arrays.copyOf(ends, lines));
        }
    }

    Instrument instrument() {
        return instrument;
    }

    int lines() {
        return ends.length;
    }

    /// The events, decoded once.
    Tape tape() {
        Tape tape = new Tape();
        decode(tape);
        return tape;
    }

    private void decode(MarketSink sink) {
        BinanceDecoder decoder = BinanceDecoder.of(instrument, BinanceDecoder.Trades.EACH, sink);
        int from = 0;
        for (int end : ends) {
            decoder.line(bytes, from, end);
            from = end + 1;
        }
    }

    /// Prints what a message costs from bytes to an event, the least of several rounds.
    void measure(Report report, int rounds) {
        Deaf nothing = new Deaf();
        long least = Long.MAX_VALUE;
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 2 * rounds; round++) {
            long bytesBefore = Meter.allocated();
            long before = Meter.cpuNanos();
            decode(nothing);
            least = Math.min(least, Meter.cpuNanos() - before);
            allocated = Math.min(allocated, Meter.allocated() - bytesBefore);
        }
        String what = instrument.symbol() + " decoding alone";
        report.number(what, "a message", least / 1e3 / ends.length, "µs");
        report.number(what, "a second", bytes.length / 1e6 / (least / 1e9), "MB");
        report.number(what, "a message", allocated / (double) ends.length, "bytes allocated");
    }
}
