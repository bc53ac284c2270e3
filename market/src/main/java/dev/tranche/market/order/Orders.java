package dev.tranche.market.order;

import dev.tranche.market.Side;
import dev.tranche.market.account.Intent;
import java.util.Arrays;

/// The orders of a desk, each in a slot that was made beforehand: nothing is allocated by an order. A slot is
/// found by the order's id, kept after the order is over for as long as slots last, so that what is said late
/// still finds it, and used again then, the longest over first. One writer.
///
/// An id is `sequence * 256 + strategy`: whose an order is stays known when its slot is gone.
@SuppressWarnings("EnumOrdinal") // a place in an array of this process, never written down
public final class Orders {
    /// No slot.
    public static final int NONE = -1;

    private static final int OWNERS = 256;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final long[] ids;
    private final int[] contracts;
    private final boolean[] buys;
    private final long[] ticks;
    private final long[] lots;
    private final long[] askedTicks;
    private final long[] askedLots;
    private final long[] filled;
    private final long[] placedAt;
    private final long[] askedAt;
    private final long[] overAt;
    private final boolean[] acknowledged;
    private final boolean[] closing;
    private final OrderState[] states;
    private final Intent[] intents;
    private final int[] next;
    private final int[] previous;
    private final int[] table;
    private final int shift;
    private int free;
    private int openHead = NONE;
    private int openCount;
    private int overOldest = NONE;
    private int overNewest = NONE;
    private final long[] counts = new long[OrderState.values().length];

    private Orders(int capacity) {
        ids = new long[capacity];
        contracts = new int[capacity];
        buys = new boolean[capacity];
        ticks = new long[capacity];
        lots = new long[capacity];
        askedTicks = new long[capacity];
        askedLots = new long[capacity];
        filled = new long[capacity];
        placedAt = new long[capacity];
        askedAt = new long[capacity];
        overAt = new long[capacity];
        acknowledged = new boolean[capacity];
        closing = new boolean[capacity];
        states = new OrderState[capacity];
        Arrays.fill(states, OrderState.CANCELLED);
        intents = new Intent[capacity];
        Arrays.fill(intents, Intent.QUOTE);
        next = new int[capacity];
        previous = new int[capacity];
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(2 * capacity - 1);
        table = new int[1 << bits];
        Arrays.fill(table, NONE);
        shift = Long.SIZE - bits;
        for (int slot = 0; slot < capacity; slot++) {
            next[slot] = slot + 1 < capacity ? slot + 1 : NONE;
        }
    }

    /// @param capacity slots for orders, open and lately over, 2..1048576
    public static Orders of(int capacity) {
        if (capacity < 2 || capacity > 1 << 20) {
            throw new IllegalArgumentException("capacity must be within 2..1048576: " + capacity);
        }
        return new Orders(capacity);
    }

    /// The id of the `sequence`th order for a strategy 0..255.
    public static long id(long sequence, int strategy) {
        return sequence * OWNERS + strategy;
    }

    /// The strategy in an id.
    public static int strategy(long id) {
        return (int) (id % OWNERS);
    }

    /// The sequence in an id.
    public static long sequence(long id) {
        return id / OWNERS;
    }

    /// Takes a slot for an order that is about to be sent.
    ///
    /// @return [#NONE] when every slot holds an open order
    public int open(
            long nowNanos, long id, int contract, Side side, long priceTicks, long quantityLots, Intent intent) {
        int slot = free;
        if (slot == NONE) {
            slot = overOldest;
            if (slot == NONE) {
                return NONE;
            }
            unlinkOver(slot);
            forget(slot);
        } else {
            free = next[slot];
        }
        ids[slot] = id;
        contracts[slot] = contract;
        buys[slot] = side == Side.BUY;
        ticks[slot] = priceTicks;
        lots[slot] = quantityLots;
        askedTicks[slot] = priceTicks;
        askedLots[slot] = quantityLots;
        filled[slot] = 0;
        placedAt[slot] = nowNanos;
        askedAt[slot] = nowNanos;
        acknowledged[slot] = false;
        closing[slot] = false;
        states[slot] = OrderState.PENDING_NEW;
        intents[slot] = intent;
        remember(slot);
        linkOpen(slot);
        return slot;
    }

