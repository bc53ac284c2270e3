package dev.tranche.market.simulation;

/// Messages under way in one direction: first in, first out, none heard before one that was sent earlier. A
/// ring of words that grows to what is under way at most; nothing is allocated after that.
final class Lane {
    /// Words of a message behind its time.
    static final int WORDS = 9;

    /// Nothing is under way.
    static final long NEVER = Long.MAX_VALUE;

    private static final int ROW = WORDS + 1;

    private long[] words = new long[64 * ROW];
    private int head;
    private int size;
    private long last = Long.MIN_VALUE;

    /// When the next message arrives; [#NEVER] when there is none.
    long due() {
        return size == 0 ? NEVER : words[head * ROW];
    }

    int size() {
        return size;
    }

    /// @return when it arrives
    long send(long due, long a, long b, long c, long d, long e, long f, long g, long h, long i) {
        if (size * ROW == words.length) {
            grow();
        }
        last = Math.max(due, last);
        int at = (head + size) % (words.length / ROW) * ROW;
        words[at] = last;
        words[at + 1] = a;
        words[at + 2] = b;
        words[at + 3] = c;
        words[at + 4] = d;
        words[at + 5] = e;
        words[at + 6] = f;
        words[at + 7] = g;
        words[at + 8] = h;
        words[at + 9] = i;
        size++;
        return last;
    }

    /// Takes the next message out.
    void receive(long[] into) {
        System.arraycopy(words, head * ROW + 1, into, 0, WORDS);
        head = (head + 1) % (words.length / ROW);
        size--;
    }

    /// All that is under way is lost.
    void clear() {
        head = 0;
        size = 0;
    }

    private void grow() {
        int rows = words.length / ROW;
        long[] wider = new long[2 * words.length];
        System.arraycopy(words, head * ROW, wider, 0, (rows - head) * ROW);
        System.arraycopy(words, 0, wider, (rows - head) * ROW, head * ROW);
        words = wider;
        head = 0;
    }
}
