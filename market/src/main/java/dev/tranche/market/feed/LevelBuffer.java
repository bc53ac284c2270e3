package dev.tranche.market.feed;

import dev.tranche.market.Side;
import java.util.Arrays;

/// The levels of one side of one message, held until the whole message is known to be sound: a half-read
/// message is never said.
final class LevelBuffer {
    private static final int MOST = 1 << 16;

    private final Side side;
    private long[] words = new long[256];
    private int size;
    private boolean present;

    LevelBuffer(Side side) {
        this.side = side;
    }

    /// @param begun whether the message has this side, be it empty
    void clear(boolean begun) {
        size = 0;
        present = begun;
    }

    boolean present() {
        return present;
    }

    /// @return false: more than any book of a venue
    boolean add(long priceTicks, long quantityLots) {
        if (size == words.length) {
            if (size >= 2 * MOST) {
                return false;
            }
            words = Arrays.copyOf(words, 2 * size);
        }
        words[size++] = priceTicks;
        words[size++] = quantityLots;
        return true;
    }

    void say(MarketSink sink) {
        for (int i = 0; i < size; i += 2) {
            sink.level(side, words[i], words[i + 1]);
        }
    }
}
