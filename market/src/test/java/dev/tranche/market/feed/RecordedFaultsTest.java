package dev.tranche.market.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Instrument;
import dev.tranche.market.Listening;
import dev.tranche.market.Recording;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is wrong with the recordings that we have, by name and count.
class RecordedFaultsTest {
    private static final String QUALITY =
            "feed_quality_pos_neg/test_%s_binance_%s_stream_usd_m_futures_trxusdt_04-03-2025.csv.gz";
    private static final Instrument TRX = new Instrument("TRXUSDT", 5, 0);

    private final Listening heard = new Listening() {};

    @ParameterizedTest
    @CsvSource({
        "usdm, btcusdt, 2, 3",
        "usdm, ethusdt, 2, 3",
        "cm, btcusd_perp, 1, 0",
        "cm, ethusd_perp, 2, 0",
        "spot, btcusdt, 2, 8",
        "spot, ethusdt, 2, 8"
    })
    void rawStreamsAreWholeAndTheirRecordersClockIsBehind(String market, String symbol, int price, int quantity) {
        FeedMonitor monitor = FeedMonitor.before(FeedLimits.USUAL, heard);
        BinanceDecoder decoder = BinanceDecoder.of(
                new Instrument(symbol.toUpperCase(Locale.ROOT), price, quantity), BinanceDecoder.Trades.EACH, monitor);

        Recording.level2(market, symbol).lines(decoder::line);

        assertThat(heard.faults().seen()).isEqualTo(Map.of(Fault.CLOCK_BEHIND, 1L));
        assertThat(monitor.clockBehindMillis()).isBetween(1_200L, 1_300L);
        assertThat(decoder.ignored()).isZero();
    }

    @Test
    void aVenueKeepsRemaindersThatAreFinerThanItsLots() {
        BinanceDecoder decoder = BinanceDecoder.of(
                new Instrument("BTCUSDT", 2, 5),
                BinanceDecoder.Trades.EACH,
                FeedMonitor.before(FeedLimits.USUAL, heard));

        Recording.level2("spot", "btcusdt").lines(decoder::line);

        assertThat(heard.faults().of(Fault.BAD_QUANTITY)).isEqualTo(3);
        assertThat(heard.faults().of(Fault.SEQUENCE_BREAK)).isEqualTo(3);
    }

    @Test
    void theCleanTradesAreCleanAndTheOthersHaveOneBadPrice() {
        assertThat(csv(TRX, String.format(Locale.ROOT, QUALITY, "positive", "trade")))
                .isEqualTo(Map.of());
        assertThat(csv(TRX, String.format(Locale.ROOT, QUALITY, "negative", "trade")))
                .isEqualTo(Map.of(Fault.BAD_PRICE, 1L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"positive", "negative"})
    void theDepthOfBothIsTheSameCleanFile(String name) {
        assertThat(csv(TRX, String.format(Locale.ROOT, QUALITY, name, "difference_depth")))
                .isEqualTo(Map.of());
    }

    @Test
    void theStreamOfBitcoinIsFullOfFaults() {
        assertThat(csv(new Instrument("BTCUSDT", 2, 5), "v13_recorded_trades/BTCUSDT_recorded_stream.csv.gz"))
                .isEqualTo(Map.of(
                        Fault.SIGN_MISMATCH, 2_173L,
                        Fault.REPEAT, 33_401L,
                        Fault.SILENCE, 5L,
                        Fault.CLOCK_BEHIND, 24L,
                        Fault.TOTAL_BREAK, 105_646L));
    }

    @Test
    void theStreamOfEtherIsFullOfFaults() {
        assertThat(csv(new Instrument("ETHUSDT", 2, 4), "v13_recorded_trades/ETHUSDT_recorded_stream.csv.gz"))
                .isEqualTo(Map.of(
                        Fault.SIGN_MISMATCH, 5_073L,
                        Fault.REPEAT, 28_756L,
                        Fault.SILENCE, 5L,
                        Fault.CLOCK_BEHIND, 33L,
                        Fault.TOTAL_BREAK, 104_840L));
    }

    @Test
    void theTopOfTheBookOfEtherWasRecordedInSixParts() {
        FeedMonitor monitor = FeedMonitor.before(FeedLimits.USUAL, heard);
        BinanceDecoder decoder =
                BinanceDecoder.of(new Instrument("ETHUSDT", 2, 3), BinanceDecoder.Trades.EACH, monitor);
        long[] said = new long[1];

        Recording.of("v13_cvd_gold/ethusdt_top5_depth_20251017.ndjson.gz")
                .lines((bytes, from, to) -> said[0] += decoder.message(MarketSink.UNKNOWN, bytes, from, to) ? 1 : 0);

        assertThat(heard.faults().seen()).isEqualTo(Map.of(Fault.SILENCE, 5L));
        assertThat(said[0]).isEqualTo(559);
    }

    private Map<Fault, Long> csv(Instrument instrument, String name) {
        Listening listening = new Listening() {};
        FeedMonitor monitor = FeedMonitor.before(FeedLimits.USUAL, listening);
        Recording recording = Recording.of(name);
        CsvDecoder decoder = CsvDecoder.of(instrument, recording.header(), monitor);
        recording.rows(decoder::row);
        decoder.end();
        return listening.faults().seen();
    }
}
