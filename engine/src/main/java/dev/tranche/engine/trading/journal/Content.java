package dev.tranche.engine.trading.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
}