    /// The slot of an order; [#NONE] when it has none (any more).
    public int find(long id) {
        for (int at = (int) ((id * MIX) >>> shift); table[at] != NONE; at = (at + 1) & (table.length - 1)) {
            if (ids[table[at]] == id) {
                return table[at];
            }
        }
        return NONE;
    }

    /// Moves an order on.
    ///
    /// @return its state after it
    public OrderState on(int slot, OrderEvent event, long nowNanos) {
        OrderState before = states[slot];
        OrderState after = before.on(event);
        if (after != before) {
            states[slot] = after;
            counts[after.ordinal()]++;
            if (before.open() && !after.open()) {
                unlinkOpen(slot);
                overAt[slot] = nowNanos;
                linkOver(slot);
            } else if (!before.open() && after.open()) {
                unlinkOver(slot);
                linkOpen(slot);
            }
        }
        return after;
    }

    /// Another price and whole quantity were asked for.
    public void amendAsked(int slot, long nowNanos, long priceTicks, long quantityLots) {
        askedTicks[slot] = priceTicks;
        askedLots[slot] = quantityLots;
        askedAt[slot] = nowNanos;
        on(slot, OrderEvent.AMEND_ASKED, nowNanos);
    }

    /// Its cancel was asked for.
    public void cancelAsked(int slot, long nowNanos) {
        askedAt[slot] = nowNanos;
        on(slot, OrderEvent.CANCEL_ASKED, nowNanos);
    }

    /// The venue knows the order.
    public void acknowledge(int slot) {
        acknowledged[slot] = true;
    }

    /// It rests with this price and whole quantity, whatever was asked for.
    public void rests(int slot, long priceTicks, long quantityLots) {
        ticks[slot] = priceTicks;
        lots[slot] = quantityLots;
        askedTicks[slot] = priceTicks;
        askedLots[slot] = quantityLots;
        acknowledged[slot] = true;
    }

    /// What was asked for is not to be.
    public void asBefore(int slot) {
        askedTicks[slot] = ticks[slot];
        askedLots[slot] = lots[slot];
    }

    /// It is over with so much filled in all; what is not known of that counts as open until it is.
    public void endsAt(int slot, long filledLots) {
        lots[slot] = filledLots;
        askedLots[slot] = filledLots;
        closing[slot] = true;
    }

    /// A fill that counts.
    ///
    /// @return the event that it is
    public OrderEvent fill(int slot, long quantityLots) {
        filled[slot] += quantityLots;
        acknowledged[slot] = true;
        boolean all = filled[slot] >= Math.max(lots[slot], askedLots[slot]);
        return !all ? OrderEvent.PART_FILLED : closing[slot] ? OrderEvent.CANCELLED : OrderEvent.ALL_FILLED;
    }

    /// The first open order, the youngest; [#NONE] without any.
    public int firstOpen() {
        return openHead;
    }

    /// The open order after one.
    public int nextOpen(int slot) {
        return next[slot];
    }

    /// How many are open.
    public int open() {
        return openCount;
    }

    /// How often an order came into a state.
    public long count(OrderState state) {
        return counts[state.ordinal()];
    }

    public long id(int slot) {
        return ids[slot];
    }

    public int strategy(int slot) {
        return strategy(ids[slot]);
    }

    public int contract(int slot) {
        return contracts[slot];
    }

    public Side side(int slot) {
        return buys[slot] ? Side.BUY : Side.SELL;
    }

    public OrderState state(int slot) {
        return states[slot];
    }

    public Intent intent(int slot) {
        return intents[slot];
    }

    /// Price it rests at as far as is known.
    public long ticks(int slot) {
        return ticks[slot];
    }

    /// Whole quantity as far as is known.
    public long lots(int slot) {
        return lots[slot];
    }

    /// Price asked for last.
    public long askedTicks(int slot) {
        return askedTicks[slot];
    }

