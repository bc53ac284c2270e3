package dev.tranche.market.desk;

import dev.tranche.market.Side;
import dev.tranche.market.order.OrderReports;
import dev.tranche.market.order.Rejection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Between a venue and a desk: what is said gets lost, is said twice, or comes later than what came after it.
/// The answer to a question for the truth is lost whole or not at all. It also keeps what the venue really
/// did.
final class Chaos implements OrderReports {
    /// Something said that is still under way.
    private record Late(int turns, Runnable said) {}

    private final OrderReports out;
    private final RandomGenerator chance;
    private final List<Late> late = new ArrayList<>();
    private final Map<Long, Long> trades = new HashMap<>();
    final long[] positions = new long[2];
    boolean lossy;
    boolean connected = true;
    private boolean truth;
    private boolean truthLost;
    long now;

    Chaos(OrderReports out, RandomGenerator chance) {
        this.out = out;
        this.chance = chance;
    }

    /// Time passes for what is under way.
    void turn() {
        List<Late> due = new ArrayList<>(late);
        late.clear();
        for (Late each : due) {
            if (each.turns == 0 || !lossy) {
                each.said.run();
            } else {
                late.add(new Late(each.turns - 1, each.said));
            }
        }
    }

    private void pass(Runnable said) {
        if (!connected) {
            return;
        }
        if (truth) {
            if (!truthLost) {
                said.run();
            }
            return;
        }
        int luck = lossy ? chance.nextInt(20) : 19;
        if (luck == 0) {
            return;
        }
        if (luck == 1) {
            late.add(new Late(chance.nextInt(1, 30), said));
            return;
        }
        said.run();
        if (luck == 2) {
            late.add(new Late(chance.nextInt(1, 30), said));
        }
    }

    @Override
    public void accepted(long at, long orderId, int contract) {
        pass(() -> out.accepted(now, orderId, contract));
    }

    @Override
    public void rejected(long at, long orderId, int contract, Rejection why) {
        pass(() -> out.rejected(now, orderId, contract, why));
    }

    @Override
    public void amended(long at, long orderId, int contract, long ticks, long lots) {
        pass(() -> out.amended(now, orderId, contract, ticks, lots));
    }

    @Override
    public void amendRefused(long at, long orderId, int contract, Rejection why) {
        pass(() -> out.amendRefused(now, orderId, contract, why));
    }

    @Override
    public void cancelRefused(long at, long orderId, int contract, Rejection why) {
        pass(() -> out.cancelRefused(now, orderId, contract, why));
    }

    @Override
    public void cancelled(long at, long orderId, int contract, long filled) {
        pass(() -> out.cancelled(now, orderId, contract, filled));
    }

    @Override
    public void filled(
            long at, long id, int contract, long trade, Side side, long ticks, long lots, long fee, boolean maker) {
        if (trades.put(contract + 2 * trade, lots) == null) {
            positions[contract] += side.sign() * lots;
        }
        pass(() -> out.filled(now, id, contract, trade, side, ticks, lots, fee, maker));
    }

    @Override
    public void corrected(long at, int contract, long trade, long ticks, long lots, long fee) {
        pass(() -> out.corrected(now, contract, trade, ticks, lots, fee));
    }

    @Override
    public void funding(long at, int contract, long due, long paid) {
        pass(() -> out.funding(now, contract, due, paid));
    }

    @Override
    public void settled(long at, int contract, long ticks) {
        pass(() -> out.settled(now, contract, ticks));
    }

    @Override
    public void connected(long at, int venue) {
        out.connected(now, venue);
    }

    @Override
    public void disconnected(long at, int venue) {
        late.clear();
        out.disconnected(now, venue);
    }

    @Override
    public void truth(long at, int venue, long asOf) {
        truth = true;
        truthLost = lossy && chance.nextInt(4) == 0;
        pass(() -> out.truth(now, venue, asOf));
    }

    @Override
    public void openOrder(long at, long id, int contract, Side side, long ticks, long lots, long filled) {
        pass(() -> out.openOrder(now, id, contract, side, ticks, lots, filled));
    }

    @Override
    public void position(long at, int contract, long lots) {
        pass(() -> out.position(now, contract, lots));
    }

    @Override
    public void truthEnds(long at, int venue) {
        pass(() -> out.truthEnds(now, venue));
        truth = false;
    }
}
