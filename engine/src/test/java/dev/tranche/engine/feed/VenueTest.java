package dev.tranche.engine.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.runtime.clock.Ticks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VenueTest {
    private final Inbox inbox = Inbox.of(10_000);

    @SuppressWarnings("NullAway.Init")
    private Exchange exchange;

    @SuppressWarnings("NullAway.Init")
    private Venue venue;

    @SuppressWarnings("NullAway.Init")
    private Thread thread;

    @BeforeEach
    void open() throws IOException {
        exchange = Exchange.open(() -> "{\"lastUpdateId\":7,\"bids\":[],\"asks\":[]}");
    }

    private void connect(Duration silence, Duration lifetime) {
        VenueSettings settings = VenueSettings.of(VenueSettings.Market.USDM, "BTCUSDT")
                .at(exchange.stream(), exchange.rest())
                .timed(silence, lifetime, Duration.ofMillis(10), Duration.ofMillis(40));
        venue = Venue.of(settings, Ticks.system(), new Random(1));
        thread = Thread.ofVirtual().start(() -> {
            try {
                venue.run(inbox);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void connect() {
        connect(Duration.ofSeconds(10), Duration.ofHours(1));
    }

    @AfterEach
    void close() throws Exception {
        venue.close();
        thread.join();
        exchange.close();
    }

    private String subscribed() throws InterruptedException {
        return String.valueOf(exchange.subscriptions.poll(10, TimeUnit.SECONDS));
    }

    private Arrival next() throws InterruptedException {
        Arrival arrival = inbox.take(10_000, 0);
        return arrival == null ? new Arrival.Unreadable("nothing came", 0) : arrival;
    }

    private static String text(Arrival arrival) {
        return arrival instanceof Arrival.Message message
                ? new String(message.json(), StandardCharsets.UTF_8)
                : arrival.toString();
    }

    @Test
    void theCombinedStreamIsAskedForAndItsMessagesComeInOrder() throws Exception {
        connect();
        assertThat(subscribed()).isEqualTo("/stream?streams=btcusdt@depth@100ms/btcusdt@bookTicker/btcusdt@trade");
        exchange.publish("{\"n\":1}");
        exchange.publishInPieces("{\"n\":\"two, in three frames, ünï\"}");
        exchange.publish("x".repeat(100_000));
        assertThat(text(next())).isEqualTo("{\"n\":1}");
        assertThat(text(next())).isEqualTo("{\"n\":\"two, in three frames, ünï\"}");
        assertThat(text(next())).hasSize(100_000);
    }

    @Test
    void aSnapshotIsFetchedWhenItIsAskedForAndOnlyThen() throws Exception {
        connect();
        subscribed();
        exchange.publish("{}");
        assertThat(text(next())).isEqualTo("{}");
        assertThat(exchange.asked).isEmpty();
        venue.resynchronise("the test wants one");
        assertThat(text(next())).contains("lastUpdateId");
        assertThat(exchange.asked).containsExactly("/fapi/v1/depth?symbol=BTCUSDT&limit=1000");
    }

    @Test
    void aRefusedSnapshotIsAskedForAgainAndABannedClientWaitsAsLongAsItIsTold() throws Exception {
        connect();
        subscribed();
        exchange.answer(new Exchange.Answer(500, "", "no"));
        exchange.answer(new Exchange.Answer(429, "Retry-After: 1\r\n", ""));
        long began = System.nanoTime();
        venue.resynchronise("the test wants one");
        assertThat(text(next())).contains("lastUpdateId");
        assertThat(exchange.asked).hasSize(3);
        assertThat(System.nanoTime() - began)
                .isGreaterThan(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void aSnapshotThatNeverComesCostsTheConnectionAndNotTheStream() throws Exception {
        connect();
        subscribed();
        for (int i = 0; i < 5; i++) {
            exchange.answer(new Exchange.Answer(503, "", ""));
        }
        venue.resynchronise("the test wants one");
        assertThat(next())
                .isInstanceOfSatisfying(
                        Arrival.Broken.class,
                        broken -> assertThat(broken.reason()).contains("503"));
        subscribed();
        venue.resynchronise("the test wants one");
        assertThat(text(next())).contains("lastUpdateId");
    }

    @Test
    void aLostConnectionIsSaidAndMadeAgain() throws Exception {
        connect();
        subscribed();
        exchange.cut();
        assertThat(next()).isInstanceOf(Arrival.Broken.class);
        subscribed();
        exchange.closePolitely();
        assertThat(next())
                .isInstanceOfSatisfying(
                        Arrival.Broken.class,
                        broken -> assertThat(broken.reason()).contains("closed"));
        subscribed();
        exchange.publish("{\"again\":true}");
        assertThat(text(next())).isEqualTo("{\"again\":true}");
    }

    @Test
    void silenceEndsAConnectionToo() throws Exception {
        connect(Duration.ofMillis(150), Duration.ofHours(1));
        subscribed();
        assertThat(next())
                .isInstanceOfSatisfying(
                        Arrival.Broken.class,
                        broken -> assertThat(broken.reason()).contains("nothing came for 150 ms"));
        subscribed();
    }

    @Test
    void anOldConnectionIsReplacedBeforeTheVenueEndsIt() throws Exception {
        connect(Duration.ofSeconds(10), Duration.ofMillis(150));
        subscribed();
        assertThat(next())
                .isInstanceOfSatisfying(
                        Arrival.Broken.class,
                        broken -> assertThat(broken.reason()).contains("is replaced"));
    }

    @Test
    void pingsAreAnsweredAndBinaryFramesAreNoMessages() throws Exception {
        connect();
        subscribed();
        exchange.ping();
        exchange.publishBytes(new byte[] {1, 2, 3});
        exchange.publish("{}");
        assertThat(next())
                .isInstanceOfSatisfying(
                        Arrival.Unreadable.class,
                        unreadable -> assertThat(unreadable.reason()).contains("3 bytes"));
        assertThat(text(next())).isEqualTo("{}");
        assertThat(exchange.pongs.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aVenueThatIsNotThereIsTriedAgainAndSaysSo() throws Exception {
        int port = exchange.rest().getPort();
        exchange.close();
        connect();
        Arrival first = next();
        assertThat(first)
                .isInstanceOfSatisfying(
                        Arrival.Broken.class,
                        broken -> assertThat(broken.reason()).contains("" + port));
        assertThat(next()).isInstanceOf(Arrival.Broken.class);
    }
}
