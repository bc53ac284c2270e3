package dev.tranche.cli.evidence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One event of a control journal as an evidence file carries it: a link of the hash chain.
///
/// @param seq      its number in the journal
/// @param at       when it was decided, to the microsecond
/// @param actor    who decided
/// @param subject  what it is about
/// @param kind     what happened
/// @param payload  canonical JSON text, hashed byte for byte
/// @param epoch    the leader's epoch
/// @param previous hash of the event before, 64 hex digits
/// @param hash     what it claims to hash to, 64 hex digits
record Link(
        long seq,
        Instant at,
        String actor,
        String subject,
        String kind,
        String payload,
        long epoch,
        String previous,
        String hash) {

    /// Reads an event; empty when a field is missing or is not of its kind.
    static Optional<Link> of(JsonNode event) {
        boolean whole =
                event.path("seq").isIntegralNumber() && event.path("epoch").isIntegralNumber();
        for (String name : new String[] {"at", "actor", "subject", "kind", "payload", "prev_hash", "hash"}) {
            whole &= event.path(name).isString();
        }
        if (!whole || !event.path("prev_hash").stringValue().matches("[0-9a-f]{64}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Link(
                    event.path("seq").longValue(),
                    Instant.parse(event.path("at").stringValue()),
                    event.path("actor").stringValue(),
                    event.path("subject").stringValue(),
                    event.path("kind").stringValue(),
                    event.path("payload").stringValue(),
                    event.path("epoch").longValue(),
                    event.path("prev_hash").stringValue(),
                    event.path("hash").stringValue()));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    /// The hash its fields have: SHA-256 over number, microseconds since 1970 and epoch (8 bytes each,
    /// big-endian), then actor, subject, kind and payload (4 bytes of length and UTF-8 each), then the 32
    /// bytes of the hash before.
    String computed() {
        MessageDigest sha = sha256();
        long micros = Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1000);
        sha.update(ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(seq)
                .putLong(micros)
                .putLong(epoch)
                .array());
        for (String text : new String[] {actor, subject, kind, payload}) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            sha.update(bytes);
        }
        return HexFormat.of().formatHex(sha.digest(HexFormat.of().parseHex(previous)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
