package dev.tranche.market.simulation;

import dev.tranche.market.Side;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.feed.OrderBook;
import java.util.Arrays;

/// What others show: a book kept from its changes, and the best bid and ask, which a venue says sooner than
/// the book; by their ids, the newer speaks. What we took from a level is gone for us until that level is.
final class Shown {
    private static final int DEPTH = 1 << 13;

    private final OrderBook book = OrderBook.of(DEPTH);
    private final long[] topTicks = new long[2];
    private final long[] topLots = new long[2];
    private boolean topNewer;
    private long topId = MarketSink.UNKNOWN;
    private boolean topSaid;

    private final long[][] takenTicks = new long[2][8];
    private final long[][] takenLots = new long[2][8];
    private final int[] taken = new int[2];

    /// Levels of the book that the newer top stands before, for the walk begun last.
    private int passed;

    OrderBook book() {
        return book;
    }

    private static int place(Side side) {
        return side == Side.BUY ? 0 : 1;
    }

    /// @return false when the book says something newer
    boolean top(long id, long bidTicks, long bidLots, long askTicks, long askLots) {
        if (id != MarketSink.UNKNOWN && book.valid() && id <= book.lastId()) {
            return false;
        }
        topNewer = true;
        topSaid = true;
        topId = id;
        topTicks[0] = bidTicks;
        topLots[0] = bidLots;
        topTicks[1] = askTicks;
        topLots[1] = askLots;
        forget(Side.BUY, bidTicks);
        forget(Side.SELL, askTicks);
        return true;
    }

    /// Whether a change of the book up to an id is older than what the top said of a price.
    boolean outdated(long lastId, Side side, long ticks) {
        int at = place(side);
        return topSaid
                && topId != MarketSink.UNKNOWN
                && topId > lastId
                && topTicks[at] > 0
                && side.sign() * (ticks - topTicks[at]) >= 0;
    }

    /// The book was changed.
    void changed() {
        topNewer = topSaid && (!book.valid() || (topId != MarketSink.UNKNOWN && topId > book.lastId()));
    }

    /// Whether anything is known of the market.
    boolean known() {
        return topNewer || book.valid();
    }

    long best(Side side) {
        if (topNewer) {
            return topTicks[place(side)];
        }
        return book.valid() ? side == Side.BUY ? book.bidTicks(0) : book.askTicks(0) : 0;
    }

    /// What others show at a price, in lots; below 0 when that is not known.
    long lots(Side side, long ticks) {
        if (topNewer) {
            long best = topTicks[place(side)];
            if (best == 0 || side.sign() * (ticks - best) > 0) {
                return 0;
            }
            if (ticks == best) {
                return topLots[place(side)];
            }
        }
        if (!book.valid()) {
            return -1;
        }
        long lots = book.lots(side, ticks);
        if (lots > 0) {
            return lots;
        }
        int levels = book.levels(side);
        long farthest = levels == 0 ? 0 : side == Side.BUY ? book.bidTicks(levels - 1) : book.askTicks(levels - 1);
        return levels == 0 || side.sign() * (ticks - farthest) > 0 ? 0 : -1;
    }

    /// Begins a walk from the best price outwards.
    void walk(Side side) {
        passed = 0;
        if (topNewer && book.valid()) {
            long best = topTicks[place(side)];
            int levels = book.levels(side);
            while (passed < levels && side.sign() * (bookTicks(side, passed) - best) >= 0) {
                passed++;
            }
        }
    }

    /// Price of a level of the walk, 0 = the best; 0 when there is none.
    long ticks(Side side, int level) {
        if (topNewer) {
            return level == 0 ? topTicks[place(side)] : book.valid() ? bookTicks(side, passed + level - 1) : 0;
        }
        return book.valid() ? bookTicks(side, level) : 0;
    }

    /// What a level of the walk still has for us, in lots.
    long free(Side side, int level) {
        int at = place(side);
        long ticks = ticks(side, level);
        long shown = topNewer && level == 0 ? topLots[at] : book.lots(side, ticks);
        for (int i = 0; i < taken[at]; i++) {
            if (takenTicks[at][i] == ticks) {
                return Math.max(0, shown - takenLots[at][i]);
            }
        }
        return shown;
    }

    /// We took so much of a level.
    void took(Side side, long ticks, long lots) {
        int at = place(side);
        for (int i = 0; i < taken[at]; i++) {
            if (takenTicks[at][i] == ticks) {
                takenLots[at][i] += lots;
                return;
            }
        }
        if (taken[at] == takenTicks[at].length) {
            takenTicks[at] = Arrays.copyOf(takenTicks[at], 2 * taken[at]);
            takenLots[at] = Arrays.copyOf(takenLots[at], 2 * taken[at]);
        }
        takenTicks[at][taken[at]] = ticks;
        takenLots[at][taken[at]] = lots;
        taken[at]++;
    }

    /// A level is gone, and with it what we took of it.
    void gone(Side side, long ticks) {
        int at = place(side);
        for (int i = taken[at] - 1; i >= 0; i--) {
            if (takenTicks[at][i] == ticks) {
                drop(at, i);
            }
        }
    }

    /// All that was taken is forgotten: a whole book was said.
    void restored() {
        taken[0] = 0;
        taken[1] = 0;
    }

    /// Levels before the best are gone.
    private void forget(Side side, long best) {
        int at = place(side);
        for (int i = taken[at] - 1; i >= 0; i--) {
            if (best == 0 || side.sign() * (takenTicks[at][i] - best) > 0) {
                drop(at, i);
            }
        }
    }

    private void drop(int at, int i) {
        int last = --taken[at];
        takenTicks[at][i] = takenTicks[at][last];
        takenLots[at][i] = takenLots[at][last];
    }

    private long bookTicks(Side side, int level) {
        return side == Side.BUY ? book.bidTicks(level) : book.askTicks(level);
    }
}
