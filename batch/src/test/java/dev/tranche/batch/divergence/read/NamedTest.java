package dev.tranche.batch.divergence.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NamedTest {
    private static String symbol(String text) {
        return Named.parse(text).symbol().orElse("?");
    }

    @Test
    void theNameOfAFileBeginsWithItsSymbol() {
        assertThat(symbol("some/BTCUSDT_5m.csv.gz")).isEqualTo("BTCUSDT");
        assertThat(symbol("ethusdt_cvd_15min.csv")).isEqualTo("ETHUSDT");
        assertThat(symbol("btcusd_perp_20240808.gz")).isEqualTo("BTCUSD_PERP");
        assertThat(symbol("1000SHIBUSDT-trades-2024-01.zip")).isEqualTo("1000SHIBUSDT");
        assertThat(symbol("ETHBTC.csv")).isEqualTo("ETHBTC");
    }

    @Test
    void aNameThatSaysNoSymbolIsNotGuessed() {
        assertThat(symbol("bars.csv")).isEqualTo("?");
        assertThat(symbol("2024-12.csv")).isEqualTo("?");
        assertThat(symbol("btcusdtx_5m.csv")).isEqualTo("?");
    }

    @Test
    void theUserSaysItBeforeTheName() {
        Named named = Named.parse("BTC-PERP=a=b/bars.csv");
        assertThat(named.symbol()).contains("BTC-PERP");
        assertThat(named.file()).isEqualTo(Path.of("a=b/bars.csv"));
    }
}
