package dev.tranche.market;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/// A recording of `../shared/data/crypto`, unpacked; its lines are ranges of one array, as a reader of files
/// has them.
public final class Recording {
    private final byte[] bytes;

    private Recording(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Is handed a line without its line feed.
    @FunctionalInterface
    public interface LineSink {
        void line(byte[] bytes, int from, int to);
    }

    /// Says that the test is skipped where the folder is absent.
    public static Recording of(String name) {
        Path file = Path.of(System.getProperty("tranche.shared", "../shared"), "data", "crypto", name);
        Assumptions.assumeTrue(
                Files.isRegularFile(file), "skipped: " + file + " is not there, so no recording was read");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file), 1 << 16)) {
            return new Recording(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Recording level2(String market, String symbol) {
        return of("l2_raw_hftbacktest/" + market + "/" + symbol + "_20240808.gz");
    }

    /// The first line, of a CSV.
    public String header() {
        int end = 0;
        while (bytes[end] != '\n') {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.US_ASCII);
    }

    public void lines(LineSink sink) {
        lines(0, Integer.MAX_VALUE, sink);
    }

    /// Without the first line.
    public void rows(LineSink sink) {
        lines(1, Integer.MAX_VALUE, sink);
    }

    /// At most so many lines after those skipped.
    public void lines(int skipped, int most, LineSink sink) {
        int line = 0;
        for (int from = 0; from < bytes.length && line - skipped < most; line++) {
            int to = from;
            while (to < bytes.length && bytes[to] != '\n') {
                to++;
            }
            if (line >= skipped) {
                sink.line(bytes, from, to);
            }
            from = to + 1;
        }
    }
}
