package dev.tranche.market.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Bar;
import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import dev.tranche.market.feed.BarSink;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.MarketSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderFlowTest {
    private static final Instrument COIN = new Instrument("COIN", 1, 0);
    private static final long UNKNOWN = MarketSink.UNKNOWN;

    private final List<Bar> bars = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final OrderFlow flow = OrderFlow.of(
            COIN,
            OrderFlow.Source.BOOK,
            1_000,
            BarSink.of(bars::add),
            (fault, at, heard, found, expected) -> told.add(at + " " + fault.describe(found, expected)));

    @Test
    void tradesAndBooksBecomeBars() {
        snapshot(900, 10);
        buy(1_000, 5);
        change(1_500, 11, 12, 10, Side.BUY, 100, 9);
        buy(2_000, 3);
        change(2_000, 13, 14, 12, Side.BUY, 100, 7);

        assertThat(bars).containsExactly(new Bar(1_000, 2_000, 10, 10, 10, 10, 5, 5, .4 * 8));
        assertThat(flow.delta().lots()).isEqualTo(8);
    }

    @Test
    void aBookThatBreaksBeginsEverythingAnew() {
        snapshot(900, 10);
        buy(1_000, 5);
        change(1_500, 11, 12, 10, Side.BUY, 100, 9);
        change(1_600, 15, 16, 14, Side.BUY, 100, 1);
        buy(2_000, 3);
        snapshot(2_100, 16);
        buy(3_000, 4);
        change(3_100, 17, 18, 16, Side.BUY, 100, 2);
        change(4_100, 19, 20, 18, Side.BUY, 100, 3);
        buy(4_000, 4);

        assertThat(told).containsExactly("1600 depth update continues 14, the book stands at 12");
        assertThat(flow.faults().seen()).isEqualTo(Map.of(Fault.SEQUENCE_BREAK, 1L));
        assertThat(bars).extracting(Bar::openMillis).containsExactly(2_000L, 3_000L);
        assertThat(bars).extracting(Bar::orderFlowImbalance).containsExactly(Double.NaN, .4);
        assertThat(flow.delta().lots()).isEqualTo(11);
    }

    @Test
    void aCrossedBookAndAnOldSnapshotAreNamedOnce() {
        change(900, 20, 25, 19, Side.BUY, 98, 1);
        snapshot(950, 10);
        change(960, 26, 27, 25, Side.BUY, 98, 2);
        assertThat(flow.faults().seen()).isEqualTo(Map.of(Fault.OLD_SNAPSHOT, 1L));
        snapshot(970, 27);
        change(980, 28, 29, 27, Side.BUY, 200, 1);
        change(990, 30, 31, 29, Side.BUY, 99, 1);
        assertThat(flow.faults().seen()).isEqualTo(Map.of(Fault.OLD_SNAPSHOT, 1L, Fault.CROSSED_BOOK, 1L));
        assertThat(flow.book().valid()).isFalse();
    }

    @Test
    void faultsFoundBeforeAreCountedAndOnlySomeOfThemReset() {
        buy(1_000, 5);
        flow.fault(Fault.DUPLICATE, 1_001, UNKNOWN, 1, 1);
        assertThat(flow.delta().lots()).isEqualTo(5);
        flow.fault(Fault.GAP, 1_002, UNKNOWN, 3, 2);
        assertThat(flow.delta().lots()).isZero();
        assertThat(flow.faults().seen()).isEqualTo(Map.of(Fault.DUPLICATE, 1L, Fault.GAP, 1L));
    }

    @Test
    void aTradeOfAClosedBarIsNamedAndNotUsed() {
        buy(1_000, 5);
        flow.advance(2_500);
        buy(1_900, 7);

        assertThat(told).containsExactly("1900 event time 1900 lies before the open bar's start 2000");
        assertThat(flow.delta().lots()).isEqualTo(5);
    }

    @Test
    void withTheTopAsSourceNoBookIsKept() {
        OrderFlow top = OrderFlow.of(
                COIN, OrderFlow.Source.TOP, 1_000, BarSink.of(bars::add), (fault, at, heard, found, expected) -> {});
        top.top(900, UNKNOWN, 1, 100, 5, 101, 5);
        top.trade(1_000, UNKNOWN, 1, 100, 5, Side.SELL);
        top.top(UNKNOWN, UNKNOWN, 2, 100, 9, 101, 5);
        top.depth(1_100, UNKNOWN, 5, 6, 4);
        top.level(Side.BUY, 1, 1);
        top.end();
        top.trade(2_000, UNKNOWN, 2, 100, 5, Side.SELL);
        top.top(2_000, UNKNOWN, 3, 100, 9, 101, 5);

        assertThat(bars).containsExactly(new Bar(1_000, 2_000, 10, 10, 10, 10, 5, 0, 4));
        assertThat(top.book().lastId()).isEqualTo(UNKNOWN);
    }

    @Test
    void booksHeardBeforeAnyTimeBelongToNoBar() {
        snapshot(UNKNOWN, 10);
        change(1_723_161_256_299L, 11, 12, 10, Side.BUY, 100, 9);
        buy(1_723_161_256_300L, 5);
        buy(1_723_161_258_300L, 5);

        assertThat(bars).isEmpty();
    }

    @Test
    void afterARestartAtAnEarlierTimeItGoesOn() {
        buy(1_000_000, 5);
        buy(1_001_000, 5);
        flow.fault(Fault.RESTART, 500_000, UNKNOWN, 1, 2);
        buy(500_000, 5);

        assertThat(flow.delta().lots()).isEqualTo(5);
        assertThat(bars).hasSize(1);
    }

    private void buy(long at, long lots) {
        flow.trade(at, UNKNOWN, UNKNOWN, 100, lots, Side.BUY);
    }

    private void snapshot(long at, long id) {
        flow.snapshot(at, UNKNOWN, id);
        flow.level(Side.BUY, 100, 1);
        flow.level(Side.SELL, 101, 1);
        flow.end();
    }

    private void change(long at, long first, long last, long previous, Side side, long ticks, long lots) {
        flow.depth(at, UNKNOWN, first, last, previous);
        flow.level(side, ticks, lots);
        flow.end();
    }
}
