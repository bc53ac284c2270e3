package dev.tranche.engine.venue;

import dev.tranche.market.Side;
import dev.tranche.market.order.TimeInForce;
import java.util.HashSet;
import java.util.Set;

/// What we must say again when an order is changed and the desk does not repeat: its side and its flags. A
/// table of open addressing over primitives that allocates only when it grows; thread-safe by a short lock.
final class SentOrders {
    static final int NONE = 0;
    private static final int KNOWN = 1;
    private static final int BUY = 2;
    private static final int POST_ONLY = 4;
    private static final int REDUCE_ONLY = 8;
    private static final int HEARD = 16;

    private long[] keys = new long[1024];
    private int[] flags = new int[1024];
    private int size;

    static int flags(Side side, TimeInForce force, boolean reduceOnly) {
        return KNOWN
                | (side == Side.BUY ? BUY : 0)
                | (force == TimeInForce.POST_ONLY ? POST_ONLY : 0)
                | (reduceOnly ? REDUCE_ONLY : 0);
    }

    static boolean buys(int flags) {
        return (flags & BUY) != 0;
    }

    static boolean postOnly(int flags) {
        return (flags & POST_ONLY) != 0;
    }

    static boolean reduceOnly(int flags) {
        return (flags & REDUCE_ONLY) != 0;
    }

    /// Whether the venue has said anything of it yet.
    static boolean heard(int flags) {
        return (flags & HEARD) != 0;
    }

    synchronized void put(long orderId, int value) {
        if (2 * (size + 1) > keys.length) {
            grow();
        }
        int at = place(orderId);
        size += flags[at] == NONE ? 1 : 0;
        keys[at] = orderId;
        flags[at] = value;
    }

    /// What is known of an order; [#NONE] when nothing is.
    synchronized int get(long orderId) {
        return flags[place(orderId)];
    }

    synchronized void heard(long orderId) {
        int at = place(orderId);
        if (flags[at] != NONE) {
            flags[at] |= HEARD;
        }
    }

    /// The connection is gone: what was sent on it is as good as heard, the truth decides over it.
    synchronized void allHeard() {
        for (int i = 0; i < flags.length; i++) {
            flags[i] |= flags[i] == NONE ? NONE : HEARD;
        }
    }

    /// The order is over.
    synchronized void remove(long orderId) {
        int gap = place(orderId);
        if (flags[gap] == NONE) {
            return;
        }
        size--;
        int mask = keys.length - 1;
        for (int at = (gap + 1) & mask; flags[at] != NONE; at = (at + 1) & mask) {
            int home = home(keys[at]);
            if (((at - home) & mask) >= ((at - gap) & mask)) {
                keys[gap] = keys[at];
                flags[gap] = flags[at];
                gap = at;
            }
        }
        flags[gap] = NONE;
    }

    /// The orders of which the venue has said something.
    synchronized Set<Long> heardOf() {
        Set<Long> all = new HashSet<>();
        for (int i = 0; i < keys.length; i++) {
            if ((flags[i] & HEARD) != 0) {
                all.add(keys[i]);
            }
        }
        return all;
    }

    /// The venue said which orders are open: those that it had heard of when it was asked and that are not among
    /// them are over.
    synchronized void retain(Set<Long> heardOf, Set<Long> open) {
        for (long key : heardOf) {
            if (!open.contains(key)) {
                remove(key);
            }
        }
    }

    synchronized int size() {
        return size;
    }

    private int home(long key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> 40) & (keys.length - 1);
    }

    private int place(long key) {
        int at = home(key);
        while (flags[at] != NONE && keys[at] != key) {
            at = (at + 1) & (keys.length - 1);
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldFlags = flags;
        keys = new long[2 * oldKeys.length];
        flags = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldFlags[i] != NONE) {
                int at = place(oldKeys[i]);
                keys[at] = oldKeys[i];
                flags[at] = oldFlags[i];
            }
        }
    }
}