    /// Whole quantity asked for last.
    public long askedLots(int slot) {
        return askedLots[slot];
    }

    public long filled(int slot) {
        return filled[slot];
    }

    /// What may still be filled at worst.
    public long rest(int slot) {
        return Math.max(0, Math.max(lots[slot], askedLots[slot]) - filled[slot]);
    }

    /// When it was sent.
    public long placedAt(int slot) {
        return placedAt[slot];
    }

    /// When something was asked of the venue for it last.
    public long askedAt(int slot) {
        return askedAt[slot];
    }

    /// When it was over.
    public long overAt(int slot) {
        return overAt[slot];
    }

    /// Whether the venue ever showed that it knows it.
    public boolean acknowledged(int slot) {
        return acknowledged[slot];
    }

    /// Over all that is open, in the order of the list, and the counts.
    public long hash() {
        long hash = openCount;
        for (int slot = openHead; slot != NONE; slot = next[slot]) {
            hash = mixed(hash, ids[slot]);
            hash = mixed(hash, states[slot].ordinal());
            hash = mixed(hash, contracts[slot]);
            hash = mixed(hash, buys[slot] ? 1 : 0);
            hash = mixed(hash, ticks[slot]);
            hash = mixed(hash, lots[slot]);
            hash = mixed(hash, askedTicks[slot]);
            hash = mixed(hash, askedLots[slot]);
            hash = mixed(hash, filled[slot]);
            hash = mixed(hash, placedAt[slot]);
            hash = mixed(hash, askedAt[slot]);
            hash = mixed(hash, (acknowledged[slot] ? 1 : 0) + (closing[slot] ? 2 : 0));
        }
        for (int slot = overOldest; slot != NONE; slot = next[slot]) {
            hash = mixed(hash, ids[slot]);
            hash = mixed(hash, states[slot].ordinal());
            hash = mixed(hash, filled[slot]);
        }
        return hash;
    }

    private static long mixed(long hash, long value) {
        long h = (hash ^ value) * MIX;
        return h ^ (h >>> 29);
    }

    private void linkOpen(int slot) {
        previous[slot] = NONE;
        next[slot] = openHead;
        if (openHead != NONE) {
            previous[openHead] = slot;
        }
        openHead = slot;
        openCount++;
    }

    private void unlinkOpen(int slot) {
        if (previous[slot] == NONE) {
            openHead = next[slot];
        } else {
            next[previous[slot]] = next[slot];
        }
        if (next[slot] != NONE) {
            previous[next[slot]] = previous[slot];
        }
        openCount--;
    }

    private void linkOver(int slot) {
        previous[slot] = overNewest;
        next[slot] = NONE;
        if (overNewest == NONE) {
            overOldest = slot;
        } else {
            next[overNewest] = slot;
        }
        overNewest = slot;
    }

    private void unlinkOver(int slot) {
        if (previous[slot] == NONE) {
            overOldest = next[slot];
        } else {
            next[previous[slot]] = next[slot];
        }
        if (next[slot] == NONE) {
            overNewest = previous[slot];
        } else {
            previous[next[slot]] = previous[slot];
        }
    }

    private void remember(int slot) {
        int at = (int) ((ids[slot] * MIX) >>> shift);
        while (table[at] != NONE) {
            at = (at + 1) & (table.length - 1);
        }
        table[at] = slot;
    }

    /// Takes a slot out of the table and closes the gap, so that no search ends early.
    private void forget(int slot) {
        int mask = table.length - 1;
        int at = (int) ((ids[slot] * MIX) >>> shift);
        while (table[at] != slot) {
            at = (at + 1) & mask;
        }
        int gap = at;
        for (int look = (gap + 1) & mask; table[look] != NONE; look = (look + 1) & mask) {
            int home = (int) ((ids[table[look]] * MIX) >>> shift);
            if (((look - home) & mask) >= ((look - gap) & mask)) {
                table[gap] = table[look];
                gap = look;
            }
        }
        table[gap] = NONE;
    }
}
