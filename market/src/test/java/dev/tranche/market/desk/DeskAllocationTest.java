package dev.tranche.market.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tranche.market.Side;
import dev.tranche.market.order.OrderSink;
import dev.tranche.market.order.TimeInForce;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/// Market data, quotes, checks, acknowledgements and fills allocate nothing, however long the desk runs.
class DeskAllocationTest {
    private static final int WARM = 150_000;
    private static final int EVENTS = 100_000;
    /// The breaker's reading once a second of the desk's time, and what looking at the counter costs.
    private static final double MOST_BYTES_AN_EVENT = 4;

    /// A venue that answers everything as asked, one thing after the other, from a ring of numbers.
    private static final class Obliging implements OrderSink {
        private static final int ROOM = 1 << 12;
        private final long[] asked = new long[ROOM];
        private final long[] ticks = new long[ROOM];
        private final long[] lots = new long[ROOM];
        private final int[] kinds = new int[ROOM];
        private final boolean[] buys = new boolean[ROOM];
        private int head;
        private int tail;
        private long trades;
        long placed;
        long filled;

        private void add(int kind, long id, long at, long quantity, boolean buy) {
            kinds[tail % ROOM] = kind;
            asked[tail % ROOM] = id;
            ticks[tail % ROOM] = at;
            lots[tail % ROOM] = quantity;
            buys[tail % ROOM] = buy;
            tail++;
        }

        void answer(Desk desk, long now) {
            while (head != tail) {
                int at = head++ % ROOM;
                long id = asked[at];
                switch (kinds[at]) {
                    case 0 -> {
                        desk.accepted(now, id, 0);
                        if (placed % 16 == 0) {
                            filled++;
                            Side side = buys[at] ? Side.BUY : Side.SELL;
                            desk.filled(now, id, 0, ++trades, side, ticks[at], lots[at], 7, true);
                        }
                    }
                    case 1 -> desk.amended(now, id, 0, ticks[at], lots[at]);
                    default -> {
                        int slot = desk.orders().find(id);
                        desk.cancelled(now, id, 0, slot < 0 ? 0 : desk.orders().filled(slot));
                    }
                }
            }
        }

        @Override
        public void place(long id, int contract, Side side, long at, long quantity, TimeInForce force, boolean reduce) {
            placed++;
            add(0, id, at, quantity, side == Side.BUY);
        }

        @Override
        public void amend(long id, int contract, long at, long quantity) {
            add(1, id, at, quantity, false);
        }

        @Override
        public void cancel(long id, int contract) {
            add(2, id, 0, 0, false);
        }

        @Override
        public void cancelAll(int contract) {}

        @Override
        public void reconcile(int venue, long since) {}
    }

    @Test
    void aLongDayAllocatesNothing() {
        Obliging venue = new Obliging();
        Desk desk = Desk.of(DeskStage.TWO, DeskTerms.usual("btc_mm", 100_000), venue, DeskSink.NONE);
        long start = 1_700_000_000L * DeskStage.SECOND;
        StrategyTerms amends = StrategyTermsTest.read(DeskStage.json(",\"amend\":true,\"levels\":2", ""));
        StrategyTerms replaces = StrategyTermsTest.read(DeskStage.json("", "").replace("glft_v1.0", "other_v1.0"));
        desk.strategy(start, 0, amends);
        desk.strategy(start, 1, replaces);
        desk.connected(start, 0);
        desk.truth(start, 0, start);
        desk.truthEnds(start, 0);
        run(desk, venue, start, 0, WARM);
        long placed = venue.placed;
        long filled = venue.filled;
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = thread.getCurrentThreadAllocatedBytes();
        run(desk, venue, start, WARM, EVENTS);
        double each = (double) (thread.getCurrentThreadAllocatedBytes() - before) / EVENTS;

        assertThat(venue.placed - placed).isGreaterThan(1_000);
        assertThat(venue.filled - filled).isGreaterThan(50);
        assertThat(each).isLessThan(MOST_BYTES_AN_EVENT);
    }

    private static void run(Desk desk, Obliging venue, long start, int from, int count) {
        for (int i = from; i < from + count; i++) {
            long now = start + (i + 1L) * DeskStage.MILLI;
            long wave = Math.round(300 * Math.sin(i / 700.0) + 40 * Math.sin(i / 31.0));
            desk.time(now);
            venue.answer(desk, now);
            if (i % 7 == 0) {
                desk.market(0).trade(now / DeskStage.MILLI, now, i + 1, 600_000 + wave, 5, Side.BUY);
            } else {
                desk.market(0).top(now / DeskStage.MILLI, now, i + 1, 600_000 + wave, 500, 600_010 + wave, 400);
            }
            if (i % 100 == 0) {
                desk.market(1).top(now / DeskStage.MILLI, now, i + 1, 30_000, 500, 30_001, 400);
            }
            venue.answer(desk, now);
        }
    }
}
