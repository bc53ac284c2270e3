package dev.tranche.market.feed;

import dev.tranche.market.Side;
import java.util.Arrays;

/// The trades of one message, held until the whole message is known to be sound; said in the order of their
/// ids, whichever way the venue lists them.
final class TradeBuffer {
    private static final int WORDS = 5;
    private static final int MOST = 1 << 14;

    private long[] words = new long[16 * WORDS];
    private int size;

    void clear() {
        size = 0;
    }

    int trades() {
        return size / WORDS;
    }

    /// @return false: more than any message of a venue
    boolean add(long id, long millis, long priceTicks, long quantityLots, boolean sold) {
        if (size == words.length) {
            if (size >= MOST * WORDS) {
                return false;
            }
            words = Arrays.copyOf(words, 2 * size);
        }
        words[size] = id;
        words[size + 1] = millis;
        words[size + 2] = priceTicks;
        words[size + 3] = quantityLots;
        words[size + 4] = sold ? 1 : 0;
        size += WORDS;
        return true;
    }

    void say(long receivedNanos, MarketSink sink) {
        boolean down = size > WORDS && words[0] > words[size - WORDS];
        for (int i = 0; i < size; i += WORDS) {
            int at = down ? size - WORDS - i : i;
            sink.trade(
                    words[at + 1],
                    receivedNanos,
                    words[at],
                    words[at + 2],
                    words[at + 3],
                    words[at + 4] == 1 ? Side.SELL : Side.BUY);
        }
    }
}
