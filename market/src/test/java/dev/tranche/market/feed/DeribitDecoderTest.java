package dev.tranche.market.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tranche.market.Instrument;
import dev.tranche.market.Listening;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeribitDecoderTest {
    static final Instrument PERPETUAL = new Instrument("BTC-PERPETUAL", 1, 0);
    private static final Instrument OPTION = new Instrument("BTC-26DEC25-100000-C", 4, 1);
    private static final long HEARD = 1554375447971000000L;

    private final Said said = new Said();
    private final List<String> marks = new ArrayList<>();
    private final DeribitDecoder decoder = DeribitDecoder.of(PERPETUAL, said, marksTo(marks));

    static MarkSink marksTo(List<String> told) {
        return new MarkSink() {
            @Override
            public void mark(long eventMillis, long receivedNanos, double mark, double index, double funding) {
                told.add("mark at " + eventMillis + ": " + mark + " index " + index + " funding " + funding);
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
                told.add("option at " + eventMillis + ": " + volatility + " on " + underlying + " delta " + delta
                        + " gamma " + gamma + " vega " + vega + " theta " + theta + " rho " + rho);
            }
        };
    }

    @Test
    void aSnapshotIsAWholeBook() {
        say(book(
                "'type':'snapshot',",
                "'change_id':297217,",
                "[['new',5042.3,30],['new',5041,20]]",
                "[['new',5042.8,1e1]]"));

        assertThat(said.events())
                .containsExactly("snapshot at 1554373962454 heard " + HEARD
                        + " id 297217: BUY 30 @ 50423 BUY 20 @ 50410 SELL 10 @ 50428");
    }

    @Test
    void aChangeSaysWhichItFollowsAndADeletedLevelHasNothing() {
        say(book(
                "'type':'change',",
                "'prev_change_id':297217,'change_id':297218,",
                "[['delete',5041.94,0],['change',5042.3,10]]".replace("5041.94", "5041.9"),
                "[]"));

        assertThat(said.events())
                .containsExactly("depth at 1554373962454 heard " + HEARD
                        + " ids 297218..297218 after 297217: BUY 0 @ 50419 BUY 10 @ 50423");
    }

    @Test
    void tradesAreKnownByTheirNumberInTheInstrumentAndSaidInItsOrder() {
        String newer = trade("30289443", "8950.5", "20.0", "buy");
        String older = trade("30289442", "8950.0", "10.0", "sell");

        say(notification("trades.BTC-PERPETUAL.raw", "[" + newer + "," + older + "]"));
        say(notification("trades.BTC-PERPETUAL.100ms", "[" + older + "]"));

        String first = "trade at 1590484512188 heard " + HEARD + " id 30289442: 10 @ 89500 SELL";
        assertThat(said.events())
                .containsExactly(
                        first, "trade at 1590484512188 heard " + HEARD + " id 30289443: 20 @ 89505 BUY", first);
    }

    @Test
    void theTickerOfAPerpetualTellsItsMark() {
        say(
                notification(
                        "ticker.BTC-PERPETUAL.100ms",
                        "{'timestamp':1623060194301,'stats':{'volume':1,'high':null},'mark_price':36931.46,'index_price':36948.61,"
                                + "'instrument_name':'BTC-PERPETUAL','funding_8h':1e-5,'current_funding':-0.00012,'best_bid_price':null}"));

        assertThat(marks).containsExactly("mark at 1623060194301: 36931.46 index 36948.61 funding -1.2E-4");
        assertThat(said.events()).isEmpty();
    }

    @Test
    void theTickerOfAnOptionTellsWhatItsMarkStandsOn() {
        byte[] bytes = bytes(
                notification(
                        "ticker.BTC-26DEC25-100000-C.raw",
                        "{'underlying_price':97000.25,'underlying_index':'BTC-26DEC25','timestamp':1623060194301,'mark_price':0.0221,"
                                + "'mark_iv':62.89,'instrument_name':'BTC-26DEC25-100000-C','index_price':96900.5,"
                                + "'greeks':{'vega':2.24964,'theta':-53.0566,'rho':-0.22796,'gamma':1.03e-3,'delta':-0.61752}}"));

        assertThat(DeribitDecoder.of(OPTION, said, marksTo(marks)).message(HEARD, bytes, 0, bytes.length))
                .isTrue();

        assertThat(marks)
                .containsExactly(
                        "mark at 1623060194301: 0.0221 index 96900.5 funding NaN",
                        "option at 1623060194301: 0.6289 on 97000.25 delta -0.61752 gamma 0.00103 vega 2.24964"
                                + " theta -53.0566 rho -0.22796");
    }

    @Test
    void answersAndOtherChannelsAreNeitherUsedNorAFault() {
        say(
                "{'jsonrpc':'2.0','id':7,'result':['book.BTC-PERPETUAL.raw'],'usIn':1,'usOut':2,'usDiff':1,'testnet':false}");
        say("{'jsonrpc':'2.0','method':'heartbeat','params':{'type':'test_request'}}");
        say(notification("user.orders.BTC-PERPETUAL.raw", "{'label':'t1'}"));
        say(notification("trades.BTC-PERPETUAL.raw", "[]"));

        assertThat(said.events()).isEmpty();
        assertThat(decoder.ignored()).isEqualTo(4);
    }

    @Test
    void eachThingWrongHasItsName() {
        String snapshot = "'type':'snapshot',";
        wrong(Fault.WRONG_SYMBOL, book(snapshot, "'change_id':1,", "[]", "[]").replace("C-PERPETUAL'", "C-OTHER'"));
        wrong(Fault.BAD_TIME, book(snapshot, "'change_id':1,", "[]", "[]").replace("1554373962454", "'now'"));
        wrong(Fault.BAD_PRICE, book(snapshot, "'change_id':1,", "[['new',0,1]]", "[]"));
        wrong(Fault.BAD_PRICE, book(snapshot, "'change_id':1,", "[]", "[['new',1.25,1]]"));
        wrong(Fault.BAD_QUANTITY, book(snapshot, "'change_id':1,", "[['new',1,0]]", "[]"));
        wrong(Fault.BAD_QUANTITY, book(snapshot, "'change_id':1,", "[['delete',1,5]]", "[]"));
        wrong(Fault.BAD_SIDE, book(snapshot, "'change_id':1,", "[['moved',1,5]]", "[]"));
        wrong(Fault.BAD_ID, book(snapshot, "'change_id':-1,", "[]", "[]"));
        wrong(Fault.BAD_ID, book("'type':'change',", "'change_id':5,'prev_change_id':5,", "[]", "[]"));
        wrong(Fault.MISSING_FIELD, book("'type':'change',", "'change_id':5,", "[]", "[]"));
        wrong(Fault.MISSING_FIELD, book("", "'change_id':5,", "[]", "[]"));
        wrong(Fault.MISSING_FIELD, notification("ticker.BTC-PERPETUAL.raw", "{'instrument_name':'BTC-PERPETUAL'}"));
        wrong(Fault.MISSING_FIELD, notification("trades.BTC-PERPETUAL.raw", "{}"));
        String trade = trade("1", "1", "1", "buy");
        wrong(Fault.BAD_SIDE, trades(trade.replace("'buy'", "'both'")));
        wrong(Fault.BAD_PRICE, trades(trade.replace("'price':1", "'price':-1")));
        wrong(Fault.BAD_QUANTITY, trades(trade.replace("'amount':1", "'amount':0.5")));
        wrong(Fault.BAD_ID, trades(trade.replace("'trade_seq':1", "'trade_seq':-1")));
        wrong(Fault.BAD_TIME, trades(trade.replace("1590484512188", "1")));
        wrong(Fault.MISSING_FIELD, trades(trade.replace("'direction'", "'way'")));
        wrong(Fault.WRONG_SYMBOL, trades(trade.replace("C-PERPETUAL'", "C-OTHER'")));
        wrong(Fault.MALFORMED, "{'jsonrpc':'2.0',,}");
        wrong(Fault.MALFORMED, book(snapshot, "'change_id':1,", "[[1,2]}", "[]"));
        wrong(Fault.TRUNCATED, "{'jsonrpc':'2.0','method':'subscri");
        wrong(Fault.TRUNCATED, "");
    }

    @Test
    void oneBadTradeSpoilsItsMessage() {
        String trade = trade("1", "1", "1", "buy");

        wrong(Fault.BAD_PRICE, trades(trade + "," + trade.replace("'price':1", "'price':0")));
    }

    @Test
    void theBookOfAVenueIsFollowedFromItsSnapshotOn() {
        OrderBook book = OrderBook.of(100);
        FollowedBook sink = new FollowedBook(book);
        DeribitDecoder follows = DeribitDecoder.of(PERPETUAL, sink, MarkSink.NONE);
        List<String> messages = List.of(
                book("'type':'snapshot',", "'change_id':10,", "[['new',100,5]]", "[['new',101,7]]"),
                book("'type':'change',", "'prev_change_id':10,'change_id':14,", "[['new',100.5,3]]", "[]"),
                book("'type':'change',", "'prev_change_id':15,'change_id':16,", "[]", "[['delete',101,0]]"));
        List<BookState> states = new ArrayList<>();
        for (String message : messages) {
            byte[] bytes = bytes(message);
            follows.message(HEARD, bytes, 0, bytes.length);
            states.add(book.state());
        }

        assertThat(states).containsExactly(BookState.VALID, BookState.VALID, BookState.SEQUENCE_BREAK);
        assertThat(book.bidTicks(0)).isEqualTo(1005);
    }

    @Test
    void aStreamOfMessagesAllocatesNothing() {
        List<byte[]> messages = new ArrayList<>();
        messages.add(bytes(book("'type':'change',", "'prev_change_id':1,'change_id':2,", "[['new',5042.3,30]]", "[]")));
        messages.add(bytes(trades(trade("1", "1", "1", "buy"))));
        messages.add(
                bytes(
                        notification(
                                "ticker.BTC-PERPETUAL.raw",
                                "{'timestamp':1623060194301,'mark_price':36931.46,'instrument_name':'BTC-PERPETUAL','current_funding':0.0}")));
        DeribitDecoder quiet = DeribitDecoder.of(PERPETUAL, new Listening() {}, MarkSink.NONE);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[][] wire = messages.toArray(byte[][]::new);
        repeated(quiet, wire, 10_000);
        long before = threads.getCurrentThreadAllocatedBytes();

        repeated(quiet, wire, 10_000);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1024);
    }

    private static void repeated(DeribitDecoder decoder, byte[][] wire, int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < wire.length; i++) {
                decoder.message(HEARD, wire[i], 0, wire[i].length);
            }
        }
    }

    static String book(String type, String ids, String bids, String asks) {
        return notification(
                "book.BTC-PERPETUAL.raw",
                "{" + type + "'timestamp':1554373962454,'instrument_name':'BTC-PERPETUAL'," + ids + "'bids':" + bids
                        + ",'asks':" + asks + "}");
    }

    static String notification(String channel, String contents) {
        return "{'jsonrpc':'2.0','method':'subscription','params':{'channel':'" + channel + "','data':" + contents
                + "}}";
    }

    static String trades(String each) {
        return notification("trades.BTC-PERPETUAL.raw", "[" + each + "]");
    }

    static String trade(String sequence, String price, String amount, String direction) {
        return "{'trade_seq':" + sequence
                + ",'trade_id':'48079269','timestamp':1590484512188,'tick_direction':2,'price':" + price
                + ",'mark_price':8948.9,'instrument_name':'BTC-PERPETUAL','index_price':8955.88,'direction':'"
                + direction
                + "','amount':" + amount + "}";
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

    static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }
}
