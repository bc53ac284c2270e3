package dev.tranche.engine.venue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Side;
import dev.tranche.market.account.Intent;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.desk.Desk;
import dev.tranche.market.desk.DeskSink;
import dev.tranche.market.desk.DeskTerms;
import dev.tranche.market.desk.Seat;
import dev.tranche.market.desk.StrategyTerms;
import dev.tranche.market.order.OrderSink;
import dev.tranche.market.order.Orders;
import dev.tranche.market.order.TimeInForce;
import dev.tranche.market.risk.Refusal;
import dev.tranche.runtime.clock.Ticks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The desk, two gateways and two exchanges that misbehave, over real sockets: it quotes on both while messages
/// are lost, doubled and late, connections are cut and venues restart. After the storm the desk's positions,
/// fills, fees and open orders are the venues' own, and no quote was ever made on a book that was not valid.
class DeskStormTest {
    private static final Contracts CONTRACTS = Contracts.of(List.of(Fixtures.LINEAR, Fixtures.PERPETUAL));
    private static final long[] MIDS = {6_000_000, 600_000};
    private static final long NOISE_NANOS = 10_000_000;
    private static final int STEPS = 300;
    private static final int MOST_STEPS = 10_000;
    private static final long STEP_NANOS = 2_000_000;

    private final Ticks ticks = Ticks.system();
    private final Mailbox box = Mailbox.of(100_000, () -> {});
    private final RandomGenerator chance = new Random(5);
    private final Map<Integer, Gateway> gateways = new HashMap<>();
    private final List<LocalExchange> exchanges = new ArrayList<>();
    private final long[] fills = new long[2];
    private final long[] bought = new long[2];
    private final long[] fees = new long[2];
    private final List<String> wrong = new ArrayList<>();
    private final Desk desk = Desk.of(CONTRACTS, DeskTerms.usual("storm", 1_000_000), new Checked(), new Counted());
    private final DeskInbox inbox =
            new DeskInbox(desk, CONTRACTS, place -> gateway(place).snapshot(place));
    private long noiseNanos;
    private final Map<Refusal, Integer> refusals = new EnumMap<>(Refusal.class);
    private int quotes;
    private int cuts;

    /// Passes orders on, and looks at each.
    private final class Checked implements OrderSink {
        @Override
        public void place(
                long orderId,
                int contract,
                Side side,
                long priceTicks,
                long quantityLots,
                TimeInForce force,
                boolean reduceOnly) {
            if (force == TimeInForce.POST_ONLY) {
                look(orderId, contract);
            }
            gateway(contract).place(orderId, contract, side, priceTicks, quantityLots, force, reduceOnly);
        }

        private void look(long orderId, int contract) {
            quotes++;
            if (!desk.market(contract).valid()) {
                wrong.add("order " + orderId + " on a book that is not valid");
            }
        }

        @Override
        public void amend(long orderId, int contract, long priceTicks, long quantityLots) {
            look(orderId, contract);
            gateway(contract).amend(orderId, contract, priceTicks, quantityLots);
        }

        @Override
        public void cancel(long orderId, int contract) {
            gateway(contract).cancel(orderId, contract);
        }

        @Override
        public void cancelAll(int contract) {
            gateway(contract).cancelAll(contract);
        }

        @Override
        public void reconcile(int venue, long sinceNanos) {
            gateways.values().stream().filter(each -> each.venue() == venue).forEach(each -> each.reconcile(venue, 0));
        }
    }

    private final class Counted implements DeskSink {
        @Override
        public void refused(
                long nowNanos,
                int strategy,
                int contract,
                Intent intent,
                Side side,
                long priceTicks,
                long quantityLots,
                Refusal refusal) {
            refusals.merge(refusal, 1, Integer::sum);
        }

        @Override
        public void filled(
                long nowNanos,
                int strategy,
                int contract,
                long orderId,
                long tradeId,
                Side side,
                long priceTicks,
                long quantityLots,
                long fee,
                boolean maker,
                Intent intent) {
            fills[contract]++;
            bought[contract] += side.sign() * quantityLots;
            fees[contract] += fee;
        }
    }

    private Gateway gateway(int contract) {
        Gateway found = gateways.get(contract);
        if (found == null) {
            throw new IllegalStateException("no gateway yet for " + contract);
        }
        return found;
    }

