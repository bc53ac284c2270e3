package dev.tranche.engine.trading.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.engine.trading.journal.Entry;
import dev.tranche.engine.trading.journal.TradingJournal;
import dev.tranche.engine.venue.Armed;
import dev.tranche.engine.venue.Gateway;
import dev.tranche.engine.venue.Link;
import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.order.OrderReports;
import dev.tranche.market.order.OrderSink;
import dev.tranche.market.order.TimeInForce;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TradingLoopTest {
    private static final long SECOND = 1_000_000_000L;
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final Contracts ONE = Contracts.of(List.of(new Contract(
            new Instrument("BTCUSDT", 1, 3), "binance", new Terms.Linear("BTC", "USDT", true), 1, 1, 1, Fees.NONE)));

    @TempDir
    private Path folder = Path.of("");

    /// Writes down what is asked of it.
    private static class Asked implements Gateway {
        final List<String> words = new CopyOnWriteArrayList<>();

        @Override
        public int venue() {
            return 0;
        }

        @Override
        public void start() {}

        @Override
        public void arm() {}

        @Override
        public Armed armed() {
            return Armed.not("a test");
        }

        @Override
        public Link link() {
            return new Link(Link.State.READY, Link.State.READY, "a test");
        }

        @Override
        public void snapshot(int contract) {
            words.add("snapshot");
        }

        @Override
        public void resetProtection() {}

        @Override
        public void close() {}

        @Override
        public void place(
                long id, int contract, Side side, long ticks, long lots, TimeInForce force, boolean reduceOnly) {
            words.add("place " + id);
        }

        @Override
        public void amend(long orderId, int contract, long priceTicks, long quantityLots) {
            words.add("amend " + orderId);
        }

        @Override
        public void cancel(long orderId, int contract) {
            words.add("cancel " + orderId);
        }

        @Override
        public void cancelAll(int contract) {
            words.add("cancel all");
        }

        @Override
        public void reconcile(int venue, long sinceNanos) {
            words.add("reconcile");
        }
    }

    /// Places an order at each message, and has a defect at its second tick.
    private static final class Defective implements Machine {
        private final List<OrderSink> out = new ArrayList<>();
        private int ticks;
        private long orders;

        @Override
        public void apply(Entry entry, long now, byte[] bytes, int from, int to) {
            if (entry == Entry.TICK && ++ticks == 2) {
                throw new IllegalStateException("a defect");
            }
            if (entry == Entry.MARKET) {
                out.getFirst().place(++orders, 0, Side.BUY, 1, 1, TimeInForce.POST_ONLY, false);
            }
        }

        @Override
        public long hash() {
            return 0;
        }
    }

    /// The time of what was heard, and no other.
    private static final class Heard implements LoopClock {
        @Override
        public long heard(long received) {
            return received;
        }

        @Override
        public long now() {
            return 0;
        }

        @Override
        public void ended() {}
    }

    /// Counts down when the end of what was put in is reached.
    private record Watching(CountDownLatch looks) implements TradingLoop.Witness {
        @Override
        public void before(long now) {}

        @Override
        public void look(long now) {
            looks.countDown();
        }

        @Override
        public void answered(Entry entry, byte[] bytes, int from, int to, String refusal) {}
    }

    private record Deaf() implements RingInbox.Aside {
        @Override
        public void protection(int venue, boolean triggered) {}

        @Override
        public void notice(int venue, String text) {}
    }

    @Test
    void aDeskThatFailedAtATickDoesNotActOnTheInputThatTheTickCameBefore() throws IOException, InterruptedException {
        Asked venue = new Asked();
        Defective machine = new Defective();
        Ticks ticks = Ticks.system();
        Rings rings = Rings.of(1 << 16, 1, ticks, new Deaf());
        CountDownLatch looks = new CountDownLatch(3);
        try (TradingJournal journal = TradingJournal.open(folder, LogSettings.of(Durability.WRITTEN));
                TradingLoop loop = TradingLoop.of(
                        machine,
                        journal,
                        rings,
                        Router.of(ONE, List.of(venue)),
                        new Heard(),
                        ticks,
                        new TradingLoop.Terms(
                                IdlePolicy.PARK, Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofMillis(1)),
                        new Watching(looks))) {
            machine.out.add(loop.orders());
            for (int second = 1; second <= 5; second++) {
                rings.inbox().market(10 * SECOND + second * SECOND, 0, MESSAGE, 0, MESSAGE.length);
            }
            loop.start(10 * SECOND, 0, false);
            while (!rings.ring().isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(looks.await(20, TimeUnit.SECONDS)).isTrue();

            assertThat(loop.failure()).hasMessage("a defect");
            assertThat(venue.words).startsWith("place 1", "cancel all", "reconcile");
            assertThat(venue.words).containsOnlyOnce("place 1").doesNotContain("place 2");
        }
    }

    /// Loses the first cancels on their way, and tells the truth when it is asked, if it can be heard at all.
    private static final class Losing extends Asked {
        final List<OrderReports> said = new ArrayList<>();
        final CountDownLatch closed = new CountDownLatch(1);
        private final boolean heard;
        private int lost;
        private boolean stands = true;

        Losing(boolean heard, int lost) {
            this.heard = heard;
            this.lost = lost;
        }

        @Override
        public void cancelAll(int contract) {
            super.cancelAll(contract);
            stands &= lost-- > 0;
        }

        @Override
        public void reconcile(int venue, long sinceNanos) {
            super.reconcile(venue, sinceNanos);
            if (heard) {
                OrderReports to = said.getFirst();
                to.truth(sinceNanos, 0, sinceNanos);
                if (stands) {
                    to.openOrder(sinceNanos, 1, 0, Side.BUY, 1, 1, 0);
                }
                to.truthEnds(sinceNanos, 0);
            }
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    /// The machine's clocks, a hundred times as fast.
    private record Fast() implements Ticks {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public long nanos() {
            return System.nanoTime() * 100;
        }
    }

    private void failing(Losing venue, String words) throws IOException {
        Defective machine = new Defective();
        Ticks ticks = new Fast();
        Rings rings = Rings.of(1 << 16, 1, ticks, new Deaf());
        venue.said.add(rings.inbox());
        try (TradingJournal journal = TradingJournal.open(folder, LogSettings.of(Durability.WRITTEN));
                TradingLoop loop = TradingLoop.of(
                        machine,
                        journal,
                        rings,
                        Router.of(ONE, List.of(venue)),
                        new Heard(),
                        ticks,
                        new TradingLoop.Terms(
                                IdlePolicy.PARK, Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofMillis(1)),
                        new Watching(new CountDownLatch(1)))) {
            machine.out.add(loop.orders());
            assertThat(loop.takenBack()).isEmpty();
            for (int second = 1; second <= 3; second++) {
                rings.inbox().market(10 * SECOND + second * SECOND, 0, MESSAGE, 0, MESSAGE.length);
            }
            loop.start(10 * SECOND, 0, false);
            long patience = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (!loop.takenBack().contains(words)) {
                assertThat(System.nanoTime()).as(loop.takenBack()).isLessThan(patience);
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void ordersOfADeskThatFailedAreTakenBackAgainUntilTheVenueHasNone() throws IOException {
        Losing venue = new Losing(true, 3);
        failing(venue, "have none of its orders");

        assertThat(venue.stands).isFalse();
        assertThat(venue.words.stream().filter("cancel all"::equals))
                .as("three lost, one, and one that makes sure")
                .hasSizeGreaterThanOrEqualTo(5);
        assertThat(venue.closed.getCount()).isEqualTo(1);
    }

    @Test
    void whereNoTruthIsHeardTheLinesAreCut() throws IOException, InterruptedException {
        Losing venue = new Losing(false, Integer.MAX_VALUE);
        failing(venue, "the lines are cut");

        assertThat(venue.closed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(venue.words.stream().filter("cancel all"::equals)).hasSizeGreaterThan(5);
    }

    @Test
    void aMessageThatNoRingHoldsIsLostAndDoesNotHoldUpTheRecording() {
        Rings rings = Rings.of(1 << 12, 1, Ticks.system(), new Deaf());
        byte[] whole = new byte[rings.ring().longest()];

        assertThat(rings.inbox().patiently(SECOND, 0, whole, 0, whole.length, () -> {
                    throw new AssertionError("there never will be room");
                }))
                .isTrue();

        assertThat(rings.inbox().lost()).isEqualTo(1);
        List<Entry> heard = new ArrayList<>();
        assertThat(rings.ring().poll((type, _, _, _, _, _) -> heard.add(Entry.of(type))))
                .isTrue();
        assertThat(heard).containsExactly(Entry.LOST);
    }
}
