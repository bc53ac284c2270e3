package dev.tranche.market.spread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Instrument;
import dev.tranche.market.Recording;
import dev.tranche.market.feed.BinanceDecoder;
import dev.tranche.market.feed.FeedLimits;
import dev.tranche.market.feed.FeedMonitor;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The features against their oracle, after every message of a recording and so on every prefix of it.
class SpreadFeaturesParityTest {
    @ParameterizedTest
    @CsvSource({"usdm, btcusdt, BTCUSDT", "spot, ethusdt, ETHUSDT"})
    void everyPrefixOfARecordingHasTheFeaturesOfTheOracle(String market, String file, String symbol) {
        SpreadFeed feed = SpreadFeed.of(100);
        ReadableSpread oracle = new ReadableSpread(100);
        Instrument instrument = new Instrument(symbol, 8, 8);
        BinanceDecoder one =
                BinanceDecoder.of(instrument, BinanceDecoder.Trades.EACH, FeedMonitor.before(FeedLimits.USUAL, feed));
        BinanceDecoder other =
                BinanceDecoder.of(instrument, BinanceDecoder.Trades.EACH, FeedMonitor.before(FeedLimits.USUAL, oracle));
        long[] compared = new long[1];
        Recording.level2(market, file).lines((bytes, from, to) -> {
            long before = feed.features().samples();
            one.line(bytes, from, to);
            other.line(bytes, from, to);
            assertThat(feed.features().samples()).isEqualTo(oracle.taken());
            if (feed.features().samples() != before) {
                Map<SpreadFeature, Double> expected = oracle.features();
                assertThat(feed.features().ready()).isEqualTo(!expected.isEmpty());
                expected.forEach(
                        (feature, value) -> same(feature, feed.features().value(feature), value));
                compared[0] += expected.size();
            }
        });
        assertThat(compared[0]).isGreaterThan(60_000);
    }

    /// The oracle adds up in another order.
    static void same(SpreadFeature feature, double value, double expected) {
        if (!(Math.abs(value - expected) <= 1e-7 * Math.max(1, Math.abs(expected)))
                && !(Double.isNaN(value) && Double.isNaN(expected))) {
            throw new AssertionError(feature + " is " + value + ", the oracle says " + expected);
        }
    }
}
