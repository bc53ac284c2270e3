package dev.tranche.market.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Listening;
import dev.tranche.market.Side;
import dev.tranche.market.Trials;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeribitDecoderLawsTest {
    private static final List<byte[]> MESSAGES = List.of(
            bytes(DeribitDecoderTest.book(
                    "'type':'snapshot',", "'change_id':7,", "[['new',5042.3,30]]", "[['new',5042.8,10]]")),
            bytes(DeribitDecoderTest.book(
                    "'type':'change',", "'prev_change_id':7,'change_id':9,", "[['delete',5041.9,0]]", "[]")),
            bytes(DeribitDecoderTest.trades(DeribitDecoderTest.trade("1", "8950.5", "10.0", "sell") + ","
                    + DeribitDecoderTest.trade("2", "8951", "20.0", "buy"))),
            bytes(DeribitDecoderTest.notification(
                    "ticker.BTC-PERPETUAL.raw",
                    "{'timestamp':1623060194301,'mark_price':36931.46,'mark_iv':61.5,'instrument_name':'BTC-PERPETUAL',"
                            + "'greeks':{'vega':2.2,'theta':-53.0,'rho':-0.2,'gamma':0.001,'delta':-0.6}}")));

    @Test
    void aMessageThatEndsTooEarlyIsNamedAndNeverSaid() {
        for (byte[] message : MESSAGES) {
            for (int end = 0; end < message.length; end++) {
                Whole whole = new Whole();
                assertThat(decoder(whole).message(1, message, 0, end)).isFalse();
                assertThat(whole.faults().of(Fault.TRUNCATED))
                        .as("%d bytes", end)
                        .isEqualTo(1);
                assertThat(whole.messages).isZero();
            }
        }
    }

    @Test
    void whateverTheBytesAMessageIsSaidIsOneFaultOrIsIgnored() {
        Trials.of(20_000, chance -> {
            byte[] bytes = MESSAGES.get(chance.nextInt(MESSAGES.size())).clone();
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
            DeribitDecoder decoder = decoder(whole);

            boolean said = decoder.message(1, bytes, 0, bytes.length);

            assertThat(whole.messages > 0).isEqualTo(said);
            assertThat((said ? 1 : 0) + whole.faults().total() + decoder.ignored())
                    .isEqualTo(1);
            assertThat(whole.open).as("a message begun is ended").isFalse();
        });
    }

    @Test
    void aDecoderIsAsNewAfterAnyBytes() {
        Said once = new Said();
        Said after = new Said();
        DeribitDecoder decoder = DeribitDecoder.of(DeribitDecoderTest.PERPETUAL, after, MarkSink.NONE);
        Trials.of(200, chance -> {
            byte[] wild = new byte[chance.nextInt(300)];
            chance.nextBytes(wild);
            decoder.message(1, wild, 0, wild.length);
        });
        after.events().clear();
        for (byte[] message : MESSAGES) {
            DeribitDecoder.of(DeribitDecoderTest.PERPETUAL, once, MarkSink.NONE).message(1, message, 0, message.length);
            decoder.message(1, message, 0, message.length);
        }

        assertThat(after.events()).isEqualTo(once.events()).hasSize(4);
    }

    private static DeribitDecoder decoder(Whole whole) {
        return DeribitDecoder.of(DeribitDecoderTest.PERPETUAL, whole, whole);
    }

    private static byte[] bytes(String text) {
        return DeribitDecoderTest.bytes(text);
    }

    /// Counts what is said, and checks that it is within its range.
    private static final class Whole extends Listening implements MarkSink {
        private int messages;
        private boolean open;

        @Override
        public void trade(long at, long heard, long id, long ticks, long lots, @Nullable Side aggressor) {
            assertThat(Math.min(ticks, lots)).isPositive();
            messages++;
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
            messages++;
        }

        @Override
        public void mark(long eventMillis, long receivedNanos, double mark, double index, double funding) {
            assertThat(mark).isNotNegative();
            messages++;
        }

        @Override
        public void option(
                long eventMillis,
                long receivedNanos,
                double volatility,
                double underlying,
                double delta,
                double gamma,
                double vega,
                double theta,
                double rho) {
            assertThat(volatility)
                    .satisfiesAnyOf(
                            v -> assertThat(v).isNaN(), v -> assertThat(v).isNotNegative());
        }
    }
}
