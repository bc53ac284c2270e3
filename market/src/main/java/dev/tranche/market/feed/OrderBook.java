package dev.tranche.market.feed;

import dev.tranche.market.Side;

/// An order book kept from a snapshot and the changes after it, as Binance asks for: a change that the
/// snapshot already holds is skipped, the first one after it must reach back to it, each later one must
/// continue the one before (futures: its `pu` is the last `u`; spot: its `U` is at most the last `u` + 1).
/// Anything else, and a best bid at or above the best ask, makes the book invalid until another snapshot;
/// changes heard meanwhile are kept (within bounds) and applied after it. Sources: Binance "How to manage a
/// local order book correctly", spot and USD-M futures.
///
/// A change costs a binary search and a short copy for each of its levels; memory is bounded by the capacity.
/// Hot: `tranche bench divergence`. One writer.
public final class OrderBook {
    private static final int SMALLEST = 16;
    private static final int LARGEST = 1 << 16;

    private enum Mode {
        NOTHING,
        SNAPSHOT,
        APPLY,
        KEEP,
        SKIP
    }

    private final Ladder bids;
    private final Ladder asks;
    private final PendingChanges pending = new PendingChanges();
    private BookState state = BookState.AWAITING_SNAPSHOT;
    private Mode mode = Mode.NOTHING;
    private boolean bridged;
    private long lastId = MarketSink.UNKNOWN;
    private long nextId;
    private long found;
    private long expected;

    private OrderBook(int capacity) {
        this.bids = new Ladder(1, capacity);
        this.asks = new Ladder(-1, capacity);
    }

    /// @param capacity levels held a side, 16..65536; those farthest from the best are forgotten for
    ///     nearer ones
    public static OrderBook of(int capacity) {
        if (capacity < SMALLEST || capacity > LARGEST) {
            throw new IllegalArgumentException("capacity must be within 16..65536 levels: " + capacity);
        }
        return new OrderBook(capacity);
    }

    /// Begins a whole book; [#level] and [#end] follow. One older than the book that stands is skipped.
    public void snapshot(long last) {
        if (valid() && last < lastId) {
            mode = Mode.SKIP;
            return;
        }
        mode = Mode.SNAPSHOT;
        nextId = last;
        bids.clear();
        asks.clear();
    }

    /// Begins a change; [#level] and [#end] follow. Ids as in [MarketSink#depth].
    public void depth(long first, long last, long previous) {
        if (valid()) {
            change(first, last, previous);
        } else {
            keep(first, last, previous);
        }
    }

    /// One level of what was begun last; a quantity of 0 removes it.
    public void level(Side side, long priceTicks, long quantityLots) {
        switch (mode) {
            case SNAPSHOT, APPLY -> (side == Side.BUY ? bids : asks).set(priceTicks, quantityLots);
            case KEEP -> pending.level(side, priceTicks, quantityLots);
            case SKIP, NOTHING -> {}
        }
    }

    /// Ends what was begun last.
    ///
    /// @return the state after it
    public BookState end() {
        if (mode == Mode.SNAPSHOT) {
            state = BookState.VALID;
            lastId = nextId;
            bridged = false;
            mode = Mode.NOTHING;
            check();
            pending.replay(this);
            if (state != BookState.OLD_SNAPSHOT) {
                pending.clear();
            }
        } else {
            close();
        }
        return state;
    }

    /// Makes the book invalid until a snapshot, for a reason known outside; changes kept for one are
    /// forgotten.
    public void invalidate() {
        state = BookState.INVALIDATED;
        mode = Mode.NOTHING;
        pending.clear();
    }

    public BookState state() {
        return state;
    }

    public boolean valid() {
        return state == BookState.VALID;
    }

    /// The last update that the book holds; [MarketSink#UNKNOWN] before the first snapshot.
    public long lastId() {
        return lastId;
    }

    /// Levels of one side.
    public int levels(Side side) {
        return side == Side.BUY ? bids.size() : asks.size();
    }

    /// Price of a bid level in ticks, 0 = the best; 0 when there is no such level.
    public long bidTicks(int level) {
        return bids.ticks(level);
    }

    /// Quantity of a bid level in lots; 0 when there is no such level.
    public long bidLots(int level) {
        return bids.lots(level);
    }

    /// Price of an ask level in ticks, 0 = the best; 0 when there is no such level.
    public long askTicks(int level) {
        return asks.ticks(level);
    }

    /// Quantity of an ask level in lots; 0 when there is no such level.
    public long askLots(int level) {
        return asks.lots(level);
    }

    /// What rests on a side at a price, in lots; 0 when no such level is held.
    public long lots(Side side, long priceTicks) {
        return (side == Side.BUY ? bids : asks).at(priceTicks);
    }

    /// The number that made the book invalid: an update id, or the best bid in ticks.
    public long found() {
        return found;
    }

    /// What was due instead of [#found]: an update id, or the best ask in ticks.
    public long expected() {
        return expected;
    }

    void change(long first, long last, long previous) {
        if (last <= lastId) {
            mode = Mode.SKIP;
        } else if (continues(lastId, first, previous, !bridged)) {
            mode = Mode.APPLY;
            nextId = last;
        } else {
            found = previous == MarketSink.UNKNOWN ? first : previous;
            expected = lastId;
            state = bridged ? BookState.SEQUENCE_BREAK : BookState.OLD_SNAPSHOT;
            mode = Mode.NOTHING;
            if (pending.isEmpty()) {
                keep(first, last, previous);
            }
        }
    }

    void close() {
        if (mode == Mode.APPLY) {
            lastId = nextId;
            bridged = true;
            check();
        }
        mode = Mode.NOTHING;
    }

    private void keep(long first, long last, long previous) {
        if (!pending.isEmpty() && last <= pending.lastId()) {
            mode = Mode.SKIP;
            return;
        }
        if (!pending.isEmpty() && !continues(pending.lastId(), first, previous, false)) {
            pending.clear();
        }
        pending.begin(first, last, previous);
        mode = Mode.KEEP;
    }

    /// Futures number their updates over all symbols, so only `pu` says what is next to what: no update of
    /// this book lies between it and `U`. A snapshot may end anywhere in between.
    private static boolean continues(long at, long first, long previous, boolean afterSnapshot) {
        if (previous == MarketSink.UNKNOWN) {
            return first <= at + 1;
        }
        return afterSnapshot ? previous <= at : previous == at;
    }

    private void check() {
        if (bids.size() > 0 && asks.size() > 0 && bids.ticks(0) >= asks.ticks(0)) {
            found = bids.ticks(0);
            expected = asks.ticks(0);
            state = BookState.CROSSED;
            pending.clear();
        }
    }
}
