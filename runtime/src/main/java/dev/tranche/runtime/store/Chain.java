package dev.tranche.runtime.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The links of the control journal's hash chain.
///
/// A link's hash is SHA-256 over, in this order: the sequence number, the time in microseconds since 1970 and
/// the epoch (8 bytes each, big-endian), then actor, subject, kind and payload (each as 4 bytes of length and
/// its UTF-8 bytes), then the 32 bytes of the hash before. Anybody can recompute it from the rows.
final class Chain {
    /// What the first event follows.
    static final byte[] GENESIS = new byte[32];

    private Chain() {}

    /// The microsecond that PostgreSQL can keep.
    static Instant kept(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS);
    }

    static byte[] hash(long seq, NewEvent event, long epoch, byte[] before) {
        MessageDigest sha = Digests.sha256();
        Instant at = kept(event.at());
        long micros = Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1000);
        ByteBuffer numbers = ByteBuffer.allocate(3 * Long.BYTES);
        sha.update(numbers.putLong(seq).putLong(micros).putLong(epoch).array());
        update(sha, event.actor());
        update(sha, event.subject());
        update(sha, event.kind());
        update(sha, event.payload());
        return sha.digest(before);
    }

    private static void update(MessageDigest sha, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        sha.update(bytes);
    }
}