    private static StrategyTerms strategy(String venue, String symbol, String size, String quantity, String position) {
        return StrategyTerms.read(
                ("{\"strategy\":{\"name\":\"storm_" + venue + "_v1.0\",\"quotes\":[{\"venue\":\"" + venue
                                + "\",\"symbol\":\"" + symbol
                                + "\"}],\"fair\":\"mid\",\"quoting\":{\"model\":\"glft\",\"gamma\":0.0001,"
                                + "\"arrival_a\":1.2,\"arrival_k\":0.5,\"size\":" + size + ",\"least_spread_bps\":2,"
                                + "\"most_spread_bps\":6,\"refresh\":\"5ms\",\"late\":\"10s\",\"stale\":\"10s\",\"amend\":true},"
                                + "\"volatility\":{\"sample\":\"100ms\",\"half_life\":\"1s\",\"warm\":2},"
                                + "\"limits\":{\"quantity\":" + quantity + ",\"position\":" + position
                                + ",\"collar_bps\":2000,\"orders_a_second\":5000}}}")
                        .getBytes(UTF_8));
    }

    private long millis() {
        return TimeUnit.NANOSECONDS.toMillis(ticks.epochNanos());
    }

    @Test
    void afterAStormTheDeskAndTheVenuesAgree() throws Exception {
        try (BinanceExchange binance = BinanceExchange.open(List.of(Fixtures.LINEAR), this::millis, new Random(3));
                DeribitExchange deribit =
                        DeribitExchange.open(List.of(Fixtures.PERPETUAL), this::millis, new Random(4))) {
            binance.account("desk", Fixtures.credentials());
            deribit.account("desk", Fixtures.credentials());
            exchanges.addAll(List.of(binance, deribit));
            LinkSettings link = Fixtures.link(Duration.ofSeconds(2));
            try (Gateway one = BinanceGateway.of(
                            BinanceSettings.at(binance.api(), binance.stream(), binance.rest())
                                    .timed(link, Duration.ofSeconds(30)),
                            Optional.of(Fixtures.credentials()),
                            CONTRACTS,
                            box,
                            ticks,
                            new Random(1));
                    Gateway two = DeribitGateway.of(
                            DeribitSettings.at(deribit.socket()).timed(link),
                            Optional.of(Fixtures.credentials()),
                            CONTRACTS,
                            box,
                            ticks,
                            new Random(2))) {
                gateways.put(0, one);
                gateways.put(1, two);
                storm();
            }
        }
    }

    private void storm() throws Exception {
        for (int i = 0; i < 2; i++) {
            Contract contract = CONTRACTS.get(i);
            for (int level = 10; level < 20; level++) {
                long away = level * contract.tick() * (i == 0 ? 10 : 2);
                exchanges.get(i).others(contract.symbol(), Side.BUY, MIDS[i] - away, 1000 * contract.step());
                exchanges.get(i).others(contract.symbol(), Side.SELL, MIDS[i] + away, 1000 * contract.step());
            }
        }
        gateways.values().forEach(Gateway::start);
        desk.strategy(ticks.epochNanos(), 0, strategy("binance", "BTCUSDT", "0.01", "0.05", "5"));
        desk.strategy(ticks.epochNanos(), 1, strategy("deribit", "BTC-PERPETUAL", "100", "500", "50000"));
        assertThat(until(() -> {
                    noise();
                    return exchanges.stream()
                            .noneMatch(each -> each.open("desk").isEmpty());
                }))
                .as(this::state)
                .isTrue();
        exchanges.forEach(each -> each.mischief()
                .storm(
                        text -> text.contains("\"data\":")
                                || text.contains("TRADE_UPDATE")
                                || text.contains("\"order\":{")
                                || text.contains("clientOrderId"),
                        0.03,
                        0.03,
                        0.03));
        int step = 0;
        for (long acted = 0; step < STEPS || (step < MOST_STEPS && !stormy()); turn()) {
            noise();
            if (System.nanoTime() - acted > STEP_NANOS) {
                acted = System.nanoTime();
                step++;
                act();
            }
        }
        exchanges.forEach(each -> each.mischief().calm());
        calm();
    }

    private boolean stormy() {
        return fills[0] + fills[1] > 6 && cuts > 2 && quotes > 20;
    }

    /// The loop goes round once.
    private int turn() {
        int done = box.drain(inbox, 1000);
        inbox.wake(ticks.epochNanos());
        return done;
    }

