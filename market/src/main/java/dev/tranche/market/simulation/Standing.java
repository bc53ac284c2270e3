package dev.tranche.market.simulation;

import dev.tranche.market.Side;
import java.util.Arrays;

/// Our orders on one side, best price first, earlier first at one price.
final class Standing {
    private final Side side;
    private Resting[] orders = new Resting[16];
    private int size;

    Standing(Side side) {
        this.side = side;
    }

    int size() {
        return size;
    }

    Resting get(int place) {
        return orders[place];
    }

    void add(Resting order) {
        if (size == orders.length) {
            orders = Arrays.copyOf(orders, 2 * size);
        }
        int at = size;
        while (at > 0 && better(order.ticks, orders[at - 1].ticks)) {
            orders[at] = orders[at - 1];
            at--;
        }
        orders[at] = order;
        size++;
    }

    /// @return whether it stood here
    boolean remove(Resting order) {
        for (int at = 0; at < size; at++) {
            if (orders[at] == order) {
                System.arraycopy(orders, at + 1, orders, at, --size - at);
                return true;
            }
        }
        return false;
    }

    boolean better(long ticks, long than) {
        return side.sign() * (ticks - than) > 0;
    }

    /// The first at a price; the size where there is none.
    int first(long ticks) {
        int at = 0;
        while (at < size && better(orders[at].ticks, ticks)) {
            at++;
        }
        return at < size && orders[at].ticks == ticks ? at : size;
    }

    /// Others show so much at the price of the order at a place, which is our first there. Whoever came later
    /// never gets before whoever came earlier.
    ///
    /// @return the place of the first order at another price
    int said(int first, long now, long lots, QueueModel queue) {
        long ticks = orders[first].ticks;
        int at = first;
        double least = 0;
        for (; at < size && orders[at].ticks == ticks; at++) {
            orders[at].said(now, lots, queue);
            least = Math.max(least, orders[at].ahead);
            orders[at].ahead = least;
        }
        return at;
    }
}
