package dev.tranche.runtime.config;

import java.time.Duration;
import java.util.List;

/// A small schema with a key of every type.
final class ConfigFixture {
    static final Key<String> HOST = Key.text("server.host", "127.0.0.1", "address to listen on");
    static final Key<Long> PORT = Key.whole("server.port", 0, 65_535, 8080, "port to listen on");
    static final Key<Long> PORT_TOO = Key.whole("server.other_port", 0, 65_535, 8080, "the same again");
    static final Key<Double> SHARE = Key.number("limits.share", 0, 1, 0.5, "share");
    static final Key<Boolean> FAULTS = Key.flag("faults.enabled", false, "fault injection");
    static final Key<Duration> DEADLINE = Key.duration(
            "score.deadline", Duration.ofMillis(1), Duration.ofMinutes(1), Duration.ofMillis(200), "time to answer");
    static final Key<Long> BODY = Key.bytes("limits.body", 1024, 16 << 20, 1 << 20, "largest body");
    static final Key<String> DURABILITY =
            Key.choice("journal.durability", List.of("async", "written", "synced"), "written", "when a record counts");
    static final Key<String> PASSWORD = Key.secret("store.password", "password of the store");

    static final ConfigSchema SCHEMA = ConfigSchema.of(
                    List.of(HOST, PORT, PORT_TOO, SHARE, FAULTS, DEADLINE, BODY, DURABILITY, PASSWORD))
            .retire("journal.sync", "use journal.durability");

    private ConfigFixture() {}
}
