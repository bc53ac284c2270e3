package dev.tranche.engine.venue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.engine.feed.Exchange;
import dev.tranche.engine.feed.Market;
import dev.tranche.engine.feed.VenueSettings;
import dev.tranche.engine.trading.market.LiveMarket;
import dev.tranche.market.feed.BookState;
import dev.tranche.runtime.clock.Ticks;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Public market data as they come live, over real sockets from a local exchange: connected, with a gap, cut,
/// silent, and one contract of two.
class LivePublicMarketTest {
    private final Told told = new Told();
    private final Market market = Market.of("BTCUSDT", new Random(3), 1_767_225_600_000L);
    private final FollowedContract followed = FollowedContract.binance(Fixtures.LINEAR);

    @SuppressWarnings("NullAway.Init")
    private Exchange exchange;

    @SuppressWarnings("NullAway.Init")
    private LiveMarket live;

    @BeforeEach
    void open() throws IOException {
        exchange = Exchange.open(this::whole);
    }

    @AfterEach
    void close() throws IOException {
        live.close();
        exchange.close();
    }

    private synchronized String whole() {
        return market.snapshot();
    }

    private synchronized void publish() {
        market.next(20).forEach(exchange::publish);
    }

    private synchronized void missed() {
        market.next(20);
    }

    private VenueSettings settings(String symbol, Duration silence) {
        return VenueSettings.of(VenueSettings.Market.USDM, symbol)
                .at(exchange.stream(), exchange.rest())
                .timed(silence, Duration.ofHours(1), Duration.ofMillis(10), Duration.ofMillis(40));
    }

    private void start(Duration silence) throws Exception {
        live = LiveMarket.of(Map.of(Fixtures.BTCUSDT, settings("BTCUSDT", silence)), told.box, Ticks.system());
        live.start();
        subscribed();
    }

    private String subscribed() throws InterruptedException {
        return String.valueOf(exchange.subscriptions.poll(10, TimeUnit.SECONDS));
    }

    /// Publishes on until the book is as it should be.
    private void until(BookState wanted) throws InterruptedException {
        assertThat(told.until(() -> {
                    publish();
                    return followed.follow(told, Fixtures.BTCUSDT) == wanted;
                }))
                .as("%s, %s", wanted, live.state())
                .isTrue();
    }

    private synchronized void agree() throws InterruptedException {
        FollowedContract fresh = FollowedContract.binance(Fixtures.LINEAR);
        Told once = new Told();
        byte[] bytes = market.snapshot().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        once.box.market(1, Fixtures.BTCUSDT, bytes, 0, bytes.length);
        assertThat(once.until(() -> fresh.follow(once, Fixtures.BTCUSDT) == BookState.VALID))
                .isTrue();
        assertThat(told.until(() -> {
                    followed.follow(told, Fixtures.BTCUSDT);
                    return followed.says().equals(fresh.says());
                }))
                .as("the exchange's own book")
                .isTrue();
    }

    @Test
    void aWholeBookIsAskedForOnceItIsConnectedAndAgainAfterAGap() throws Exception {
        start(Duration.ofSeconds(10));
        assertThat(live.connected(Fixtures.BTCUSDT)).isFalse();
        until(BookState.VALID);
        assertThat(live.connected(Fixtures.BTCUSDT)).isTrue();
        assertThat(exchange.asked).hasSize(1);
        agree();

        missed();
        until(BookState.SEQUENCE_BREAK);
        live.snapshot(Fixtures.BTCUSDT);
        until(BookState.VALID);
        assertThat(exchange.asked).hasSize(2);
        assertThat(told.lost).as("the connection stood").isEmpty();
        agree();
        live.snapshot(Fixtures.CALL); // not one of its contracts
        assertThat(exchange.asked).hasSize(2);
    }

    @Test
    void aConnectionThatIsCutIsToldAsAHoleAndSubscribedAgain() throws Exception {
        start(Duration.ofSeconds(10));
        until(BookState.VALID);
        exchange.cut();
        assertThat(told.until(() -> told.lost.contains(Fixtures.BTCUSDT))).isTrue();
        assertThat(live.connected(Fixtures.BTCUSDT)).isFalse();
        assertThat(subscribed()).contains("btcusdt@depth@100ms");
        missed();
        until(BookState.VALID);
        assertThat(live.connected(Fixtures.BTCUSDT)).isTrue();
        agree();
    }

    @Test
    void aConnectionThatStandsAndSaysNothingIsGivenUpAndMadeAgain() throws Exception {
        start(Duration.ofMillis(300));
        until(BookState.VALID);
        assertThat(told.until(() -> told.lost.contains(Fixtures.BTCUSDT))).isTrue();
        assertThat(live.state()).isNotEqualTo("closed");
        subscribed();
        until(BookState.VALID);
        agree();
    }
}
