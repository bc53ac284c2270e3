package dev.tranche.engine.trading.journal;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The bytes of versions in the journal, in parts that fit a record: `short` length of the digest's text, its
/// text, `int` number of the part, `int` count of parts, bytes; big-endian. A version is written once, before
/// it is first put in force. One thread at a time.
public final class Content {
    /// Most bytes of one part.
    static final int PART = 32 << 10;

    private final Map<String, List<byte[]>> parts = new HashMap<>();
    private final Map<String, byte[]> whole = new HashMap<>();

    private Content() {}

    /// Nothing was read yet.
    public static Content empty() {
        return new Content();
    }

    /// The payloads that hold the bytes behind a digest.
    public static List<ByteBuffer> payloads(String digest, byte[] bytes) {
        byte[] name = digest.getBytes(StandardCharsets.US_ASCII);
        int count = Math.max(1, Math.ceilDiv(bytes.length, PART));
        List<ByteBuffer> payloads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = i * PART;
            int length = Math.min(PART, bytes.length - from);
            ByteBuffer payload = ByteBuffer.allocate(Short.BYTES + name.length + 2 * Integer.BYTES + length);
            payload.putShort((short) name.length).put(name).putInt(i).putInt(count);
            payloads.add(payload.put(bytes, from, length).flip());
        }
        return payloads;
    }

    /// Takes one part from the journal.
    public void take(ByteBuffer payload) {
        ByteBuffer in = payload.duplicate();
        byte[] name = new byte[in.getShort()];
        in.get(name);
        String digest = new String(name, StandardCharsets.US_ASCII);
        int number = in.getInt();
        int count = in.getInt();
        byte[] part = new byte[in.remaining()];
        in.get(part);
        if (number == 0) {
            parts.put(digest, new ArrayList<>());
        }
        List<byte[]> so = parts.getOrDefault(digest, new ArrayList<>());
        if (so.size() != number) {
            return; // the beginning was cut off by a crash; the version was not put in force then
        }
        so.add(part);
        if (so.size() == count) {
            ByteBuffer all = ByteBuffer.allocate(
                    so.stream().mapToInt(each -> each.length).sum());
            so.forEach(all::put);
            whole.put(digest, all.array());
            parts.remove(digest);
        }
    }

    /// Remembers bytes that are in the journal.
    public void put(String digest, byte[] bytes) {
        whole.put(digest, bytes);
    }

    /// The bytes behind a digest; empty when not all of them were read.
    public Optional<byte[]> get(String digest) {
        return Optional.ofNullable(whole.get(digest));
    }

    /// Files as one sequence of bytes, in the order of their names.
    public static byte[] pack(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
                out.writeUTF(file.getKey());
                out.writeInt(file.getValue().length);
                out.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// What [#pack] packed.
    ///
    /// @throws IllegalArgumentException when it is not that
    public static SortedMap<String, byte[]> unpack(byte[] packed) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        ByteBuffer in = ByteBuffer.wrap(packed);
        while (in.hasRemaining()) {
            if (in.remaining() < Short.BYTES) {
                throw new IllegalArgumentException("packed files end in the middle of a name");
            }
            byte[] name = taken(in, in.getShort() & 0xFFFF);
            if (in.remaining() < Integer.BYTES) {
                throw new IllegalArgumentException("packed files end before a length");
            }
            files.put(new String(name, StandardCharsets.UTF_8), taken(in, in.getInt()));
        }
        return files;
    }

    private static byte[] taken(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException(
                    "packed files say " + length + " bytes where " + in.remaining() + " are left");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
