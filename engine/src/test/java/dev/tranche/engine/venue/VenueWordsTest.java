package dev.tranche.engine.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.tranche.market.Side;
import dev.tranche.market.order.Rejection;
import dev.tranche.market.order.TimeInForce;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is written to venues and read from them, byte by byte.
class VenueWordsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int BUY_POST_ONLY = SentOrders.flags(Side.BUY, TimeInForce.POST_ONLY, false);
    private static final int SELL_REDUCING = SentOrders.flags(Side.SELL, TimeInForce.GOOD_TILL_CANCELLED, true);

    @Test
    void numbersAreWrittenExactlyAndWithoutZerosAtTheirEnd() {
        assertThat(new Ascii().decimal(600_005, 1)).hasToString("60000.5");
        assertThat(new Ascii().decimal(600_000, 1)).hasToString("60000");
        assertThat(new Ascii().decimal(5, 4)).hasToString("0.0005");
        assertThat(new Ascii().decimal(50, 4)).hasToString("0.005");
        assertThat(new Ascii().decimal(0, 3)).hasToString("0");
        assertThat(new Ascii().decimal(Long.MAX_VALUE, 10)).hasToString("922337203.6854775807");
        assertThat(new Ascii().add(Long.MAX_VALUE)).hasToString("9223372036854775807");
        assertThatThrownBy(() -> new Ascii().add(-1)).hasMessage("a number must be at least 0: -1");
    }

    @Test
    void anOrderToDeribitIsItsJson() {
        DeribitRequests requests = new DeribitRequests(Fixtures.ALL, "t", true);

        assertThat(requests.place(7, 41, Fixtures.BTC_PERPETUAL, BUY_POST_ONLY, false, 599_995, 30))
                .hasToString("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"private/buy\",\"params\":{\"instrument_name\":"
                        + "\"BTC-PERPETUAL\",\"amount\":30,\"price\":59999.5,\"label\":\"t41\",\"type\":\"limit\","
                        + "\"time_in_force\":\"good_til_cancelled\",\"post_only\":true,\"reject_post_only\":true,"
                        + "\"mmp\":true}}");
        assertThat(requests.place(8, 42, Fixtures.CALL, SELL_REDUCING, true, 350, 12))
                .hasToString(
                        "{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"private/sell\",\"params\":{\"instrument_name\":"
                                + "\"BTC-25DEC26-100000-C\",\"amount\":1.2,\"price\":0.035,\"label\":\"t42\",\"type\":\"limit\","
                                + "\"time_in_force\":\"immediate_or_cancel\",\"reduce_only\":true}}");
        assertThat(requests.amend(9, 41, Fixtures.BTC_PERPETUAL, BUY_POST_ONLY, 600_000, 10))
                .hasToString("{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"private/edit_by_label\",\"params\":{"
                        + "\"instrument_name\":\"BTC-PERPETUAL\",\"amount\":10,\"price\":60000,\"label\":\"t41\","
                        + "\"post_only\":true,\"reject_post_only\":true}}");
        assertThat(requests.cancel(10, 41, Fixtures.BTC_PERPETUAL))
                .hasToString("{\"jsonrpc\":\"2.0\",\"id\":10,\"method\":\"private/cancel_by_label\",\"params\":{"
                        + "\"currency\":\"BTC\",\"label\":\"t41\"}}");
        assertThat(requests.cancelAll(11, Fixtures.CALL))
                .hasToString(
                        "{\"jsonrpc\":\"2.0\",\"id\":11,\"method\":\"private/cancel_all_by_instrument\",\"params\":{"
                                + "\"instrument_name\":\"BTC-25DEC26-100000-C\"}}");
    }

    @Test
    void anOrderToBinanceIsSignedOverItsParametersInTheOrderOfTheirNames() {
        BinanceSettings settings = BinanceSettings.live();
        Credentials credentials = Fixtures.credentials();
        BinanceRequests requests = new BinanceRequests(Fixtures.ALL, settings, credentials);
        String payload = "apiKey=the-key-of-the-desk&newClientOrderId=t41&newOrderRespType=ACK&price=60000.1"
                + "&quantity=0.03&recvWindow=5000&side=BUY&symbol=BTCUSDT&timeInForce=GTX"
                + "&timestamp=1700000000000&type=LIMIT";

        JsonNode written = JSON.readTree(
                requests.place(3, 41, Fixtures.BTCUSDT, BUY_POST_ONLY, false, 6_000_010, 30, 1_700_000_000_000L)
                        .toString());

        assertThat(written.path("method").asString("")).isEqualTo("order.place");
        assertThat(written.path("id").asLong()).isEqualTo(3);
        StringBuilder signed = new StringBuilder();
        written.path("params").properties().forEach(each -> {
            if (!each.getKey().equals("signature")) {
                signed.append(signed.isEmpty() ? "" : "&")
                        .append(each.getKey())
                        .append("=")
                        .append(each.getValue().asString(""));
            }
        });
        assertThat(signed).hasToString(payload);
        assertThat(written.path("params").path("signature").asString("")).isEqualTo(credentials.signature(payload));
    }

    /// The example of Binance's public documentation ("SIGNED Endpoint Examples", HMAC keys).
    @Test
    void aSignatureIsTheOneOfTheVenuesOwnExample() {
        Credentials example = Credentials.of(
                "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A",
                "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j");

        assertThat(example.signature("symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1"
                        + "&recvWindow=5000&timestamp=1499827319559"))
                .isEqualTo("c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71");
    }

    @Test
    void ordersAreWrittenWithoutAllocation() {
        DeribitRequests deribit = new DeribitRequests(Fixtures.ALL, "t", true);
        BinanceRequests binance = new BinanceRequests(Fixtures.ALL, BinanceSettings.live(), Fixtures.credentials());
        SentOrders sent = new SentOrders();
        Asked asked = new Asked();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        write(deribit, binance, sent, asked, 20_000);
        long before = threads.getCurrentThreadAllocatedBytes();

        write(deribit, binance, sent, asked, 10_000);

        // The JDK's own HMAC allocates a little; nothing of ours does.
        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 10_000).isLessThan(200);
    }

    private static void write(
            DeribitRequests deribit, BinanceRequests binance, SentOrders sent, Asked asked, int times) {
        for (int i = 1; i <= times; i++) {
            sent.put(i, BUY_POST_ONLY);
            long request = asked.next(Asked.PLACE, i, 1);
            deribit.place(request, i, Fixtures.BTC_PERPETUAL, sent.get(i), false, 600_000 + i, 30);
            deribit.cancel(request, i, Fixtures.BTC_PERPETUAL);
            binance.place(request, i, Fixtures.BTCUSDT, BUY_POST_ONLY, false, 6_000_010, 30, 1_700_000_000_000L);
            asked.done(request);
            sent.remove(i);
        }
    }

    @Test
    void anIdIsOursOnlyWithOurPrefixAndDigitsAlone() {
        assertThat(Numbers.order("t", "t42")).isEqualTo(42);
        assertThat(Numbers.order("t", "t" + Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(Numbers.order("t", "t9223372036854775808")).isZero();
        assertThat(Numbers.order("t", "t")).isZero();
        assertThat(Numbers.order("t", "x42")).isZero();
        assertThat(Numbers.order("t", "t4x")).isZero();
        assertThat(Numbers.order("t", "web_t42")).isZero();
        assertThat(Numbers.id("ETH-34066")).isEqualTo(34066);
        assertThat(Numbers.id("48079269")).isEqualTo(48079269);
    }

    @Test
    void whatTheVenuesRefusalsMean() {
        assertThat(DeribitCodes.rejection(11054, "post_only_reject")).isEqualTo(Rejection.WOULD_TAKE);
        assertThat(DeribitCodes.rejection(10009, "not_enough_funds")).isEqualTo(Rejection.NO_MARGIN);
        assertThat(DeribitCodes.rejection(10028, "too_many_requests")).isEqualTo(Rejection.RATE_LIMIT);
        assertThat(DeribitCodes.rejection(11044, "not_open_order")).isEqualTo(Rejection.NOT_OPEN);
        assertThat(DeribitCodes.rejection(10041, "settlement_in_progress")).isEqualTo(Rejection.CLOSED);
        assertThat(DeribitCodes.rejection(11030, "other_reject mmp_frozen")).isEqualTo(Rejection.PROTECTION);
        assertThat(DeribitCodes.open(11094)).isTrue();
        assertThat(DeribitCodes.open(11054)).isFalse();
        assertThat(BinanceCodes.rejection(-5022, "")).isEqualTo(Rejection.WOULD_TAKE);
        assertThat(BinanceCodes.rejection(-2010, "Order would immediately match and take."))
                .isEqualTo(Rejection.WOULD_TAKE);
        assertThat(BinanceCodes.rejection(-2011, "Unknown order sent.")).isEqualTo(Rejection.NOT_OPEN);
        assertThat(BinanceCodes.rejection(-2019, "Margin is insufficient.")).isEqualTo(Rejection.NO_MARGIN);
        assertThat(BinanceCodes.rejection(-2022, "")).isEqualTo(Rejection.NOT_REDUCING);
        assertThat(BinanceCodes.rejection(-4164, "")).isEqualTo(Rejection.BAD_ORDER);
        assertThat(BinanceCodes.tooMuch(429, 0)).isTrue();
        assertThat(BinanceCodes.open(503, 0)).isTrue();
        assertThat(BinanceCodes.open(400, -1007)).isTrue();
        assertThat(BinanceCodes.open(400, -2019)).isFalse();
    }

    @Test
    void theTableOfSentOrdersIsAMap() {
        SentOrders sent = new SentOrders();
        Map<Long, Integer> oracle = new HashMap<>();
        Random chance = new Random(11);
        for (int i = 0; i < 200_000; i++) {
            long id = 1L + chance.nextInt(3000);
            if (chance.nextInt(3) == 0) {
                sent.remove(id);
                oracle.remove(id);
            } else {
                int flags = SentOrders.flags(
                        chance.nextBoolean() ? Side.BUY : Side.SELL, TimeInForce.POST_ONLY, chance.nextBoolean());
                sent.put(id, flags);
                oracle.put(id, flags);
            }
            assertThat(sent.size()).isEqualTo(oracle.size());
            long other = 1L + chance.nextInt(3000);
            assertThat(sent.get(other)).isEqualTo(oracle.getOrDefault(other, SentOrders.NONE));
        }
        sent.allHeard();
        sent.retain(sent.heardOf(), Set.of(5L, 6L));
        assertThat(sent.size()).isEqualTo((oracle.containsKey(5L) ? 1 : 0) + (oracle.containsKey(6L) ? 1 : 0));
    }

    @Test
    void wrongSettingsAreRefusedWithTheirRange() {
        assertThatThrownBy(() -> new MarketMakerProtection(0, 0, 1, 0, 0, 0))
                .hasMessage("interval must be within 1..86400 s and frozen within 0..86400 s: 0, 0");
        assertThatThrownBy(() -> new MarketMakerProtection(5, 0, 0, 0, 0, 1)).hasMessageContaining("above it");
        assertThatThrownBy(() -> Credentials.of("key", " "))
                .hasMessage("a venue's key and secret may not be blank: key given, secret blank");
        assertThatThrownBy(() -> new DeribitSettings(
                        URI.create("ws://x"),
                        "1s",
                        java.time.Duration.ofSeconds(10),
                        "t",
                        java.util.Optional.empty(),
                        LinkSettings.USUAL))
                .hasMessage("interval must be raw, 100ms or agg2: 1s");
    }
}
