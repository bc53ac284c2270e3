package dev.tranche.batch.file;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/// The lines of a file of any length, plain, gzipped or the first member of a zip (told by its first bytes,
/// not its name), and the digest of the file as it lies on disk. Memory is one buffer and the longest line.
/// For one thread.
public final class Lines implements AutoCloseable {
    /// A depth snapshot of a thousand levels takes some 60 kB.
    private static final int LONGEST_LINE = 8 << 20;

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final DigestInputStream digested;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private byte[] line = new byte[1 << 10];
    private int length;
    private int at;
    private int end;
    private long number;

    private Lines(Path file, DigestInputStream digested, InputStream in) {
        this.file = file;
        this.digested = digested;
        this.in = in;
    }

    public static Lines open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw RefusedException.because(file + " is not a file that can be read");
        }
        DigestInputStream digested =
                new DigestInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER), sha256());
        try {
            return new Lines(file, digested, opened(digested, file));
        } catch (IOException | RuntimeException e) {
            digested.close();
            throw e;
        }
    }

    private static InputStream opened(InputStream raw, Path file) throws IOException {
        PushbackInputStream in = new PushbackInputStream(raw, 2);
        byte[] start = in.readNBytes(2);
        in.unread(start);
        try {
            if (start.length == 2 && start[0] == 0x1f && start[1] == (byte) 0x8b) {
                return new GZIPInputStream(in, BUFFER);
            }
        } catch (EOFException | ZipException broken) {
            throw broken(file, 0, broken);
        }
        if (start.length == 2 && start[0] == 'P' && start[1] == 'K') {
            ZipInputStream zip = new ZipInputStream(in);
            if (zip.getNextEntry() == null) {
                throw RefusedException.because(file + " is a zip without a member");
            }
            return zip;
        }
        return in;
    }

    /// Goes to the next line.
    ///
    /// @return whether there is one
    public boolean next() throws IOException {
        length = 0;
        boolean any = false;
        while (true) {
            if (at == end && !fill()) {
                break;
            }
            any = true;
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            append(from, at);
            if (at < end) {
                at++;
                break;
            }
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        number += any ? 1 : 0;
        return any;
    }

    private boolean fill() throws IOException {
        try {
            at = 0;
            end = Math.max(0, in.read(buffer, 0, buffer.length));
            return end > 0;
        } catch (EOFException | ZipException broken) {
            throw broken(file, number, broken);
        }
    }

    private static RefusedException broken(Path file, long lines, IOException broken) {
        return RefusedException.because(file + " is compressed and breaks off after " + lines + " lines: "
                + broken.getMessage() + "; fetch it again");
    }

    private void append(int from, int to) {
        int more = to - from;
        if (length + more > LONGEST_LINE) {
            throw RefusedException.because(file + ", line " + (number + 1) + " is longer than " + LONGEST_LINE
                    + " bytes: this is no table of rows");
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.max(length + more, 2 * line.length));
        }
        System.arraycopy(buffer, from, line, length, more);
        length += more;
    }

    /// The bytes of this line are the first `length` of this array, which is used again for the next line.
    public byte[] bytes() {
        return line;
    }

    public int length() {
        return length;
    }

    public String text() {
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }

    /// The number of this line, from 1.
    public long number() {
        return number;
    }

    /// SHA-256 of the whole file, in hex; reads what is left of it.
    public String digest() throws IOException {
        digested.transferTo(OutputStream.nullOutputStream());
        return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