    /// Somebody far from the desk trades with somebody else, so that there is news.
    private void noise() {
        if (System.nanoTime() - noiseNanos > NOISE_NANOS) {
            noiseNanos = System.nanoTime();
            int i = chance.nextInt(2);
            Contract contract = CONTRACTS.get(i);
            Side side = chance.nextBoolean() ? Side.BUY : Side.SELL;
            long away = (5 + chance.nextLong(30)) * contract.tick() * (i == 0 ? 10 : 2);
            exchanges.get(i).others(contract.symbol(), side, MIDS[i] - side.sign() * away, contract.step());
        }
    }

    private boolean until(BooleanSupplier holds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < end) {
            turn();
            if (holds.getAsBoolean()) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    private void act() {
        int i = chance.nextInt(2);
        LocalExchange exchange = exchanges.get(i);
        Contract contract = CONTRACTS.get(i);
        Side side = chance.nextBoolean() ? Side.BUY : Side.SELL;
        switch (chance.nextInt(1000)) {
            case 0, 1 -> {
                cuts++;
                exchange.ofOrders().forEach(Loopback.Channel::cut);
            }
            case 2, 3 -> {
                cuts++;
                exchange.ofMarket().forEach(Loopback.Channel::cut);
            }
            case 4 -> {
                exchange.renumber(1000);
                exchange.fail(1);
            }
            case 5 ->
                exchange.ofOrders().forEach(channel -> channel.garbage(0x81, "{]".getBytes(StandardCharsets.UTF_8)));
            default -> {
                if (chance.nextInt(6) == 0) {
                    long limit = MIDS[i] + side.sign() * 60L * contract.tick() * (i == 0 ? 10 : 2);
                    exchange.take(contract.symbol(), side, limit, contract.step() * (1 + chance.nextInt(60)));
                }
            }
        }
    }

    private void calm() {
        assertThat(until(() -> gateways.values().stream()
                        .allMatch(each -> each.link().ready() && each.armed().verified())))
                .as(this::state)
                .isTrue();
        long[] asked = {0};
        assertThat(until(() -> {
                    if (System.nanoTime() - asked[0] > TimeUnit.MILLISECONDS.toNanos(300)) {
                        asked[0] = System.nanoTime();
                        gateways.values().forEach(each -> each.reconcile(each.venue(), 0));
                    }
                    return agree();
                }))
                .as(this::state)
                .isTrue();
        assertThat(wrong).isEmpty();
        assertThat(stormy()).as(this::state).isTrue();
        desk.quoting(ticks.epochNanos(), false, "test", "the storm is over");
        assertThat(until(() ->
                        exchanges.stream().allMatch(each -> each.open("desk").isEmpty())
                                && desk.orders().open() == 0
                                && agree()))
                .as(this::state)
                .isTrue();
    }

    private boolean agree() {
        Set<Long> ours = new TreeSet<>();
        Orders orders = desk.orders();
        for (int slot = orders.firstOpen(); slot != Orders.NONE; slot = orders.nextOpen(slot)) {
            ours.add(orders.id(slot));
        }
        Set<Long> theirs = new TreeSet<>();
        boolean same = true;
        for (int i = 0; i < 2; i++) {
            String symbol = CONTRACTS.get(i).symbol();
            exchanges.get(i).open("desk").forEach(order -> theirs.add(Numbers.order("t", order.label)));
            List<Matcher.Fill> made = exchanges.get(i).fills("desk");
            long paid = made.stream()
                    .mapToLong(fill -> fill.fee().movePointRight(8).longValueExact())
                    .sum();
            same &= made.size() == fills[i]
                    && paid == fees[i]
                    && bought[i] == exchanges.get(i).position("desk", symbol)
                    && desk.ledger().lots(desk.ledger().whole(), i) == bought[i];
        }
        return same && ours.equals(theirs);
    }

    private String state() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 2; i++) {
            String symbol = CONTRACTS.get(i).symbol();
            all.append(symbol)
                    .append(": ours " + fills[i] + " fills, " + bought[i] + ", fees " + fees[i])
                    .append("; theirs " + exchanges.get(i).fills("desk").size() + " fills, "
                            + exchanges.get(i).position("desk", symbol) + ", open "
                            + exchanges.get(i).open("desk").size())
                    .append("; pulled "
                            + desk.seats(i).stream().map(Seat::pulled).toList() + "; book "
                            + desk.market(i).book().state() + ", " + gateway(i).link() + "\n");
        }
        return all.append(quotes + " quotes, refused " + refusals + ", " + cuts + " cuts, "
                        + desk.orders().open() + " open with us; breaker " + desk.breaker() + "; " + inbox.notices())
                .toString();
    }
}
