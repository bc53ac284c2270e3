package dev.tranche.server;

import dev.tranche.runtime.config.ConfigSchema;
import dev.tranche.runtime.config.Key;
import dev.tranche.runtime.log.LogSettings;
import java.time.Duration;
import java.util.List;

/// The keys of `tranche.yaml` that a server knows.
final class ServerKeys {
    static final Key<String> DATA = Key.text("server.data", "data", "data folder");
    static final Key<String> HOST = Key.text("server.host", "127.0.0.1", "address to listen on");
    static final Key<Long> PORT = Key.whole("server.port", 0, 65_535, 8080, "port to listen on, 0 picks a free one");
    static final Key<Long> NODE = Key.whole("server.node", 0, 65_535, 1, "number of this node, one for each server");
    static final Key<String> STORE_URL = Key.text(
            "store.url", "", "PostgreSQL to use, `jdbc:postgresql://…`; without it one of its own in the data folder");
    static final Key<String> STORE_USER = Key.text("store.user", "", "user at that PostgreSQL");
    static final Key<String> STORE_PASSWORD = Key.secret("store.password", "password at that PostgreSQL");
    static final Key<String> DURABILITY = Key.choice(
            "journal.durability",
            List.of("async", "written", "synced"),
            "written",
            "what is promised about a decision before its answer leaves");
    static final Key<Long> SEGMENT = Key.bytes(
            "journal.segment",
            LogSettings.MIN_SEGMENT,
            LogSettings.MAX_SEGMENT,
            64L << 20,
            "size of a segment file, a multiple of 4096");
    static final Key<Duration> RETENTION = Key.duration(
            "journal.retention",
            Duration.ofMinutes(1),
            Duration.ofDays(36_500),
            Duration.ofDays(90),
            "decisions older than this are kept only in PostgreSQL, once they are there; taken while running");
    static final Key<Long> MAX_BYTES = Key.bytes(
            "journal.max_bytes",
            0,
            1L << 50,
            0L,
            "beyond this the oldest decisions are kept only in PostgreSQL, 0 = no limit; taken while running");
    static final Key<Long> RATE = Key.whole(
            "limits.rate",
            0,
            1_000_000,
            0,
            "answers a second for each token at `/score` and `/predict`, 0 = no limit; taken while running");
    static final Key<Long> BODY = Key.bytes("limits.body", 1024, 1L << 30, 1L << 20, "largest body of a request");
    static final Key<Long> THREADS = Key.whole(
            "models.threads",
            0,
            256,
            0,
            "calls at a time of a version that is too slow for the event loop, 0 = one for each processor, at least 4");
    static final Key<Long> QUEUE =
            Key.whole("models.queue", 1, 1_000_000, 8192, "rows that may wait for such a version; beyond them 503");
    static final Key<Long> BATCH = Key.whole(
            "models.batch", 1, 65_536, 256, "rows of waiting requests in one call of a model, 1 = nothing is merged");
    static final Key<Duration> GRACE = Key.duration(
            "drain.grace",
            Duration.ZERO,
            Duration.ofMinutes(10),
            Duration.ofMillis(500),
            "how long a stopping server that was being asked still answers while `/health` says 503");

    /// What is taken from a changed file without a restart.
    static final List<Key<?>> WHILE_RUNNING = List.of(RETENTION, MAX_BYTES, RATE);

    static final ConfigSchema SCHEMA = ConfigSchema.of(List.of(
                    DATA,
                    HOST,
                    PORT,
                    NODE,
                    STORE_URL,
                    STORE_USER,
                    STORE_PASSWORD,
                    DURABILITY,
                    SEGMENT,
                    RETENTION,
                    MAX_BYTES,
                    RATE,
                    BODY,
                    THREADS,
                    QUEUE,
                    BATCH,
                    GRACE))
            .retire("score.deadline", "a deadline goes live like any version, so it is in policy.yaml");

    private ServerKeys() {}
}
