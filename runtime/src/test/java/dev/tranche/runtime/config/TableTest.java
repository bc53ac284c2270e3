package dev.tranche.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
    private static final Key<String> SYMBOL = Key.text("symbol", "any", "symbol");
    private static final Key<Double> Z_HI = Key.number("z_hi", 0, 5, 1.5, "strong z");
    private static final Table OVERRIDES = Table.of("divergence.overrides", "by context", List.of(SYMBOL, Z_HI));
    private static final ConfigSchema SCHEMA = ConfigSchema.of(List.of(ConfigFixture.PORT, ConfigFixture.PASSWORD))
            .with(OVERRIDES)
            .require(config -> {
                if (config.rows(OVERRIDES).size() > 3) {
                    throw new IllegalArgumentException("overrides must be at most 3");
                }
            });

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void place() {
        file = folder.resolve("engine.yaml");
    }

    private Config read(String text) throws Exception {
        Files.writeString(file, text);
        try (ConfigWatch watch = ConfigWatch.open(file, folder.resolve("keep.yaml"), SCHEMA, SecretBox.none())) {
            return watch.current();
        }
    }

    @Test
    void rowsKeepTheOrderOfTheFileAndAColumnThatIsNotSetHasItsDefault() throws Exception {
        Config config = read("""
                server.port: 1
                divergence:
                  overrides:
                    - {symbol: BTCUSDT, z_hi: 1.8}
                    - z_hi: 2
                    - {symbol: ETHUSDT}
                """);
        assertThat(config.rows(OVERRIDES))
                .extracting(row -> row.value(SYMBOL))
                .containsExactly("BTCUSDT", "any", "ETHUSDT");
        assertThat(config.rows(OVERRIDES)).extracting(row -> row.value(Z_HI)).containsExactly(1.8, 2.0, 1.5);
        assertThat(config.rows(OVERRIDES)).extracting(row -> row.sets(Z_HI)).containsExactly(true, true, false);
        assertThat(config)
                .hasToString("Config[" + config.digest().substring(0, 12)
                        + " sets [server.port] rows of [divergence.overrides]]");
    }

    @Test
    void aFileThatGivesRowsReplacesThoseOfEarlierFiles() throws Exception {
        Path more = Files.createDirectory(folder.resolve("conf.d"));
        Files.writeString(more.resolve("10.yaml"), "divergence.overrides: [{symbol: XRPUSDT}]\n");
        assertThat(read("divergence.overrides: [{symbol: BTCUSDT, z_hi: 3}, {symbol: ETHUSDT}]\n")
                        .rows(OVERRIDES))
                .extracting(row -> row.value(SYMBOL) + row.sets(Z_HI))
                .containsExactly("XRPUSDTfalse");
        Files.writeString(more.resolve("20.yaml"), "divergence.overrides: []\n");
        assertThat(read("divergence.overrides: [{symbol: BTCUSDT}]\n").rows(OVERRIDES))
                .isEmpty();
    }

    @Test
    void theLastGoodRowsAreReadAgainWhenTheFileIsWrong() throws Exception {
        read("divergence.overrides: [{symbol: \"BTC:USDT\", z_hi: 3}, {symbol: ETHUSDT}]\n");
        Config kept = read("divergence.overrides: [{symbol: BTCUSDT, z_hi: 30}]\n");
        assertThat(kept.rows(OVERRIDES)).extracting(row -> row.value(SYMBOL)).containsExactly("BTC:USDT", "ETHUSDT");
    }

    @Test
    void whatIsWrongInARowIsNamedWithItsPlace() {
        assertThatThrownBy(() -> read("divergence.overrides:\n  - {z_hi: 9}\n  - {zhi: 1}\n  - 7\n"))
                .hasMessageContaining(
                        "divergence.overrides[0].z_hi must be a number within 0.0..5.0: 9 (engine.yaml line 2)")
                .hasMessageContaining("divergence.overrides[1].zhi is not a key (engine.yaml line 3)")
                .hasMessageContaining("divergence.overrides[2] must be a map of keys (engine.yaml line 4)");
        assertThatThrownBy(() -> read("divergence.overrides: [{}]\n")).hasMessageContaining("divergence.overrides[0]");
        assertThatThrownBy(() -> read("divergence.overrides: 7\n")).hasMessageContaining("must be a list of maps");
        assertThatThrownBy(() -> read("divergence.others: []\n"))
                .hasMessageContaining("divergence.others is not a key");
        assertThatThrownBy(() -> read("server.port: [1]\n"))
                .hasMessageContaining("server.port must be a value, not a list");
        assertThatThrownBy(() -> read("server.port: []\n"))
                .hasMessageContaining("server.port must be a value, not a list");
    }

    @Test
    void aSnapshotThatBreaksALawBetweenKeysIsRefused() {
        assertThatThrownBy(() -> read("divergence.overrides: [{z_hi: 1}, {z_hi: 1}, {z_hi: 1}, {z_hi: 1}]\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("overrides must be at most 3");
    }

    @Test
    void aTableIsDeclaredOnceAndShownInTheReference() {
        assertThatThrownBy(() -> SCHEMA.with(OVERRIDES)).hasMessageContaining("declared once: divergence.overrides");
        assertThatThrownBy(() -> Table.of("t", "", List.of(SYMBOL, SYMBOL))).hasMessageContaining("once: symbol");
        assertThat(SCHEMA.table())
                .contains("| `divergence.overrides[].z_hi` | a number within 0.0..5.0 | `1.5` | strong z |");
    }
}
