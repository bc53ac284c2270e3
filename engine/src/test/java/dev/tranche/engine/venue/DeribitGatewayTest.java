package dev.tranche.engine.venue;

import static dev.tranche.engine.venue.Fixtures.BTC_PERPETUAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.market.Side;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.feed.BookState;
import dev.tranche.market.order.TimeInForce;
import dev.tranche.runtime.clock.Ticks;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeribitGatewayTest {
    private static final String SYMBOL = "BTC-PERPETUAL";
    private static final long MID = 600_000;

    private final Told told = new Told();
    private final Ticks ticks = Ticks.system();
    private volatile long skewMillis;

    @SuppressWarnings("NullAway.Init")
    private DeribitExchange exchange;

    @SuppressWarnings("NullAway.Init")
    private Gateway gateway;

    @BeforeEach
    void open() throws Exception {
        exchange = DeribitExchange.open(
                List.of(Fixtures.PERPETUAL, Fixtures.OPTION),
                () -> TimeUnit.NANOSECONDS.toMillis(ticks.epochNanos()) + skewMillis,
                new Random(7));
        exchange.account("desk", Fixtures.credentials());
        exchange.others(SYMBOL, Side.BUY, MID - 50, 1000);
        exchange.others(SYMBOL, Side.SELL, MID + 50, 1000);
    }

    @AfterEach
    void close() throws Exception {
        gateway.close();
        exchange.close();
    }

    private DeribitSettings settings() {
        return DeribitSettings.at(exchange.socket()).timed(Fixtures.link(Duration.ofSeconds(3)));
    }

    private void connect(DeribitSettings settings) throws InterruptedException {
        start(settings, Fixtures.credentials());
        assertThat(told.until(() -> told.connected && gateway.link().ready()))
                .as(() -> gateway.link().toString())
                .isTrue();
    }

    private void start(DeribitSettings settings, Credentials credentials) {
        gateway = DeribitGateway.of(settings, Optional.of(credentials), Fixtures.ALL, told.box, ticks, new Random(1));
        gateway.start();
    }

    private void connect() throws InterruptedException {
        connect(settings());
    }

    private void place(long id, Side side, long ticksOfPrice, long lots, TimeInForce force) {
        told.sending(id, ticks.epochNanos());
        gateway.place(id, BTC_PERPETUAL, side, ticksOfPrice, lots, force, false);
    }

    private void truth() throws InterruptedException {
        int before = told.truths;
        gateway.reconcile(gateway.venue(), 0);
        assertThat(told.until(() -> told.truths > before)).isTrue();
    }

    private void agree() {
        assertThat(told.live.keySet())
                .containsExactlyInAnyOrderElementsOf(exchange.open("desk").stream()
                        .map(order -> Numbers.order("t", order.label))
                        .toList());
        assertThat(told.fills).hasSize(exchange.fills("desk").size());
        assertThat(told.filled(BTC_PERPETUAL)).isEqualTo(exchange.position("desk", SYMBOL));
        assertThat(told.positions.getOrDefault(BTC_PERPETUAL, 0L)).isEqualTo(exchange.position("desk", SYMBOL));
    }

    @Test
    void nothingIsSentBeforeTheVenueHasConfirmedThatItCancelsOnADisconnect() throws Exception {
        exchange.refuseArming(true);
        start(settings(), Fixtures.credentials());
        place(1, Side.BUY, MID, 10, TimeInForce.POST_ONLY);
        assertThat(told.said("rejected 1 OTHER")).isTrue();

        assertThat(told.until(
                        () -> told.notices.toString().contains("does not confirm that it cancels on a disconnect")))
                .isTrue();
        place(2, Side.BUY, MID, 10, TimeInForce.POST_ONLY);
        assertThat(told.said("rejected 2 OTHER")).isTrue();
        assertThat(gateway.armed().verified()).isFalse();
        assertThat(told.connections).isZero();

        exchange.refuseArming(false);
        assertThat(told.until(() -> told.connected && gateway.armed().verified()))
                .isTrue();
        assertThat(exchange.heard()).doesNotContain("private/buy");
    }

    @Test
    void aContractThatTheVenueListsOtherwiseIsNotTraded() throws Exception {
        Contract coarser = new Contract(
                Fixtures.PERPETUAL.instrument(),
                "deribit",
                Fixtures.PERPETUAL.terms(),
                25,
                10,
                10,
                Fixtures.PERPETUAL.fees());
        exchange.relist(coarser);
        start(settings(), Fixtures.credentials());

        assertThat(told.until(() -> told.notices.toString().contains("BTC-PERPETUAL is listed as")))
                .isTrue();
        assertThat(told.connections).isZero();
    }

    @Test
    void anOrderIsPlacedChangedAndTakenBackByItsLabel() throws Exception {
        connect();
        place(41, Side.BUY, MID - 5, 30, TimeInForce.POST_ONLY);
        assertThat(told.said("accepted 41")).isTrue();
        Matcher.Order order = exchange.open("desk").getFirst();
        assertThat(order.label + " " + order.lots + " @ " + order.ticks + " " + order.postOnly)
                .isEqualTo("t41 30 @ 599995 true");

        gateway.amend(41, BTC_PERPETUAL, MID - 10, 50);
        assertThat(told.said("amended 41 50 @ 599990")).isTrue();
        assertThat(order.lots).isEqualTo(50);

        gateway.cancel(41, BTC_PERPETUAL);
        assertThat(told.said("cancelled 41 filled 0")).isTrue();
        gateway.cancel(41, BTC_PERPETUAL);
        assertThat(told.said("cancel refused 41 NOT_OPEN")).isTrue();
        agree();
    }

    @Test
    void eachRefusalOfTheVenueHasItsReason() throws Exception {
        connect();
        place(1, Side.BUY, MID + 50, 10, TimeInForce.POST_ONLY);
        assertThat(told.said("rejected 1 WOULD_TAKE")).isTrue();
        place(2, Side.BUY, MID - 3, 10, TimeInForce.POST_ONLY);
        assertThat(told.said("rejected 2 BAD_ORDER")).isTrue();
        gateway.place(3, BTC_PERPETUAL, Side.BUY, MID, 10, TimeInForce.POST_ONLY, true);
        assertThat(told.said("rejected 3 NOT_REDUCING")).isTrue();
        place(4, Side.BUY, MID, 10, TimeInForce.POST_ONLY);
        assertThat(told.said("accepted 4")).isTrue();
        gateway.amend(4, BTC_PERPETUAL, MID + 50, 10);
        assertThat(told.said("cancelled 4 filled 0")).isTrue();
        gateway.amend(4, BTC_PERPETUAL, MID, 10);
        assertThat(told.said("amend refused 4 NOT_OPEN")).isTrue();
        assertThat(exchange.heard()).containsOnlyOnce("private/edit_by_label");
        assertThatThrownBy(() -> gateway.cancel(1, Fixtures.BTCUSDT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("contract 0 is not traded at deribit");
    }

    @Test
    void whenTheVenueSaysTooManyRequestsNothingButCancelsIsSentForAWhile() throws Exception {
        connect();
        place(1, Side.BUY, MID, 10, TimeInForce.POST_ONLY);
        assertThat(told.said("accepted 1")).isTrue();
        exchange.limit(1);
        place(2, Side.BUY, MID, 10, TimeInForce.POST_ONLY);
        assertThat(told.said("rejected 2 RATE_LIMIT")).isTrue();

        place(3, Side.BUY, MID, 10, TimeInForce.POST_ONLY);
        gateway.amend(1, BTC_PERPETUAL, MID - 5, 10);
        gateway.cancel(1, BTC_PERPETUAL);

        assertThat(told.said("cancelled 1 filled 0")).isTrue();
        assertThat(told.words).contains("rejected 3 RATE_LIMIT", "amend refused 1 RATE_LIMIT");
        assertThat(exchange.heard().stream().filter("private/buy"::equals)).hasSize(2);
    }

    @Test
    void aFillIsToldWithItsPriceFeeAndLiquidityAndKnownByItsTrade() throws Exception {
        connect();
        place(1, Side.BUY, MID, 40, TimeInForce.POST_ONLY);
        assertThat(told.said("accepted 1")).isTrue();
        exchange.take(SYMBOL, Side.SELL, MID, 10);
        assertThat(told.said("filled 1 BUY 10 @ 600000 fee -2 maker")).isTrue();
        exchange.take(SYMBOL, Side.SELL, MID, 30);
        assertThat(told.said("filled 1 BUY 30 @ 600000 fee -5 maker")).isTrue();

        place(2, Side.SELL, MID - 50, 100, TimeInForce.IMMEDIATE_OR_CANCEL);
        assertThat(told.said("filled 2 SELL 100 @ 599950 fee 83 taker")).isTrue();
        truth();

        assertThat(told.repeated).as("the answer and the stream both told it").isPositive();
        assertThat(told.positions).containsExactly(java.util.Map.entry(BTC_PERPETUAL, -60L));
        assertThat(told.fills).hasSize(3);
    }

    @Test
    void anOrderWhoseAcknowledgementWasLostIsLiveAndTheTruthSaysSo() throws Exception {
        connect();
        exchange.mischief().loseNext(text -> text.contains("\"order\":{"));
        exchange.mischief().loseNext(text -> text.contains("\"user.changes") && text.contains("\"t9\""));
        place(9, Side.BUY, MID, 10, TimeInForce.POST_ONLY);
        assertThat(told.until(() -> exchange.mischief().lostAll())).isTrue();
        assertThat(told.words).doesNotContain("accepted 9");

        truth();
        assertThat(told.words).contains("open 9 BUY 10 @ 600000 filled 0");

        gateway.amend(9, BTC_PERPETUAL, MID - 5, 10);
        assertThat(told.said("amended 9 10 @ 599995")).isTrue();
        gateway.cancel(9, BTC_PERPETUAL);
        assertThat(told.said("cancelled 9 filled 0")).isTrue();
        agree();
    }

    @Test
    void anInternalErrorOfTheVenueIsNoRejection() throws Exception {
        connect();
        exchange.fail(1);
        exchange.mischief().loseNext(text -> text.contains("\"user.changes"));
        place(5, Side.SELL, MID, 20, TimeInForce.GOOD_TILL_CANCELLED);
        assertThat(told.until(() -> told.notices.toString().contains("what became of order 5 is not known: 11094")))
                .isTrue();
        assertThat(told.words).noneMatch(word -> word.startsWith("rejected"));

        truth();
        assertThat(told.words).contains("open 5 SELL 20 @ 600000 filled 0");
        agree();
    }

    @Test
    void aLostConnectionIsToldTheVenueTakesOurOrdersBackAndTheTruthAgrees() throws Exception {
        connect();
        place(1, Side.BUY, MID, 10, TimeInForce.POST_ONLY);
        assertThat(told.said("accepted 1")).isTrue();

        exchange.channels(true).forEach(Loopback.Channel::cut);
        assertThat(told.until(() -> told.words.contains("disconnected"))).isTrue();
        assertThat(told.until(() -> told.connected && gateway.link().ready())).isTrue();
        truth();

        assertThat(told.connections).isEqualTo(2);
        assertThat(exchange.open("desk")).isEmpty();
        agree();
    }

    @Test
    void fillsWhileWeWereAwayComeOnceAndOrdersTheVenueKeptAreKnownAgain() throws Exception {
        connect();
        place(1, Side.BUY, MID, 100, TimeInForce.POST_ONLY);
        assertThat(told.said("accepted 1")).isTrue();
        exchange.take(SYMBOL, Side.SELL, MID, 10);
        assertThat(told.until(() -> told.filled(BTC_PERPETUAL) == 10)).isTrue();
        List<Loopback.Channel> old = exchange.channels(true);
        old.forEach(Loopback.Channel::unseen);
        old.forEach(Loopback.Channel::cut);
        exchange.take(SYMBOL, Side.SELL, MID, 20);
        assertThat(told.until(() -> told.connections == 2 && gateway.link().ready()))
                .isTrue();

        truth();

        assertThat(told.words).contains("open 1 BUY 100 @ 600000 filled 30");
        agree();
        old.forEach(Loopback.Channel::notice);
        truth();
        assertThat(exchange.open("desk")).isEmpty();
        agree();
    }

    @Test
    void aConnectionThatStandsAndSaysNothingIsGivenUp() throws Exception {
        connect(settings().timed(Fixtures.link(Duration.ofMillis(600))));
        place(1, Side.BUY, MID, 10, TimeInForce.POST_ONLY);
        assertThat(told.said("accepted 1")).isTrue();

        exchange.channels(true).forEach(Loopback.Channel::halfOpen);

        assertThat(told.until(() -> told.notices.toString().contains("orders: nothing was heard for 600 ms")))
                .isTrue();
        assertThat(told.until(() -> told.connected
                        && told.connections >= 2
                        && gateway.link().ready()))
                .isTrue();
        truth();
        agree();
    }

    @Test
    void aStallDelaysAndLosesNothing() throws Exception {
        connect();
        exchange.channels(true).forEach(channel -> channel.stall(true));
        place(1, Side.BUY, MID, 10, TimeInForce.POST_ONLY);
        assertThat(told.until(() -> exchange.open("desk").size() == 1)).isTrue();
        exchange.take(SYMBOL, Side.SELL, MID, 10);
        assertThat(told.words).containsOnlyOnce("connected").doesNotContain("accepted 1");

        exchange.channels(true).forEach(channel -> channel.stall(false));

        assertThat(told.until(() -> told.filled(BTC_PERPETUAL) == 10)).isTrue();
        assertThat(told.connections).isEqualTo(1);
    }

    @Test
    void aMessageOfOrdersThatCannotBeUnderstoodEndsTheConnection() throws Exception {
        connect();
        for (int round = 0; round < 3; round++) {
            int head = round == 2 ? 0x82 : 0x81;
            byte[] bytes = round == 0
                    ? "{\"jsonrpc\":".getBytes(java.nio.charset.StandardCharsets.UTF_8)
                    : "{\"method\":\"subscription\",\"params\":{\"channel\":\"wild\"}}"
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
            int wanted = told.connections + 1;
            exchange.channels(true).forEach(channel -> channel.garbage(head, bytes));
            assertThat(told.until(
                            () -> told.connections == wanted && gateway.link().ready()))
                    .as("round %d %s", round, told.notices)
                    .isTrue();
        }
    }

    @Test
    void aGapInTheBookIsFollowedByAWholeBook() throws Exception {
        FollowedContract book = FollowedContract.deribit(Fixtures.PERPETUAL);
        connect();
        assertThat(told.until(() -> book.follow(told, BTC_PERPETUAL) == BookState.VALID))
                .isTrue();
        exchange.others(SYMBOL, Side.BUY, MID - 60, 70);
        assertThat(told.until(() -> book.follow(told, BTC_PERPETUAL) == BookState.VALID && book.bids() == 2))
                .isTrue();

        exchange.mischief().loseNext(text -> text.contains("\"book."));
        exchange.others(SYMBOL, Side.BUY, MID - 70, 70);
        exchange.others(SYMBOL, Side.BUY, MID - 80, 70);
        assertThat(told.until(() -> book.follow(told, BTC_PERPETUAL) == BookState.SEQUENCE_BREAK))
                .isTrue();

        gateway.snapshot(BTC_PERPETUAL);

        assertThat(told.until(() -> book.follow(told, BTC_PERPETUAL) == BookState.VALID))
                .isTrue();
        assertThat(book.says())
                .isEqualTo(
                        FollowedContract.words(exchange.levels(SYMBOL, Side.BUY), exchange.levels(SYMBOL, Side.SELL)));
    }

    @Test
    void theProtectionIsArmedVerifiedTriggeredAndEndedOnlyByHand() throws Exception {
        connect(settings().protectedBy(new MarketMakerProtection(5, 0, 50, 0, 0, 1000)));
        assertThat(gateway.armed().note()).contains("[btc_usd]");
        place(1, Side.BUY, MID, 60, TimeInForce.POST_ONLY);
        place(2, Side.BUY, MID - 5, 40, TimeInForce.POST_ONLY);
        assertThat(told.said("accepted 2")).isTrue();

        exchange.take(SYMBOL, Side.SELL, MID - 5, 60);

        assertThat(told.until(() -> told.frozen && !told.live.containsKey(2L))).isTrue();
        place(3, Side.BUY, MID, 10, TimeInForce.POST_ONLY);
        assertThat(told.said("rejected 3 PROTECTION")).isTrue();
        gateway.resetProtection();
        assertThat(told.until(() -> !told.frozen)).isTrue();
        place(4, Side.BUY, MID, 10, TimeInForce.POST_ONLY);
        assertThat(told.said("accepted 4")).isTrue();
    }

    @Test
    void theVenuesClockCountsForTheSignatureAndWrongKeysAreToldWithoutTheirSecret() throws Exception {
        skewMillis = Duration.ofMinutes(7).toMillis();
        connect();
        gateway.close();

        start(settings(), Credentials.of("the-key-of-the-desk", "another-secret"));

        assertThat(told.until(() -> told.notices.toString().contains("13004 invalid_credentials")))
                .isTrue();
        assertThat(told.notices.toString() + gateway.link() + gateway.armed() + Fixtures.credentials())
                .doesNotContain("secret-that")
                .doesNotContain("another-secret")
                .doesNotContain("the-key-of-the-desk");
    }

    @Test
    void accessIsRenewedAndTheVenuesQuestionsAreAnswered() throws Exception {
        connect();
        exchange.testRequest();
        assertThat(told.until(() ->
                        exchange.heard().stream().filter("public/test"::equals).count() == 2))
                .isTrue();
        assertThat(told.until(() ->
                        exchange.heard().stream().filter("public/auth"::equals).count() == 2))
                .isTrue();
        assertThat(told.connections).isEqualTo(1);
    }

    @Test
    void fundingAndDeliveriesAreToldOnce() throws Exception {
        long millis = TimeUnit.NANOSECONDS.toMillis(ticks.epochNanos());
        exchange.settle("settlement", SYMBOL, millis, "funding", new BigDecimal("-0.00001234"));
        exchange.settle("delivery", "BTC-25DEC26-100000-C", millis, "index_price", new BigDecimal("98765.43"));
        connect();
        truth();
        truth();

        assertThat(told.words).containsOnlyOnce("funding 1 1234").containsOnlyOnce("settled 3 at 987654");
    }

    @Test
    void settlementsThatDoNotFitOnOnePageAreRead() throws Exception {
        long millis = TimeUnit.NANOSECONDS.toMillis(ticks.epochNanos());
        for (int i = 0; i < 2100; i++) {
            exchange.settle("settlement", SYMBOL, millis + i, "funding", new BigDecimal("-0.00001000"));
        }
        connect();
        truth();
        assertThat(told.words.stream().filter(word -> word.equals("funding 1 1000")))
                .hasSize(2100);
    }

    @Test
    void anOrderByHandIsShownAsNotOurs() throws Exception {
        connect();
        exchange.byHand("desk", SYMBOL, Side.SELL, MID, 70);
        truth();

        assertThat(told.words).contains("open 0 SELL 70 @ 600000 filled 0");
        gateway.cancelAll(BTC_PERPETUAL);
        assertThat(told.until(() -> exchange.open("desk").isEmpty())).isTrue();
    }

    @Test
    void withoutCredentialsMarketDataComeAndOrdersAreRefused() throws Exception {
        gateway = DeribitGateway.of(settings(), Optional.empty(), Fixtures.ALL, told.box, ticks, new Random(1));
        gateway.start();
        assertThat(told.until(() -> !told.messages.isEmpty())).isTrue();
        place(1, Side.BUY, MID, 10, TimeInForce.POST_ONLY);
        assertThat(told.said("rejected 1 OTHER")).isTrue();
        assertThat(gateway.armed().verified()).isFalse();
    }
}
