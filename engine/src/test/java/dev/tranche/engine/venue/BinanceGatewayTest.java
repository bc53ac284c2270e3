package dev.tranche.engine.venue;

import static dev.tranche.engine.venue.Fixtures.BTCUSDT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Side;
import dev.tranche.market.feed.BookState;
import dev.tranche.market.order.TimeInForce;
import dev.tranche.runtime.clock.Ticks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BinanceGatewayTest {
    private static final String SYMBOL = "BTCUSDT";
    private static final long MID = 6_000_000;
    private static final String ORDERS = "/ws-fapi/v1";
    private static final String USER = "/ws/";

    private final Told told = new Told();
    private final Ticks ticks = Ticks.system();
    private volatile long skewMillis;

    @SuppressWarnings("NullAway.Init")
    private BinanceExchange exchange;

    @SuppressWarnings("NullAway.Init")
    private Gateway gateway;

    @BeforeEach
    void open() throws Exception {
        exchange = BinanceExchange.open(
                List.of(Fixtures.LINEAR, Fixtures.ETHER),
                () -> TimeUnit.NANOSECONDS.toMillis(ticks.epochNanos()) + skewMillis,
                new Random(7));
        exchange.account("desk", Fixtures.credentials());
        exchange.others(SYMBOL, Side.BUY, MID - 100, 1000);
        exchange.others(SYMBOL, Side.SELL, MID + 100, 1000);
    }

    @AfterEach
    void close() throws Exception {
        gateway.close();
        exchange.close();
    }

    private BinanceSettings settings() {
        return BinanceSettings.at(exchange.api(), exchange.stream(), exchange.rest())
                .timed(Fixtures.link(Duration.ofSeconds(3)), Duration.ofSeconds(2));
    }

    private void start(Credentials credentials) {
        gateway = BinanceGateway.of(settings(), Optional.of(credentials), Fixtures.ALL, told.box, ticks, new Random(1));
        gateway.start();
    }

    private void connect() throws InterruptedException {
        start(Fixtures.credentials());
        connected(1);
    }

    private void connected(int times) throws InterruptedException {
        assertThat(told.until(() -> told.connections >= times
                        && told.connected
                        && gateway.link().ready()))
                .as(() -> gateway.link() + " " + told.notices)
                .isTrue();
    }

    private void place(long id, Side side, long ticksOfPrice, long lots, TimeInForce force) {
        told.sending(id, ticks.epochNanos());
        gateway.place(id, BTCUSDT, side, ticksOfPrice, lots, force, false);
    }

    private void truth() throws InterruptedException {
        int before = told.truths;
        gateway.reconcile(gateway.venue(), 0);
        assertThat(told.until(() -> told.truths > before))
                .as(() -> told.notices.toString())
                .isTrue();
    }

    private void agree() {
        assertThat(told.live.keySet())
                .containsExactlyInAnyOrderElementsOf(exchange.open("desk").stream()
                        .map(order -> Numbers.order("t", order.label))
                        .toList());
        assertThat(told.fills).hasSize(exchange.fills("desk").size());
        assertThat(told.filled(BTCUSDT)).isEqualTo(exchange.position("desk", SYMBOL));
        assertThat(told.positions.getOrDefault(BTCUSDT, 0L)).isEqualTo(exchange.position("desk", SYMBOL));
    }

    @Test
    void nothingIsSentBeforeTheVenueHasConfirmedThatItCountsDown() throws Exception {
        exchange.refuseArming(true);
        start(Fixtures.credentials());
        assertThat(told.until(() -> told.notices.toString().contains("does not confirm that it counts down")))
                .isTrue();
        place(1, Side.BUY, MID, 10, TimeInForce.POST_ONLY);
        assertThat(told.said("rejected 1 OTHER")).isTrue();
        assertThat(told.connections).isZero();

        exchange.refuseArming(false);
        connected(1);
        assertThat(gateway.armed().verified()).isTrue();
        assertThat(exchange.heard()).doesNotContain("order.place");
    }

    @Test
    void anAccountThatHoldsLongAndShortApartIsNotTradedOn() throws Exception {
        exchange.hedge(true);
        start(Fixtures.credentials());
        assertThat(told.until(() -> told.notices.toString().contains("hedge mode")))
                .isTrue();
        assertThat(told.connections).isZero();
    }

    @Test
    void anOrderIsPlacedChangedAndTakenBackByItsClientId() throws Exception {
        connect();
        place(41, Side.BUY, MID - 10, 30, TimeInForce.POST_ONLY);
        assertThat(told.said("accepted 41")).isTrue();
        Matcher.Order order = exchange.open("desk").getFirst();
        assertThat(order.label + " " + order.lots + " @ " + order.ticks + " " + order.postOnly)
                .isEqualTo("t41 30 @ 5999990 true");

        gateway.amend(41, BTCUSDT, MID - 20, 50);
        assertThat(told.said("amended 41 50 @ 5999980")).isTrue();
        gateway.cancel(41, BTCUSDT);
        assertThat(told.said("cancelled 41 filled 0")).isTrue();
        gateway.cancel(41, BTCUSDT);
        assertThat(told.said("cancel refused 41 NOT_OPEN")).isTrue();
        agree();
    }

    @Test
    void eachRefusalOfTheVenueHasItsReason() throws Exception {
        connect();
        place(1, Side.BUY, MID + 100, 10, TimeInForce.POST_ONLY);
        assertThat(told.said("rejected 1 WOULD_TAKE")).isTrue();
        place(2, Side.BUY, MID - 3, 10, TimeInForce.POST_ONLY);
        assertThat(told.said("rejected 2 BAD_ORDER")).isTrue();
        gateway.place(3, BTCUSDT, Side.BUY, MID, 10, TimeInForce.POST_ONLY, true);
        assertThat(told.said("rejected 3 NOT_REDUCING")).isTrue();
        place(4, Side.BUY, MID, 10, TimeInForce.POST_ONLY);
        assertThat(told.said("accepted 4")).isTrue();
        gateway.amend(4, BTCUSDT, MID, 10);
        assertThat(told.said("amend refused 4 OTHER")).isTrue();
        exchange.limit(1);
        place(5, Side.BUY, MID, 10, TimeInForce.POST_ONLY);
        assertThat(told.said("rejected 5 RATE_LIMIT")).isTrue();
        place(6, Side.BUY, MID, 10, TimeInForce.POST_ONLY);
        gateway.cancel(4, BTCUSDT);
        assertThat(told.said("cancelled 4 filled 0")).isTrue();
        assertThat(told.words).contains("rejected 6 RATE_LIMIT");
    }

    @Test
    void fillsAreToldWithTheirFeesAndALiquidationIsNotOurs() throws Exception {
        connect();
        place(1, Side.BUY, MID, 40, TimeInForce.POST_ONLY);
        assertThat(told.said("accepted 1")).isTrue();
        exchange.take(SYMBOL, Side.SELL, MID, 10);
        assertThat(told.said("filled 1 BUY 10 @ 6000000 fee 12000000 maker")).isTrue();
        exchange.take(SYMBOL, Side.SELL, MID, 30);
        assertThat(told.until(() -> told.filled(BTCUSDT) == 40)).isTrue();
        place(2, Side.SELL, MID - 100, 20, TimeInForce.IMMEDIATE_OR_CANCEL);
        assertThat(told.said("filled 2 SELL 20 @ 5999900 fee 59999000 taker")).isTrue();
        exchange.liquidate("desk", SYMBOL, Side.SELL, MID - 100, 10);
        assertThat(told.until(() -> told.words.stream().anyMatch(word -> word.startsWith("filled 0 SELL 10"))))
                .isTrue();
        truth();

        assertThat(told.repeated).isPositive();
        agree();
    }

    @Test
    void aLostAcknowledgementAndATimeoutOfTheVenueLeaveTheOrderLive() throws Exception {
        connect();
        exchange.mischief().loseNext(text -> text.contains("\"result\""));
        exchange.mischief().loseNext(text -> text.contains("\"x\":\"NEW\""));
        place(9, Side.BUY, MID, 10, TimeInForce.POST_ONLY);
        assertThat(told.until(() -> exchange.mischief().lostAll())).isTrue();
        exchange.fail(1);
        exchange.mischief().loseNext(text -> text.contains("\"x\":\"NEW\""));
        place(10, Side.BUY, MID - 10, 10, TimeInForce.POST_ONLY);
        assertThat(told.until(() -> told.notices.toString().contains("what became of order 10 is not known: -1007")))
                .isTrue();

        truth();

        assertThat(told.words)
                .contains("open 9 BUY 10 @ 6000000 filled 0", "open 10 BUY 10 @ 5999990 filled 0")
                .noneMatch(word -> word.startsWith("rejected"));
        agree();
    }

    @Test
    void fillsWhileWeWereAwayComeOnceAndUnderTheirOrder() throws Exception {
        connect();
        exchange.mischief().loseNext(text -> text.contains("\"result\""));
        exchange.mischief().loseNext(text -> text.contains("\"x\":\"NEW\""));
        place(7, Side.BUY, MID, 100, TimeInForce.POST_ONLY);
        assertThat(told.until(() ->
                        exchange.open("desk").size() == 1 && exchange.mischief().lostAll()))
                .isTrue();
        exchange.channels(USER).forEach(Loopback.Channel::cut);
        assertThat(told.said("disconnected")).isTrue();
        exchange.take(SYMBOL, Side.SELL, MID, 30);
        connected(2);
        exchange.take(SYMBOL, Side.SELL, MID, 20);
        truth();

        assertThat(told.words)
                .contains("open 7 BUY 100 @ 6000000 filled 50")
                .anyMatch(word -> word.startsWith("filled 7 BUY 30 @ 6000000"));
        agree();
    }

    @Test
    void theVenueCancelsWhatWeLeaveBehind() throws Exception {
        connect();
        place(1, Side.BUY, MID, 10, TimeInForce.POST_ONLY);
        assertThat(told.said("accepted 1")).isTrue();
        exchange.tick();
        assertThat(exchange.open("desk")).hasSize(1);
        gateway.close();

        skewMillis = Duration.ofSeconds(3).toMillis();
        exchange.tick();

        assertThat(exchange.open("desk")).isEmpty();
    }

    @Test
    void whileWeAreThereTheCountdownIsSaidAgain() throws Exception {
        connect();
        long before = arms();
        assertThat(told.until(() -> arms() > before + 1)).isTrue();
        exchange.failRest(1);
        assertThat(told.until(() -> told.notices.toString().contains("counting down is tried again")))
                .isTrue();
        assertThat(told.connections).isEqualTo(1);
        assertThat(gateway.armed().verified()).isTrue();
    }

    private long arms() {
        return exchange.heard().stream()
                .filter("POST /fapi/v1/countdownCancelAll"::equals)
                .count();
    }

    @Test
    void lostAndUnreadableConnectionsAreMadeAgain() throws Exception {
        connect();
        place(1, Side.BUY, MID, 10, TimeInForce.POST_ONLY);
        assertThat(told.said("accepted 1")).isTrue();
        exchange.channels(ORDERS).forEach(Loopback.Channel::cut);
        assertThat(told.said("disconnected")).isTrue();
        connected(2);
        exchange.channels(USER).forEach(channel -> channel.garbage(0x81, "{\"e\":".getBytes(StandardCharsets.UTF_8)));
        assertThat(told.until(() -> told.connections == 3)).isTrue();
        exchange.expireListenKey();
        assertThat(told.until(() -> told.connections == 4)).isTrue();
        connected(4);
        truth();
        assertThat(told.live).containsKey(1L);
        agree();
    }

    @Test
    void aGapInTheBookIsFollowedByAWholeBook() throws Exception {
        FollowedContract book = FollowedContract.binance(Fixtures.LINEAR);
        connect();
        exchange.others(SYMBOL, Side.BUY, MID - 200, 70);
        assertThat(told.until(() -> book.follow(told, BTCUSDT) == BookState.VALID && book.bids() == 2))
                .isTrue();

        exchange.mischief().loseNext(text -> text.contains("depthUpdate"));
        exchange.others(SYMBOL, Side.BUY, MID - 210, 70);
        exchange.others(SYMBOL, Side.BUY, MID - 220, 70);
        exchange.others(SYMBOL, Side.BUY, MID - 230, 70);
        assertThat(told.until(() -> book.follow(told, BTCUSDT) == BookState.SEQUENCE_BREAK))
                .isTrue();

        gateway.snapshot(BTCUSDT);

        assertThat(told.until(() -> book.follow(told, BTCUSDT) == BookState.VALID && book.bids() == 5))
                .isTrue();
        assertThat(book.says())
                .isEqualTo(
                        FollowedContract.words(exchange.levels(SYMBOL, Side.BUY), exchange.levels(SYMBOL, Side.SELL)));
    }

    @Test
    void theVenuesClockCountsForSignaturesAndWrongKeysAreToldWithoutTheirSecret() throws Exception {
        skewMillis = -Duration.ofMinutes(7).toMillis();
        connect();
        place(1, Side.BUY, MID, 10, TimeInForce.POST_ONLY);
        assertThat(told.said("accepted 1")).isTrue();
        skewMillis = Duration.ofMinutes(7).toMillis();
        place(2, Side.BUY, MID - 10, 10, TimeInForce.POST_ONLY);
        assertThat(told.said("rejected 2 OTHER")).isTrue();
        assertThat(told.until(() -> {
                    place(3, Side.BUY, MID - 10, 10, TimeInForce.POST_ONLY);
                    return told.words.contains("accepted 3");
                }))
                .isTrue();
        gateway.close();

        start(Credentials.of("the-key-of-the-desk", "another-secret"));

        assertThat(told.until(() -> told.notices.toString().contains("-1022"))).isTrue();
        assertThat(told.notices.toString() + gateway.link() + gateway.armed())
                .doesNotContain("secret-that")
                .doesNotContain("another-secret")
                .doesNotContain("the-key-of-the-desk")
                .doesNotContain("listenkeyofthedesk");
    }

    @Test
    void fundingThatDoesNotFitOnOnePageIsRead() throws Exception {
        long millis = TimeUnit.NANOSECONDS.toMillis(ticks.epochNanos());
        for (int i = 0; i < 2100; i++) {
            exchange.keep("ETHUSDT", "-0.00001000", 100 + i, millis - 2100 + i / 3);
        }
        connect();
        truth();
        assertThat(told.words.stream().filter(word -> word.equals("funding 2 1000")))
                .hasSize(2100);
    }

    @Test
    void fundingIsToldOnceAndEverythingCanBeTakenBack() throws Exception {
        connect();
        exchange.fund("ETHUSDT", "-0.50000001", 17);
        assertThat(told.said("funding 2 50000001")).isTrue();
        truth();
        assertThat(told.words).containsOnlyOnce("funding 2 50000001");

        place(1, Side.BUY, MID, 10, TimeInForce.POST_ONLY);
        assertThat(told.said("accepted 1")).isTrue();
        gateway.cancelAll(BTCUSDT);
        assertThat(told.said("cancelled 1 filled 0")).isTrue();
    }
}
