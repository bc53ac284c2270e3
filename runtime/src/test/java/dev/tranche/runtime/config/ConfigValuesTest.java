package dev.tranche.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigValuesTest {
    private static Config read(String yaml) {
        return read(yaml, SecretBox.none());
    }

    private static Config read(String yaml, SecretBox secrets) {
        ConfigFiles.Sources sources =
                new ConfigFiles.Sources(List.of(new ConfigFiles.Source("tranche.yaml", yaml)), "0".repeat(64));
        return new ConfigReader(ConfigFixture.SCHEMA, secrets).typed(sources.digest(), ConfigReader.merged(sources));
    }

    @Test
    void everyTypeIsReadInBothForms() {
        Config config = read("""
                server:
                  host: 0.0.0.0
                  port: 9090
                limits: {share: 0.25, body: 2MiB}
                faults.enabled: true
                score.deadline: 150ms
                """);
        assertThat(config.value(ConfigFixture.HOST)).isEqualTo("0.0.0.0");
        assertThat(config.value(ConfigFixture.PORT)).isEqualTo(9090);
        assertThat(config.value(ConfigFixture.SHARE)).isEqualTo(0.25);
        assertThat(config.value(ConfigFixture.BODY)).isEqualTo(2 << 20);
        assertThat(config.value(ConfigFixture.FAULTS)).isTrue();
        assertThat(config.value(ConfigFixture.DEADLINE)).isEqualTo(Duration.ofMillis(150));
        assertThat(config.value(ConfigFixture.DURABILITY)).isEqualTo("written");
        assertThat(config.value(ConfigFixture.PASSWORD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server.port: 65536              | 0..65535",
                "server.port: 8080.5             | whole number",
                "server.port: 0x1F               | whole number",
                "limits.share: .nan              | 0.0..1.0",
                "limits.share: 1.01              | 0.0..1.0",
                "faults.enabled: yes             | true or false",
                "score.deadline: 200             | 200ms",
                "score.deadline: 0ms             | 1ms..1m",
                "score.deadline: 99d             | 1ms..1m",
                "limits.body: 1KB                | 64KiB",
                "limits.body: 999999999999999TiB | bytes",
                "journal.durability: sync        | async, written, synced",
                "store.password: hunter2         | must be encrypted",
                "server.port: [1]                | must be a value",
                "server: {port: 1, port: 2}      | given twice",
                "8080                            | tranche.yaml must be a value",
                "a: &x {b: *x}                   | ",
            })
    void aValueOutOfRangeIsRefusedWithWhatIsAllowed(String yaml, String expected) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(expected == null ? "tranche.yaml" : expected);
    }

    @Test
    void durationsAndSizesHaveTheirUnits() {
        Key<Duration> any = Key.duration("d", Duration.ZERO, Duration.ofDays(400), Duration.ZERO, "");
        assertThat(List.of("7d", "6h", "10m", "5s", "1ms").stream().map(any::parse))
                .containsExactly(
                        Duration.ofDays(7),
                        Duration.ofHours(6),
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(1));
        Key<Long> size = Key.bytes("s", 0, Long.MAX_VALUE, 0, "");
        assertThat(List.of("3", "3B", "3KiB", "3MiB", "3GiB", "3TiB").stream().map(size::parse))
                .containsExactly(3L, 3L, 3L << 10, 3L << 20, 3L << 30, 3L << 40);
    }

    @Test
    void twoKeysOfOneNameAndRetiringALiveKeyAreMisuse() {
        assertThatThrownBy(() -> ConfigSchema.of(List.of(ConfigFixture.PORT, ConfigFixture.PORT)))
                .hasMessageContaining("declared once");
        assertThatThrownBy(() -> ConfigFixture.SCHEMA.retire("server.port", "x"))
                .hasMessageContaining("server.port");
        assertThatThrownBy(() -> Key.text("Server.Port", "", "")).hasMessageContaining("Server.Port");
        assertThat(ConfigFixture.SCHEMA.table())
                .contains("| `score.deadline` | a duration within 1ms..1m | `200ms` | time to answer |")
                .contains("| `store.password` | a value tagged !secret | - |");
    }

    @Test
    void aSecretOpensUnderItsPathAndIsShownNowhere() {
        String key = "k1 " + java.util.Base64.getEncoder().encodeToString(new byte[32]);
        SecretBox box = SecretBox.fromText(key);
        String sealed = box.seal("store.password", "hunter2");
        Config config = read("store: {password: !secret \"" + sealed + "\"}", box);
        assertThat(config.value(ConfigFixture.PASSWORD)).isEqualTo("hunter2");
        assertThat(config.toString())
                .contains("store.password")
                .doesNotContain("hunter2")
                .doesNotContain(sealed);

        List<String> broken = new ArrayList<>();
        broken.add("store.password: !secret " + sealed.substring(0, sealed.length() - 3) + "AAA");
        broken.add("server.port: !secret " + box.seal("server.port", "hunter2"));
        broken.add("server.host: !secret " + sealed);
        broken.add("store.password: !secret v1:k9:AAAA");
        broken.add("store.password: !secret hunter2");
        for (String yaml : broken) {
            assertThatThrownBy(() -> read(yaml, box))
                    .isInstanceOf(ConfigException.class)
                    .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("hunter2"));
        }
    }
}
