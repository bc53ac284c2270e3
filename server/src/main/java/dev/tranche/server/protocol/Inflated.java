package dev.tranche.server.protocol;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// Gzip with a limit on what comes out.
public final class Inflated {
    private Inflated() {}

    /// Inflates gzip.
    ///
    /// @param limit most bytes taken
    /// @throws ProtocolException when it is not gzip or inflates beyond the limit
    public static byte[] gunzip(byte[] bytes, int from, int length, int limit) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes, from, length))) {
            byte[] whole = in.readNBytes(limit + 1);
            if (whole.length > limit) {
                throw ProtocolException.of(
                        ProtocolException.Kind.TOO_LARGE, "the body inflates beyond " + limit + " bytes");
            }
            return whole;
        } catch (IOException e) {
            throw ProtocolException.invalid("the body says that it is gzip and is not: " + e.getMessage());
        }
    }

    /// Deflates to gzip.
    public static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return out.toByteArray();
    }
}
