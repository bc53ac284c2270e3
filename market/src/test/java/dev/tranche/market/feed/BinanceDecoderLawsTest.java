package dev.tranche.market.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import dev.tranche.market.Trials;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BinanceDecoderLawsTest {
    private static final Instrument BTC = new Instrument("BTCUSDT", 2, 3);
    private static final List<String> LINES = List.of(
            "1723161255088176367 {\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":1723161256322,"
                    + "\"T\":1723161256322,\"s\":\"BTCUSDT\",\"t\":5266583935,\"p\":\"61800.30\",\"q\":\"0.006\","
                    + "\"X\":\"MARKET\",\"m\":false}}",
            "1723161255088169167 {\"stream\":\"btcusdt@bookTicker\",\"data\":{\"e\":\"bookTicker\",\"u\":5123107839020,"
                    + "\"s\":\"BTCUSDT\",\"b\":\"61800.20\",\"B\":\"2.507\",\"a\":\"61800.30\",\"A\":\"2.510\","
                    + "\"T\":1723161256313,\"E\":1723161256313}}",
            "1723161255030314667 {\"stream\":\"btcusdt@depth@0ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":1723161256299,"
                    + "\"T\":1723161256298,\"s\":\"BTCUSDT\",\"U\":5123107832006,\"u\":5123107837557,"
                    + "\"pu\":5123107831937,\"b\":[[\"58710.20\",\"0.014\"],[\"61496.50\",\"0.010\"]],"
                    + "\"a\":[[\"61510.90\",\"0.000\"]]}}",
            "1723161255319702566 {\"lastUpdateId\":5123107852948,\"E\":1723161256501,\"T\":1723161256493,"
                    + "\"bids\":[[\"61800.20\",\"2.909\"]],\"asks\":[[\"61800.30\",\"2.909\"]]}");

    @Test
    void aLineThatEndsTooEarlyIsNamedAndNeverSaid() {
        for (String line : LINES) {
            byte[] bytes = line.getBytes(US_ASCII);
            for (int end = 0; end < bytes.length; end++) {
                Said said = new Said();
                decoder(said).line(bytes, 0, end);
                assertThat(said.faults().of(Fault.TRUNCATED))
                        .as("%s: %s", line.substring(0, end), said.events())
                        .isEqualTo(1);
                assertThat(said.events()).hasSize(1);
            }
        }
    }

    @Test
    void whateverTheBytesOneLineIsOneEventOneFaultOrIgnored() {
        Trials.of(20_000, chance -> {
            byte[] bytes = LINES.get(chance.nextInt(LINES.size())).getBytes(US_ASCII);
            int hits = chance.nextInt(1, 6);
            for (int i = 0; i < hits; i++) {
                int at = chance.nextInt(bytes.length);
                switch (chance.nextInt(4)) {
                    case 0 -> bytes[at] = (byte) chance.nextInt();
                    case 1 -> bytes[at] = (byte) "{}[],:\"0123456789eE.-+ tf".charAt(chance.nextInt(25));
                    case 2 -> System.arraycopy(bytes, at, bytes, chance.nextInt(at + 1), bytes.length - at);
                    default -> bytes[at] = bytes[chance.nextInt(bytes.length)];
                }
            }
            Whole whole = new Whole();
            BinanceDecoder decoder = decoder(whole);

            boolean said = decoder.line(bytes, 0, bytes.length);

            assertThat(whole.events).isEqualTo(said ? 1 : 0);
            assertThat(whole.events + whole.faults().total() + decoder.ignored())
                    .isEqualTo(1);
            assertThat(whole.open).as("a message begun is ended").isFalse();
        });
    }

    @Test
    void aDecoderIsAsNewAfterAnyBytes() {
        Said once = new Said();
        Said after = new Said();
        BinanceDecoder decoder = decoder(after);
        Trials.of(200, chance -> {
            byte[] wild = new byte[chance.nextInt(300)];
            chance.nextBytes(wild);
            decoder.line(wild, 0, wild.length);
        });
        after.events().clear();
        for (String line : LINES) {
            byte[] bytes = line.getBytes(US_ASCII);
            decoder(once).line(bytes, 0, bytes.length);
            decoder.line(bytes, 0, bytes.length);
        }

        assertThat(after.events()).isEqualTo(once.events()).hasSize(LINES.size());
    }

    private static BinanceDecoder decoder(MarketSink sink) {
        return BinanceDecoder.of(BTC, BinanceDecoder.Trades.EACH, sink);
    }

    /// Counts events, and checks that what is said is within its range.
    private static final class Whole extends dev.tranche.market.Listening {
        private int events;
        private boolean open;

        @Override
        public void trade(long at, long heard, long id, long ticks, long lots, @Nullable Side aggressor) {
            assertThat(Math.min(ticks, lots)).isPositive();
            events++;
        }

        @Override
        public void noTrade(long at, long heard, long id) {
            events++;
        }

        @Override
        public void top(long at, long heard, long id, long bid, long bidLots, long ask, long askLots) {
            assertThat(Math.min(Math.min(bid, bidLots), Math.min(ask, askLots))).isNotNegative();
            events++;
        }

        @Override
        public void depth(long at, long heard, long first, long last, long previous) {
            assertThat(first).isBetween(0L, last);
            open = true;
        }

        @Override
        public void snapshot(long at, long heard, long last) {
            open = true;
        }

        @Override
        public void level(Side side, long ticks, long lots) {
            assertThat(open).isTrue();
            assertThat(ticks).isPositive();
            assertThat(lots).isNotNegative();
        }

        @Override
        public void end() {
            assertThat(open).isTrue();
            open = false;
            events++;
        }
    }
}
