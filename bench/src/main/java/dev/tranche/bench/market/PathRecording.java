package dev.tranche.bench.market;

import dev.tranche.market.Instrument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/// A recorded websocket in memory: the messages as they came, and when each was received.
final class PathRecording {
    private final Instrument instrument;
    private final byte[] bytes;
    private final int[] from;
    private final int[] to;
    private final long[] received;

    private PathRecording(Instrument instrument, byte[] bytes, int[] from, int[] to, long[] received) {
        this.instrument = instrument;
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.received = received;
    }

    /// Lines of `<receive nanoseconds> <message>`, packed by gzip.
    static PathRecording read(Instrument instrument, Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            bytes = in.readAllBytes();
        }
        int[] from = new int[1 << 20];
        int[] to = new int[1 << 20];
        long[] received = new long[1 << 20];
        int count = 0;
        int begin = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                int space = begin;
                long nanos = 0;
                while (bytes[space] != ' ') {
                    nanos = 10 * nanos + bytes[space++] - '0';
                }
                received[count] = nanos;
                from[count] = space + 1;
                to[count++] = at;
                begin = at + 1;
            }
        }
        return new PathRecording(
                instrument,
                bytes,
                Arrays.copyOf(from, count),
                Arrays.copyOf(to, count),
                Arrays.copyOf(received, count));
    }

    Instrument instrument() {
        return instrument;
    }

    int messages() {
        return from.length;
    }

    byte[] bytes() {
        return bytes;
    }

    int from(int message) {
        return from[message];
    }

    int to(int message) {
        return to[message];
    }

    long received(int message) {
        return received[message];
    }
}
