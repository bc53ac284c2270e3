package dev.tranche.market.feed;

import dev.tranche.market.Side;
import java.util.Arrays;

/// Changes of a book that came before its snapshot: a snapshot is asked for over another connection, and is
/// usually older than changes already heard. One flat array: for each change its three ids and its count of
/// levels, then the levels; a sell's price is negative.
///
/// Bounded: what does not fit pushes out everything before it, and then only a snapshot newer than that is of
/// use.
final class PendingChanges {
    private static final int MOST = 1 << 18;
    private static final int HEAD = 4;

    private long[] words = new long[1 << 10];
    private int size;
    private int open;
    private boolean tooLarge;

    void clear() {
        size = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /// The first id of the oldest change; only when not empty.
    long firstId() {
        return words[0];
    }

    /// The last id of the newest change; only when not empty.
    long lastId() {
        return words[open + 1];
    }

    void begin(long firstId, long lastId, long previousId) {
        if (!room(HEAD)) {
            size = 0;
        }
        tooLarge = false;
        open = size;
        words[size++] = firstId;
        words[size++] = lastId;
        words[size++] = previousId;
        words[size++] = 0;
    }

    void level(Side side, long priceTicks, long quantityLots) {
        if (!tooLarge && !room(2)) {
            System.arraycopy(words, open, words, 0, size - open);
            size -= open;
            open = 0;
            if (!room(2)) {
                size = 0;
                tooLarge = true;
            }
        }
        if (!tooLarge) {
            words[size++] = side.sign() * priceTicks;
            words[size++] = quantityLots;
            words[open + 3]++;
        }
    }

    /// Says every change again, in order, as long as the book stays valid.
    void replay(OrderBook book) {
        int at = 0;
        while (at < size && book.valid()) {
            int levels = (int) words[at + 3];
            book.change(words[at], words[at + 1], words[at + 2]);
            at += HEAD;
            for (int i = 0; i < levels; i++, at += 2) {
                book.level(words[at] > 0 ? Side.BUY : Side.SELL, Math.abs(words[at]), words[at + 1]);
            }
            book.close();
        }
    }

    private boolean room(int more) {
        if (size + more > MOST) {
            return false;
        }
        if (size + more > words.length) {
            words = Arrays.copyOf(words, Math.min(MOST, 2 * words.length));
        }
        return true;
    }
}
