package dev.tranche.engine.feed;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// The lines of a text file, compressed by gzip or not, one at a time, without their line ends.
final class Lines implements AutoCloseable {
    /// A longer line is an error: a depth snapshot of 1000 levels a side has about 50 KiB.
    static final int LONGEST = 4 << 20;

    private static final int GZIP = 0x1f8b;

    private final Path file;
    private final InputStream in;
    private final byte[] buffer = new byte[64 << 10];
    private int from;
    private int to;
    private byte[] line = new byte[1024];
    private long number;

    private Lines(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    static Lines open(Path file) throws IOException {
        BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file), 64 << 10);
        try {
            raw.mark(2);
            int first = raw.read();
            int second = raw.read();
            raw.reset();
            boolean compressed = ((first << 8) | second) == GZIP;
            return new Lines(file, compressed ? new GZIPInputStream(raw, 64 << 10) : raw);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /// The next line as bytes of its own, or null at the end.
    byte @Nullable [] next() throws IOException {
        int length = 0;
        while (true) {
            if (from == to) {
                to = Math.max(0, in.read(buffer));
                from = 0;
                if (to == 0) {
                    return length == 0 ? null : ended(length);
                }
            }
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            length = append(length, end);
            boolean found = end < to;
            from = found ? end + 1 : end;
            if (found) {
                return ended(length);
            }
        }
    }

    private int append(int length, int end) throws IOException {
        int total = length + end - from;
        if (total > LONGEST) {
            throw new IOException("line " + (number + 1) + " of " + file + " is longer than " + LONGEST + " bytes");
        }
        if (total > line.length) {
            line = Arrays.copyOf(line, Math.max(total, 2 * line.length));
        }
        System.arraycopy(buffer, from, line, length, end - from);
        return total;
    }

    private byte[] ended(int length) {
        number++;
        int bare = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return Arrays.copyOf(line, bare);
    }

    /// How many lines were read.
    long number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
