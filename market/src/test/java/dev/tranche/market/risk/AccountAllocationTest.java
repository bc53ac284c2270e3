package dev.tranche.market.risk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tranche.market.Side;
import dev.tranche.market.account.Booking;
import dev.tranche.market.account.Intent;
import dev.tranche.market.account.Ledger;
import dev.tranche.market.account.Listed;
import dev.tranche.market.account.Part;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Orders are checked and fills booked without allocation, the memory of fills rolling over included.
class AccountAllocationTest {
    private static final int WARM = 20_000;
    private static final int ROUNDS = 50_000;
    /// What looking at the counter costs, and nothing a round.
    private static final long LOOKING = 4_096;

    private final Ledger ledger = Ledger.of(Listed.ALL, 4, 1_024, Duration.ofMillis(1));
    private final PreTrade gate = PreTrade.of(Listed.ALL, ledger, 64, limits());
    private long now;
    private long id;
    private int passed;
    private int booked;
    private double read;

    private static OrderLimits limits() {
        return new OrderLimits(
                10,
                1e6,
                100,
                1e7,
                0.02,
                0,
                100,
                1,
                1e6,
                10_000,
                100_000,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofMillis(1));
    }

    private void round() {
        now += 1_000_000;
        id++;
        int strategy = (int) (id % 4);
        Side side = id / 4 % 2 == 0 ? Side.BUY : Side.SELL;
        long mid = 60_000_00 + id % 100;
        gate.reference(now, Listed.BTCUSDT, mid);
        ledger.mark(now, Listed.BTCUSDT, mid);
        long ticks = mid - 50L * side.sign();
        if (gate.check(now, id, strategy, Listed.BTCUSDT, side, ticks, 10, Activity.MARKET_MAKING) == Refusal.NONE) {
            passed++;
            gate.checkAmend(now, id, ticks - side.sign(), 8, Activity.MARKET_MAKING);
            gate.amended(id, ticks - side.sign(), 8);
            Booking booking =
                    ledger.fill(now, strategy, Listed.BTCUSDT, id, side, ticks - side.sign(), 8, 7, Intent.QUOTE);
            booked += booking == Booking.BOOKED ? 1 : 0;
            gate.filled(now, id, strategy, 8);
            gate.closed(id);
        }
        if (id % 100 == 0) {
            ledger.correct(now, Listed.BTCUSDT, id - 3, ticks, 9, 7);
            ledger.funding(Listed.BTCUSDT, id, 100);
        }
        read += ledger.usd(Part.TOTAL, ledger.whole()) + gate.delta(ledger.whole(), "BTC");
    }

    @Test
    void aRoundOfAnOrderAllocatesNothing() {
        ledger.index(ledger.currencies().indexOf("USDT"), 1);
        for (int strategy = 0; strategy < 4; strategy++) {
            gate.limits(strategy, limits());
        }
        for (int i = 0; i < WARM; i++) {
            round();
        }
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            round();
        }
        long allocated = thread.getCurrentThreadAllocatedBytes() - before;
        assertThat(passed).isEqualTo(WARM + ROUNDS);
        assertThat(booked).isEqualTo(WARM + ROUNDS);
        assertThat(read).isNotNaN();
        assertThat(allocated).isLessThan(LOOKING);
    }
}
