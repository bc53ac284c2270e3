package dev.tranche.engine.venue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Side;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.order.TimeInForce;
import dev.tranche.runtime.clock.Ticks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A gateway in a seeded storm: messages lost, doubled and late, connections cut, stalled and deaf, answers
/// that nobody knows, limits, restarts; fills all the while. After it the venue's truth and ours are one.
class VenueStormTest {
    private static final int LEAST_STEPS = 200;
    private static final int MOST_STEPS = 20_000;

    private final Told told = new Told();
    private final Ticks ticks = Ticks.system();
    private long lastId;
    private boolean limited;

    @ParameterizedTest
    @ValueSource(longs = 1)
    void deribitsTruthIsOursAfterAStorm(long seed) throws Exception {
        try (DeribitExchange exchange =
                DeribitExchange.open(List.of(Fixtures.PERPETUAL, Fixtures.OPTION), this::millis, new Random(seed))) {
            exchange.account("desk", Fixtures.credentials());
            DeribitSettings settings =
                    DeribitSettings.at(exchange.socket()).timed(Fixtures.link(Duration.ofMillis(900)));
            try (Gateway gateway = DeribitGateway.of(
                    settings, Optional.of(Fixtures.credentials()), Fixtures.ALL, told.box, ticks, new Random(seed))) {
                weather(exchange, gateway, Fixtures.BTC_PERPETUAL, Fixtures.PERPETUAL, new Random(seed));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = 1)
    void binancesTruthIsOursAfterAStorm(long seed) throws Exception {
        try (BinanceExchange exchange =
                BinanceExchange.open(List.of(Fixtures.LINEAR, Fixtures.ETHER), this::millis, new Random(seed))) {
            exchange.account("desk", Fixtures.credentials());
            BinanceSettings settings = BinanceSettings.at(exchange.api(), exchange.stream(), exchange.rest())
                    .timed(Fixtures.link(Duration.ofMillis(900)), Duration.ofSeconds(20));
            try (Gateway gateway = BinanceGateway.of(
                    settings, Optional.of(Fixtures.credentials()), Fixtures.ALL, told.box, ticks, new Random(seed))) {
                weather(exchange, gateway, Fixtures.BTCUSDT, Fixtures.LINEAR, new Random(seed));
            }
        }
    }

    private long millis() {
        return TimeUnit.NANOSECONDS.toMillis(ticks.epochNanos());
    }

    private void weather(LocalExchange exchange, Gateway gateway, int place, Contract contract, RandomGenerator chance)
            throws Exception {
        long mid = 1200 * contract.tick() * 100;
        gateway.start();
        assertThat(told.until(() -> told.connected && gateway.link().ready())).isTrue();
        exchange.mischief()
                .storm(
                        text -> text.contains("\"data\":")
                                || text.contains("TRADE_UPDATE")
                                || text.contains("\"order\":{")
                                || text.contains("clientOrderId"),
                        0.05,
                        0.05,
                        0.05);
        for (int step = 0; step < LEAST_STEPS || (step < MOST_STEPS && !stormy()); step++) {
            act(exchange, gateway, place, contract, mid, chance);
            told.listen(3);
            if (!told.connected && chance.nextInt(8) == 0) {
                assertThat(told.until(() -> told.connected)).isTrue();
            }
        }
        exchange.mischief().calm();
        calm(exchange, gateway, place, contract);
    }

    /// Enough was filled and cut to call it a storm.
    private boolean stormy() {
        return told.fills.size() > 20 && told.connections > 3;
    }

    private void act(
            LocalExchange exchange, Gateway gateway, int place, Contract contract, long mid, RandomGenerator chance)
            throws Exception {
        long price = mid + contract.tick() * (chance.nextInt(21) - 10);
        long lots = contract.step() * (1 + chance.nextInt(9));
        Side side = chance.nextBoolean() ? Side.BUY : Side.SELL;
        List<Long> live = new ArrayList<>(told.live.keySet());
        long some = live.isEmpty() ? 1 : live.get(chance.nextInt(live.size()));
        switch (chance.nextInt(240)) {
            case 0, 1 -> exchange.ofOrders().forEach(Loopback.Channel::cut);
            case 2 -> exchange.ofMarket().forEach(Loopback.Channel::cut);
            case 3 -> limitOnce(exchange);
            case 5, 6, 7 -> exchange.fail(1);
            case 8 -> exchange.renumber(1000 + chance.nextInt(1000));
            case 9 ->
                exchange.ofOrders().forEach(channel -> channel.garbage(0x81, "{}x".getBytes(StandardCharsets.UTF_8)));
            case 10, 11 -> {
                List<Loopback.Channel> channels = exchange.ofOrders();
                channels.forEach(channel -> channel.stall(true));
                exchange.take(contract.symbol(), side, price, lots);
                channels.forEach(channel -> channel.stall(false));
            }
            case 12 -> exchange.ofOrders().stream().limit(1).forEach(Loopback.Channel::leave);
            case 13, 14 -> gateway.reconcile(gateway.venue(), 0);
            default -> trade(exchange, gateway, place, contract, price, lots, side, some, mid, chance);
        }
    }

    /// A limit costs a second of refusals.
    private void limitOnce(LocalExchange exchange) {
        if (!limited) {
            limited = true;
            exchange.limit(1);
        }
    }

    private void trade(
            LocalExchange exchange,
            Gateway gateway,
            int place,
            Contract contract,
            long price,
            long lots,
            Side side,
            long some,
            long mid,
            RandomGenerator chance) {
        switch (chance.nextInt(10)) {
            case 0, 1 -> gateway.cancel(some, place);
            case 2, 3 -> gateway.amend(some, place, price, lots);
            case 4, 5, 6 -> exchange.take(contract.symbol(), side, mid + side.sign() * 10L * contract.tick(), 2 * lots);
            default -> {
                long id = ++lastId;
                told.sending(id, ticks.epochNanos());
                gateway.place(
                        id,
                        place,
                        side,
                        price,
                        lots,
                        chance.nextInt(4) == 0 ? TimeInForce.GOOD_TILL_CANCELLED : TimeInForce.POST_ONLY,
                        false);
            }
        }
    }

    private void calm(LocalExchange exchange, Gateway gateway, int place, Contract contract) throws Exception {
        assertThat(told.until(() -> told.connected
                        && gateway.link().ready()
                        && gateway.armed().verified()))
                .as(() -> gateway.link() + " " + told.notices)
                .isTrue();
        boolean agree = told.until(() -> {
            int before = told.truths;
            gateway.reconcile(gateway.venue(), 0);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            while (told.truths == before && System.nanoTime() < end) {
                told.box.drain(told, Integer.MAX_VALUE);
                Thread.onSpinWait();
            }
            return told.live.size() == exchange.open("desk").size()
                    && told.fills.size() == trades(exchange)
                    && told.filled(place) == exchange.position("desk", contract.symbol());
        });
        assertThat(agree)
                .as(() -> told.live.size() + " live and "
                        + exchange.open("desk").size() + ", "
                        + told.fills.size() + " fills and " + trades(exchange) + ", " + told.filled(place) + " and "
                        + exchange.position("desk", contract.symbol()))
                .isTrue();
        assertThat(told.live.keySet())
                .containsExactlyInAnyOrderElementsOf(exchange.open("desk").stream()
                        .map(order -> Numbers.order("t", order.label))
                        .toList());
        assertThat(told.positions.getOrDefault(place, 0L)).isEqualTo(exchange.position("desk", contract.symbol()));
        assertThat(stormy()).isTrue();
    }

    private static long trades(LocalExchange exchange) {
        return exchange.fills("desk").stream()
                .map(Matcher.Fill::tradeId)
                .distinct()
                .count();
    }
}
