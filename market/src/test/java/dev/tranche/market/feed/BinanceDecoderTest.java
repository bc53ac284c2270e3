package dev.tranche.market.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Instrument;
import org.junit.jupiter.api.Test;

class BinanceDecoderTest {
    private static final Instrument BTC = new Instrument("BTCUSDT", 2, 3);
    private static final long HEARD = 1723161255088176367L;

    private final Said said = new Said();
    private final BinanceDecoder decoder = BinanceDecoder.of(BTC, BinanceDecoder.Trades.EACH, said);

    @Test
    void aMakerWhoBuysMakesTheTradeASell() {
        say(
                "{'e':'trade','E':1723161256322,'T':1723161256321,'s':'BTCUSDT','t':7,'p':'61800.30','q':'0.006','m':true}");

        assertThat(said.events()).containsExactly("trade at 1723161256321 heard " + HEARD + " id 7: 6 @ 6180030 SELL");
    }

    @Test
    void fieldsMayComeInAnyOrderAndBeSpaced() {
        say(
                " { 'q' : '0.006' , 'x':{'deep':[1,{'y':null}]}, 'm' : false,'p':'61800.3','t':7,'e':'trade','T':1723161256321 } ");

        assertThat(said.events()).containsExactly("trade at 1723161256321 heard " + HEARD + " id 7: 6 @ 6180030 BUY");
    }

    @Test
    void aggregatedTradesAreSaidOnlyWhereAskedFor() {
        String trade =
                "{'e':'aggTrade','E':1723161256322,'T':1723161256321,'s':'BTCUSDT','a':9,'f':1,'l':2,'p':'1.5','q':'2','m':false}";
        say(trade);
        assertThat(said.events()).isEmpty();
        assertThat(decoder.ignored()).isEqualTo(1);

        byte[] bytes = bytes(trade);
        BinanceDecoder.of(BTC, BinanceDecoder.Trades.AGGREGATED, said).message(HEARD, bytes, 0, bytes.length);
        assertThat(said.events()).containsExactly("trade at 1723161256321 heard " + HEARD + " id 9: 2000 @ 150 BUY");
    }

    @Test
    void aBookOfAFewLevelsIsASnapshot() {
        say("{'seq': 3, 'event_time': 1760652126556, 'symbol': 'BTCUSDT', 'bids': [[3873.53, 0.006]], 'asks': []}");

        assertThat(said.events()).containsExactly("snapshot at 1760652126556 heard " + HEARD + " id 3: BUY 6 @ 387353");
    }

    @Test
    void anAnswerToASubscriptionIsNeitherUsedNorAFault() {
        say("{'result':null,'id':1}");

        assertThat(said.events()).isEmpty();
        assertThat(decoder.ignored()).isEqualTo(1);
    }

    @Test
    void theEmptyTradesOfFuturesContinueTheIds() {
        say("{'e':'trade','E':1756220468099,'T':1756220468099,'s':'BTCUSDT','t':65,'p':'0','q':'0','X':'NA','m':true}");

        assertThat(said.events()).containsExactly("no trade at 1756220468099 heard " + HEARD + " id 65");
    }

    @Test
    void eachThingWrongHasItsName() {
        wrong(Fault.WRONG_SYMBOL, trade("ETHUSDT", "1723161256321", "7", "'1'", "'1'", "true"));
        wrong(Fault.BAD_PRICE, trade("BTCUSDT", "1723161256321", "7", "'-1'", "'1'", "true"));
        wrong(Fault.BAD_PRICE, trade("BTCUSDT", "1723161256321", "7", "'1.001'", "'1'", "true"));
        wrong(Fault.BAD_PRICE, trade("BTCUSDT", "1723161256321", "7", "'1e30'", "'1'", "true"));
        wrong(Fault.BAD_QUANTITY, trade("BTCUSDT", "1723161256321", "7", "'1'", "'0'", "true"));
        wrong(Fault.BAD_QUANTITY, trade("BTCUSDT", "1723161256321", "7", "'1'", "'x'", "true"));
        wrong(Fault.BAD_SIDE, trade("BTCUSDT", "1723161256321", "7", "'1'", "'1'", "2"));
        wrong(Fault.BAD_TIME, trade("BTCUSDT", "'yesterday'", "7", "'1'", "'1'", "true"));
        wrong(Fault.BAD_TIME, trade("BTCUSDT", "99999999999999999999999", "7", "'1'", "'1'", "true"));
        wrong(Fault.BAD_ID, trade("BTCUSDT", "1723161256321", "-7", "'1'", "'1'", "true"));
        wrong(Fault.MISSING_FIELD, "{'e':'trade','T':1723161256321,'s':'BTCUSDT','t':7,'p':'1','m':true}");
        wrong(Fault.MISSING_FIELD, "{'e':'depthUpdate','E':1723161256321,'s':'BTCUSDT','U':1,'u':2,'b':[]}");
        wrong(Fault.BAD_ID, "{'e':'depthUpdate','E':1723161256321,'s':'BTCUSDT','U':3,'u':2,'b':[],'a':[]}");
        wrong(Fault.MALFORMED, "{'e':'trade',,}");
        wrong(Fault.MALFORMED, "{'e':'trade'} {}");
        wrong(Fault.MALFORMED, "{'é':1,é:2}");
        wrong(Fault.MALFORMED, "{'a':" + "[".repeat(10_000) + "]".repeat(10_000) + "}");
        wrong(Fault.MALFORMED, "{'x':[1}]}");
        wrong(Fault.MALFORMED, "\0\1\2");
        wrong(Fault.TRUNCATED, "");
        wrong(Fault.TRUNCATED, "{'e':'tra");
    }

    @Test
    void aLevelOffTheGridSpoilsTheWholeMessage() {
        wrong(
                Fault.BAD_PRICE,
                "{'e':'depthUpdate','E':1723161256321,'s':'BTCUSDT','U':1,'u':2,'b':[['1','1']],'a':[['2.001','1']]}");
        wrong(Fault.BAD_QUANTITY, "{'lastUpdateId':1,'bids':[['1','-1']],'asks':[]}");
    }

    @Test
    void aRecordedLineWithoutItsTimeIsNamed() {
        assertThat(decoder.line(bytes("172316125508817636x {}"), 0, 22)).isFalse();
        assertThat(decoder.line(bytes("1723161255088176367"), 0, 19)).isFalse();
        assertThat(said.faults().of(Fault.BAD_TIME)).isEqualTo(1);
        assertThat(said.faults().of(Fault.TRUNCATED)).isEqualTo(1);
    }

    private static String trade(String symbol, String time, String id, String price, String quantity, String maker) {
        return "{'e':'trade','E':1,'T':" + time + ",'s':'" + symbol + "','t':" + id + ",'p':" + price + ",'q':"
                + quantity + ",'m':" + maker + "}";
    }

    private void wrong(Fault fault, String message) {
        int before = said.events().size();
        long counted = said.faults().of(fault);

        say(message);

        assertThat(said.events()).as(message).hasSize(before + 1);
        assertThat(said.faults().of(fault))
                .as(message + " " + said.events().getLast())
                .isEqualTo(counted + 1);
    }

    private void say(String message) {
        byte[] bytes = bytes(message);
        decoder.message(HEARD, bytes, 0, bytes.length);
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }
}
