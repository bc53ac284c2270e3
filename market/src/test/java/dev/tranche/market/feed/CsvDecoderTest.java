package dev.tranche.market.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tranche.market.Instrument;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CsvDecoderTest {
    private static final Instrument TRX = new Instrument("TRXUSDT", 5, 0);
    private static final String TRADES = "TimestampOfReceive,Stream,EventType,EventTime,TransactionTime,Symbol,TradeId,"
            + "Price,Quantity,IsBuyerMarketMaker,XUnknownParameter";
    private static final String DEPTH = "TimestampOfReceive,Stream,EventType,EventTime,TransactionTime,Symbol,"
            + "FirstUpdateId,FinalUpdateId,FinalUpdateIdInLastStream,IsAsk,Price,Quantity";
    private static final String SIGNED = "event_ts_ms,recv_ts_ms,price,qty,signed_qty,recorded_cvd";

    private final Said said = new Said();

    @Test
    void aRowOfATradeIsSaidWithItsReceiveTimeAndItsTaker() {
        read(
                TRADES,
                "1741046404352,t@trade,trade,1741046404349,1741046404348,TRXUSDT,548321769,0.23103,243.0,0,MARKET\r");

        assertThat(said.events())
                .containsExactly("trade at 1741046404348 heard 1741046404352000000 id 548321769: 243 @ 23103 BUY");
    }

    @Test
    void aReceiveTimeInSecondsIsReadToTheNanosecond() {
        read("timestamp,event_time_ms,price,qty,is_buy", "1760760973.0482285,1760760970913,0.5,3,false");

        assertThat(said.events())
                .containsExactly("trade at 1760760970913 heard 1760760973048228500 id -1: 3 @ 50000 SELL");
    }

    @Test
    void anEmptyTradeContinuesTheIds() {
        read(TRADES, "1741047334450,t@trade,trade,1741047334448,1741047334448,TRXUSDT,548331095,0.0,0.0,0,");

        assertThat(said.events()).containsExactly("no trade at 1741047334448 heard 1741047334450000000 id 548331095");
    }

    @Test
    void withoutAFlagTheTakerIsUnknown() {
        read("id,price,qty,quoteQty,time", "7,0.5,3,1.5,1760760970913");

        assertThat(said.events()).containsExactly("trade at 1760760970913 heard -1 id 7: 3 @ 50000 null");
    }

    @Test
    void rowsOfTheSameIdsAreOneChangeSaidWhenTheNextBegins() {
        CsvDecoder decoder = CsvDecoder.of(TRX, DEPTH, said);
        row(decoder, "1741046400085,d,depthUpdate,1741046400083,1741046400049,TRXUSDT,10,12,9,0,0.23098,17739.0");
        row(decoder, "1741046400085,d,depthUpdate,1741046400083,1741046400049,TRXUSDT,10,12,9,1,0.23104,0.0");
        assertThat(said.events()).isEmpty();
        row(decoder, "1741046400185,d,depthUpdate,1741046400183,1741046400149,TRXUSDT,13,14,12,1,0.23104,5");
        decoder.end();
        decoder.end();

        assertThat(said.events())
                .containsExactly(
                        "depth at 1741046400049 heard 1741046400085000000 ids 10..12 after 9: "
                                + "BUY 17739 @ 23098 SELL 0 @ 23104",
                        "depth at 1741046400149 heard 1741046400185000000 ids 13..14 after 12: SELL 5 @ 23104");
    }

    @Test
    void aBadLevelSpoilsItsChangeAndNoOther() {
        CsvDecoder decoder = CsvDecoder.of(TRX, DEPTH, said);
        row(decoder, "1741046400085,d,e,1741046400083,1741046400049,TRXUSDT,10,12,9,0,0.23098,1");
        row(decoder, "1741046400085,d,e,1741046400083,1741046400049,TRXUSDT,10,12,9,2,0.23104,1");
        row(decoder, "1741046400185,d,e,1741046400183,1741046400149,TRXUSDT,13,14,12,1,0.23104,5");
        decoder.end();

        assertThat(said.faults().seen()).isEqualTo(Map.of(Fault.BAD_SIDE, 1L));
        assertThat(said.events()).hasSize(2).last().asString().startsWith("depth at 1741046400149");
    }

    @Test
    void aRowWhoseIdsAreNotKnownSpoilsTheChangeBeforeAndTheOneAfter() {
        CsvDecoder decoder = CsvDecoder.of(TRX, DEPTH, said);
        row(decoder, "1741046400085,d,e,1741046400083,1741046400049,TRXUSDT,10,12,9,0,0.23098,1");
        row(decoder, "1741046400085,d,e,1741046400083,noon,TRXUSDT,13,14,12,0,0.23104,1");
        row(decoder, "1741046400185,d,e,1741046400183,1741046400149,TRXUSDT,13,14,12,1,0.23104,5");
        row(decoder, "1741046400285,d,e,1741046400283,1741046400249,TRXUSDT,15,15,14,1,0.23104,6");
        decoder.end();

        assertThat(said.faults().seen()).isEqualTo(Map.of(Fault.BAD_TIME, 1L));
        assertThat(said.events()).hasSize(2).last().asString().startsWith("depth at 1741046400249");
    }

    @Test
    void eachThingWrongInARowHasItsName() {
        wrong(Fault.BAD_PRICE, TRADES, "1741046404352,t,t,1,1741046404348,TRXUSDT,1,-1,243.0,0,M");
        wrong(Fault.BAD_PRICE, TRADES, "1741046404352,t,t,1,1741046404348,TRXUSDT,1,0.123456,243.0,0,M");
        wrong(Fault.BAD_QUANTITY, TRADES, "1741046404352,t,t,1,1741046404348,TRXUSDT,1,0.2,0,0,M");
        wrong(Fault.BAD_SIDE, TRADES, "1741046404352,t,t,1,1741046404348,TRXUSDT,1,0.2,1,2,M");
        wrong(Fault.BAD_ID, TRADES, "1741046404352,t,t,1,1741046404348,TRXUSDT,x,0.2,1,0,M");
        wrong(Fault.BAD_TIME, TRADES, "1741046404352,t,t,1,noon,TRXUSDT,1,0.2,1,0,M");
        wrong(Fault.BAD_TIME, TRADES, "soon,t,t,1,1741046404348,TRXUSDT,1,0.2,1,0,M");
        wrong(Fault.WRONG_SYMBOL, TRADES, "1741046404352,t,t,1,1741046404348,BTCUSDT,1,0.2,1,0,M");
        wrong(Fault.MISSING_FIELD, TRADES, "1741046404352,t,t,1,1741046404348,TRXUSDT,1,0.2,1");
        wrong(Fault.MALFORMED, TRADES, "1741046404352,t,t,1,1741046404348,TRXUSDT,1,0.2,1,0,M,more");
        wrong(Fault.SIGN_MISMATCH, SIGNED, "1741046404352,1741046404352,0.2,5,-4,1");
    }

    @Test
    void aRunningTotalThatItsQuantitiesDoNotMakeIsNamedAndTheTradeUsed() {
        CsvDecoder decoder = CsvDecoder.of(TRX, SIGNED, said);
        row(decoder, "1741046404352,1741046404352,0.2,5,5,105.0000000001");
        row(decoder, "1741046404353,1741046404353,0.2,2,-2,102.9999999999");
        row(decoder, "1741046404354,1741046404354,0.2,4,4,4");
        row(decoder, "1741046404355,1741046404355,0.2,1,1,5");

        assertThat(said.faults().seen()).isEqualTo(Map.of(Fault.TOTAL_BREAK, 1L));
        assertThat(said.events()).hasSize(5);
    }

    @Test
    void aHeaderWithoutAPriceIsRefusedByWhatItLacks() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsvDecoder.of(TRX, "time,qty", said))
                .withMessageContaining("a price");
    }

    private void wrong(Fault fault, String header, String row) {
        long before = said.faults().of(fault);
        int events = said.events().size();
        assertThat(row(CsvDecoder.of(TRX, header, said), row)).as(row).isFalse();
        assertThat(said.faults().of(fault)).as(row + said.events()).isEqualTo(before + 1);
        assertThat(said.events()).hasSize(events + 1);
    }

    private void read(String header, String row) {
        assertThat(row(CsvDecoder.of(TRX, header, said), row)).isTrue();
    }

    private static boolean row(CsvDecoder decoder, String row) {
        byte[] bytes = row.getBytes(US_ASCII);
        return decoder.row(bytes, 0, bytes.length);
    }
}
