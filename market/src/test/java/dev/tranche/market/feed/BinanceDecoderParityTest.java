package dev.tranche.market.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Instrument;
import dev.tranche.market.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every kind of message of three markets, read as the readable oracle reads it.
class BinanceDecoderParityTest {
    private static final int LINES = 3_000;

    @ParameterizedTest
    @CsvSource({
        "usdm, btcusdt, 2, 3",
        "usdm, ethusdt, 2, 3",
        "cm, btcusd_perp, 1, 0",
        "cm, ethusd_perp, 2, 0",
        "spot, btcusdt, 8, 8",
        "spot, ethusdt, 2, 5"
    })
    void aLineSaysWhatTheOracleSays(String market, String symbol, int priceDecimals, int quantityDecimals) {
        Instrument instrument =
                new Instrument(symbol.toUpperCase(java.util.Locale.ROOT), priceDecimals, quantityDecimals);
        Said said = new Said();
        BinanceDecoder decoder = BinanceDecoder.of(instrument, BinanceDecoder.Trades.EACH, said);
        List<String> expected = new ArrayList<>();

        Recording.level2(market, symbol).lines(0, LINES, (bytes, from, to) -> {
            assertThat(decoder.line(bytes, from, to)).isTrue();
            expected.add(ReadableMessage.line(instrument, new String(bytes, from, to - from, US_ASCII)));
        });

        assertThat(said.events()).hasSize(LINES).isEqualTo(expected);
        assertThat(said.faults().seen()).isEqualTo(Map.of());
        assertThat(decoder.ignored()).isZero();
    }
}
